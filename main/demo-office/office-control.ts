import { headOfficeCableRequest, type HeadOfficeState } from "#contract/bench/head-office.ts";
import type { BenchAnswer } from "#main/ipc/bench-channel.ts";
import type { DemoOffice } from "./open-demo-office.ts";

/** A till without one, such as training: there is no cable to pull. */
const noOffice: HeadOfficeState = { unplugged: true, page: null, state: "alone", waiting: 0 };

/** The Device bench's requests about head office; null for those that are the twins'. */
export function controlOffice(
  office: Pick<DemoOffice, "state" | "setPlugged"> | null,
  method: "GET" | "POST",
  path: string,
  body: unknown,
): BenchAnswer | null {
  if (office === null) return path.startsWith("/head-office") ? { ok: true, value: noOffice } : null;
  if (method === "GET" && path === "/head-office") return { ok: true, value: office.state() };
  if (method !== "POST" || path !== "/head-office/cable") return null;
  const asked = headOfficeCableRequest.safeParse(body);
  if (!asked.success) return { ok: false, message: "not a request of the bench" };
  office.setPlugged(!asked.data.unplugged);
  return { ok: true, value: office.state() };
}
