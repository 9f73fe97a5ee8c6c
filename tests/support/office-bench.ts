import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "#core/result.ts";
import { createEnrolmentCode } from "#headoffice/enrolment/codes.ts";
import type { Merchant } from "#headoffice/carried/merchant.ts";
import { type HeadOffice, openHeadOffice } from "#headoffice/open-head-office.ts";
import type { OfficeLog } from "#headoffice/office.ts";
import { putShop } from "#headoffice/shops/shops.ts";
import type { DatabaseChoice } from "#headoffice/store/open-store.ts";
import { officeTill, type OfficeTill } from "./office-till.ts";
import { startPostgres, usePostgres } from "./postgres.ts";

export type Engine = "sqlite" | "postgres";
export const engines: readonly Engine[] = ["sqlite", "postgres"];

/** New, empty databases of one engine; the PostgreSQL is a real one: that of `HQ_TEST_PG_URL`, else one of our own. */
export interface Databases {
  create(): Promise<DatabaseChoice>;
  close(): Promise<void>;
}

export async function openDatabases(engine: Engine): Promise<Databases> {
  if (engine === "postgres") {
    const given = process.env["HQ_TEST_PG_URL"] ?? "";
    const server = await (given === "" ? startPostgres() : usePostgres(given));
    const create = async () => ({ kind: "postgres", url: await server.createDatabase() }) as const;
    return { create, close: () => server.close() };
  }
  const folder = mkdtempSync(join(tmpdir(), "tillway-office-"));
  let count = 0;
  return {
    create: async () => ({ kind: "sqlite", path: join(folder, `office-${(count += 1)}.db`) }),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface OfficeBench extends HeadOffice {
  readonly database: DatabaseChoice;
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly log: readonly Parameters<OfficeLog>[0][];
  /** Head office's clock, which stands still. Milliseconds since 1970. */
  setNow(nowMs: number): void;
  now(): number;
  /** A till that was enrolled by a code over the wire. */
  enrolledTill(terminalId?: string): Promise<OfficeTill>;
  codeFor(terminalId: string, replaces?: boolean, role?: "till" | "relay"): Promise<string>;
}

export const benchShop = { storeCode: "BJ01", nameZh: "朝阳店", nameEn: "Chaoyang" };
const startMs = Date.parse("2026-03-02T12:00:00+08:00");

/** A whole head office over a database, listening on loopback, with one shop. */
export async function openOfficeBench(
  database: DatabaseChoice,
  readingThreads = 0,
  { merchant, nowMs: begunMs = startMs }: { readonly merchant?: Merchant; readonly nowMs?: number } = {},
): Promise<OfficeBench> {
  let nowMs = begunMs;
  const lines: Parameters<OfficeLog>[0][] = [];
  const clock = { now: () => nowMs };
  const opened = await openHeadOffice({
    database,
    clock,
    log: (line) => lines.push(line),
    readingThreads,
    ...(merchant === undefined ? {} : { merchant }),
  });
  assert(opened.ok, "a head office over a new database");
  const { app, office, close } = opened.value;
  await office.sql.transaction((tx) => putShop(tx, benchShop));
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const codeFor = async (terminalId: string, replaces = false, role: "till" | "relay" = "till") => {
    const place = { storeCode: benchShop.storeCode, terminalId };
    const made = await createEnrolmentCode(office, place, { replaces, role });
    assert(made.ok, "a code for a till of the shop");
    return made.value.code;
  };
  return {
    ...{ app, office, close, database, url, log: lines, codeFor },
    now: () => nowMs,
    setNow(next) {
      nowMs = next;
    },
    async enrolledTill(terminalId = "T01") {
      const till = officeTill({ url, now: () => nowMs, storeCode: benchShop.storeCode, terminalId });
      const { status } = await till.enrol(await codeFor(terminalId));
      assert(status === 201, "a till enrols with a fresh code");
      return till;
    },
  };
}
