import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEnrolmentCode } from "#headoffice/enrolment/codes.ts";
import type { OfficeRoutes } from "#headoffice/office.ts";
import { type HeadOffice, openHeadOffice } from "#headoffice/open-head-office.ts";
import { officeRoutes } from "#headoffice/service/routes.ts";
import { putShop } from "#headoffice/shops/shops.ts";

export const shop = { storeCode: "BJ01", nameZh: "北京一店", nameEn: "Beijing One" };

/** A real head office on loopback over a file of its own; it can be ended and begun again on the same port. */
export interface OfficeBench {
  readonly url: URL;
  office(): HeadOffice;
  /** A fresh enrolment code. */
  code(terminalId: string, replaces?: boolean, role?: "till" | "relay"): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** One number of a question, such as a count. */
  count(sql: string, params?: readonly (string | number)[]): Promise<number>;
  close(): Promise<void>;
}

export async function openOfficeBench(
  choices: { readonly routes?: readonly OfficeRoutes[]; readonly now?: () => number } = {},
): Promise<OfficeBench> {
  const directory = mkdtempSync(join(tmpdir(), "tillway-office-"));
  let office: HeadOffice | null = null;
  let port = 0;
  const running = (): HeadOffice => {
    if (office === null) throw new Error("head office is not running");
    return office;
  };

  async function start(): Promise<void> {
    const opened = await openHeadOffice({
      database: { kind: "sqlite", path: join(directory, "office.db") },
      clock: { now: choices.now ?? Date.now },
      name: "总部",
      routes: [...officeRoutes, ...(choices.routes ?? [])],
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
    office = opened.value;
    await office.app.listen({ host: "127.0.0.1", port });
    const address = office.app.server.address();
    if (typeof address === "object" && address !== null) ({ port } = address);
  }

  await start();
  await running().office.sql.transaction((tx) => putShop(tx, shop));
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    office: running,
    async code(terminalId, replaces = false, role = "till") {
      const made = await createEnrolmentCode(
        running().office,
        { storeCode: shop.storeCode, terminalId },
        { replaces, role },
      );
      if (!made.ok) throw new Error(made.fault);
      return made.value.code;
    },
    async stop() {
      await office?.close();
      office = null;
    },
    start,
    async count(sql, params = []) {
      const row = await running().office.sql.first<{ n: number }>(sql, [...params]);
      return row?.n ?? 0;
    },
    async close() {
      await office?.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
