import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEnrolmentCode } from "#headoffice/enrolment/codes.ts";
import { openHeadOffice, type HeadOffice } from "#headoffice/open-head-office.ts";
import { putShop } from "#headoffice/shops/shops.ts";
import { revokeTerminal } from "#headoffice/terminals/revoke.ts";

/** A real head office on loopback, for one test: it goes away and comes back at the same address with the same data. */
export interface OfficeOfTest {
  readonly url: string;
  readonly name: string;
  /** A code for the till of the test shop. */
  code(choice?: { readonly replaces: boolean }): Promise<string>;
  /** A code for a relay of the test shop. */
  relayCode(terminalId: string): Promise<string>;
  revoke(): Promise<void>;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

const place = { storeCode: "S01", terminalId: "T01" };
const name = "蜂鸟便利总部";

export async function openOffice(): Promise<OfficeOfTest> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-office-"));
  let port = 0;
  let open: HeadOffice | null = await listen();
  await open.office.sql.transaction((tx) =>
    putShop(tx, { storeCode: "S01", nameZh: "蜂鸟便利 · 人民路店", nameEn: "Hummingbird Mart" }),
  );

  async function listen(): Promise<HeadOffice> {
    const opened = await openHeadOffice({ database: { kind: "sqlite", path: join(folder, "office.db") }, name });
    if (!opened.ok) throw new Error(`head office does not open: ${JSON.stringify(opened.fault)}`);
    await opened.value.app.listen({ host: "127.0.0.1", port });
    // A server that listens on TCP has a port.
    port = (opened.value.app.server.address() as AddressInfo).port;
    return opened.value;
  }
  function there(): HeadOffice {
    if (open === null) throw new Error("head office is away");
    return open;
  }
  async function codeFor(of: typeof place, choice: Parameters<typeof createEnrolmentCode>[2]): Promise<string> {
    const made = await createEnrolmentCode(there().office, of, choice);
    if (!made.ok) throw new Error(`no code: ${made.fault}`);
    return made.value.code;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    name,
    code: (choice = { replaces: false }) => codeFor(place, choice),
    relayCode: (terminalId) => codeFor({ ...place, terminalId }, { replaces: false, role: "relay" }),
    async revoke() {
      await revokeTerminal(there().office, place);
    },
    async goAway() {
      await open?.close();
      open = null;
    },
    async comeBack() {
      open = await listen();
    },
    async close() {
      await open?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
