import { ipcMain, type WebContents } from "electron";
import { z } from "zod";
import { benchChannel } from "#contract/ipc/channels.ts";
import { isTrustedSender } from "#main/ipc/trusted-sender.ts";

export type BenchAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

const request = z.tuple([
  z.enum(["GET", "POST"]),
  z
    .string()
    .regex(/^\/[a-z-]+(?:\/[a-z-]+)?$/)
    .max(64),
  z.unknown(),
]);

/** Demo mode only: lets the Device bench window reach the twins, and nothing else. */
export function registerBench(
  benchContents: () => WebContents | null,
  control: (method: "GET" | "POST", path: string, body: unknown) => Promise<BenchAnswer>,
): void {
  ipcMain.handle(benchChannel, async (event, ...args: unknown[]): Promise<BenchAnswer> => {
    if (!isTrustedSender(event, benchContents())) return { ok: false, message: "refused" };
    const parsed = request.safeParse(args);
    if (!parsed.success) return { ok: false, message: "not a request of the bench" };
    const [method, path, body] = parsed.data;
    return control(method, path, body);
  });
}
