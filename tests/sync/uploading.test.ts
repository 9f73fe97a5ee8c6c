import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { revokeTerminal } from "#headoffice/terminals/revoke.ts";
import { fail, ok } from "#core/result.ts";
import { askOffice } from "#main/sync/ask-office.ts";
import { until } from "#tests/support/poll.ts";
import { openOfficeBench, type OfficeBench } from "./office-bench.ts";
import { cashRefundOf, closeShift, openSyncTill, type SyncTill } from "./sync-till.ts";

let office: OfficeBench;
let till: SyncTill;

beforeEach(async () => {
  office = await openOfficeBench();
  till = await openSyncTill(office);
});
afterEach(async () => {
  await till.close();
  await office.close();
});

const salesThere = (): Promise<number> => office.count("SELECT count(*) AS n FROM sales");
const reviews = (): Promise<number> => office.count("SELECT count(*) AS n FROM review_items");

describe("a till and its head office", () => {
  it("know each other by a code, and what was sold before is sent too", async () => {
    till.sell(3);
    expect(till.sync.view()).toMatchObject({ state: "not-enrolled", officeName: null, keyGuard: null });
    await till.enrol(office);
    await till.drained();
    await till.agreed();
    expect(await salesThere()).toBe(3);
    expect(till.sync.view()).toMatchObject({
      ...{ state: "online", waiting: 0, disagreedDates: [], trouble: null, alarm: null, officeName: "总部" },
      ...{ officeHost: office.url.host, keyGuard: "key-store" },
    });
    expect(till.sync.agreementDays()).toMatchObject([{ businessDate: "2026-03-02", isAgreed: true }]);
  });

  it("are enrolled once though the answer was lost: the same code again is the same till", async () => {
    const code = await office.code("T01");
    till.line = "cut-answer";
    const by = { id: "m1", name: "王店长", role: "manager" } as const;
    expect(await till.sync.enrol(code, by)).toEqual({ ok: false, fault: "office-out-of-reach" });
    till.line = "up";
    expect(await till.sync.enrol(`${code.slice(0, 5)}-${code.slice(5).toLowerCase()}`, by)).toMatchObject({ ok: true });
    expect(await office.count("SELECT count(*) AS n FROM terminals")).toBe(1);
    expect(await till.sync.enrol(code, by)).toEqual({ ok: false, fault: "already-enrolled" });
  });

  it("say in one word why a code is no good", async () => {
    const by = { id: "m1", name: "王店长", role: "manager" } as const;
    expect(await till.sync.enrol("ABC", by)).toEqual({ ok: false, fault: "enrolment-code-malformed" });
    expect(await till.sync.enrol("ABCDE-FGHJK", by)).toEqual({ ok: false, fault: "enrolment-code-unknown" });
    till.line = "refuse";
    expect(await till.sync.enrol("ABCDE-FGHJK", by)).toEqual({ ok: false, fault: "office-out-of-reach" });
    till.line = "up";
    till.tamper = async () => ok({ status: 200, headers: {}, bytes: Buffer.from("<html>welcome to the hotel</html>") });
    expect(await till.sync.enrol("ABCDE-FGHJK", by)).toEqual({ ok: false, fault: "office-not-understood" });
  });

  it("create no sale twice where the answer was lost after the commit (odoo#40567)", async () => {
    await till.enrol(office);
    await till.drained();
    till.line = "cut-answer";
    till.sell(5);
    await until("head office has them", async () => (await salesThere()) === 5);
    expect(till.store.journalStatus().waiting).toBeGreaterThan(0);
    await until("it was tried again", () => till.cuts.count >= 3);
    till.line = "up";
    await till.drained();
    await till.agreed();
    expect(await salesThere()).toBe(5);
    expect(await reviews()).toBe(0);
  });

  it("go on after a crash (powersync-sqlite-core#162): the outbox is what head office has not acknowledged, and nothing else", async () => {
    await till.enrol(office);
    till.line = "cut-answer";
    till.sell(4);
    await until("something was sent", () => till.cuts.count >= 1);
    await till.crash();
    till.line = "up";
    till.sell(1);
    await till.drained();
    await till.agreed();
    expect(await salesThere()).toBe(5);
  });

  it("are not stuck by a crash at any step of an upload (powersync-sqlite-core#162)", async () => {
    await till.enrol(office);
    await till.drained();
    // Before anything is sent.
    till.line = "refuse";
    till.sell(2);
    await until("the till is alone", () => till.sync.view().state === "offline");
    await till.crash();
    // When head office has committed and nobody hears of it, then when one batch of several was acknowledged.
    for (const heard of [0, 1]) {
      till.sell(150);
      let uploads = 0;
      till.tamper = async (wire) => {
        const answer = await askOffice(wire);
        const isUpload = wire.method === "POST" && wire.target.endsWith("/journal");
        return isUpload && (uploads += 1) > heard ? fail({ kind: "network", detail: "ECONNRESET" }) : answer;
      };
      till.line = "up";
      till.sync.now();
      await until("an answer is lost", () => uploads > heard);
      await till.crash();
      expect(till.store.journalStatus().waiting).toBeGreaterThan(0);
    }
    till.tamper = null;
    till.sync.now();
    await till.drained();
    await till.agreed();
    expect([await salesThere(), await reviews()]).toEqual([302, 0]);
    expect(till.store.outbox.positions()).toHaveLength(1);
  });

  it("sell through an outage and a restart of head office, and agree to the fen after it", async () => {
    await till.enrol(office);
    await till.drained();
    till.line = "refuse";
    till.sell(20);
    await until("the till says so", () => till.sync.view().state === "offline");
    expect(till.sync.view().trouble).toBeNull();
    await office.stop();
    till.line = "up";
    till.sell(5);
    await office.start();
    await till.drained();
    await till.agreed();
    expect(till.sync.view()).toMatchObject({ state: "online", waiting: 0, disagreedDates: [] });
    expect(await salesThere()).toBe(25);
  });

  it("agree on money given back in cash as on money taken", async () => {
    await till.enrol(office);
    const [sale] = till.sell(2);
    if (sale === undefined) throw new Error("a sale");
    till.store.giveCashRefund(cashRefundOf(sale), (refund, hash) => JSON.stringify([refund.refundNo, hash]));
    await till.drained();
    await till.agreed();
    expect(till.sync.agreementDays()).toMatchObject([
      { here: { refundCount: 1, refundFen: 100 }, there: { refundCount: 1, refundFen: 100 }, isAgreed: true },
    ]);
  });

  it("close a shift with sales that are not sent (odoo#33511), and its signature is the till's when they are", async () => {
    await till.enrol(office);
    await till.drained();
    till.line = "refuse";
    till.sell(3);
    closeShift(till);
    expect(till.store.currentShift()).toBeNull();
    till.line = "up";
    till.sync.now();
    await till.drained();
    const signed = "SELECT count(*) AS n FROM journal_events WHERE kind = 'shift-closed' AND sig IS NOT NULL";
    expect(await office.count(signed)).toBe(1);
    // Head office verifies it and would put a wrong one on its list.
    expect(await reviews()).toBe(0);
  });
});

describe("answers that are not head office's word", () => {
  it("move nothing: one changed byte, another key, a page of somebody else", async () => {
    await till.enrol(office);
    await till.drained();
    const { acked } = till.store.outbox.positions()[0] ?? { acked: -1 };
    till.tamper = async (wire) => {
      const answer = await askOffice(wire);
      if (!answer.ok) return answer;
      const bytes = Buffer.from(answer.value.bytes.toString().replace('"maxBatch":100', '"maxBatch":101'));
      return ok({ ...answer.value, bytes });
    };
    till.sell(2);
    await until("it is told", () => till.sync.view().trouble === "wrong-office");
    expect(till.sync.view().state).toBe("stopped");
    till.tamper = async () => ok({ status: 200, headers: {}, bytes: Buffer.from('{"acked":{}}') });
    till.sync.now();
    await until("it is told", () => till.sync.view().trouble === "not-understood");
    expect(till.store.outbox.positions()[0]?.acked).toBe(acked);
    // The control: the same till with nobody in between.
    till.tamper = null;
    till.sync.now();
    await till.drained();
    expect(till.sync.view()).toMatchObject({ state: "online", trouble: null });
  });

  it("begin no new epoch: a fork is believed only where head office has signed it", async () => {
    await till.enrol(office);
    await till.drained();
    const at = { epoch: till.store.journalStatus().epoch, seq: 1, hash: "0".repeat(64) };
    till.tamper = async () =>
      ok({ status: 409, headers: {}, bytes: Buffer.from(JSON.stringify({ kind: "fork", detail: "", at })) });
    till.sell(1);
    await until("it is told", () => till.sync.view().trouble === "not-understood");
    expect(till.store.outbox.positions()).toHaveLength(1);
    expect(till.sync.view().alarm).toBeNull();
  });
});

describe("a till that head office refuses", () => {
  it("sends what it sells to quarantine when it is revoked, and is well again with a new code", async () => {
    await till.enrol(office);
    await till.drained();
    await revokeTerminal(office.office().office, { storeCode: "BJ01", terminalId: "T01" });
    till.sell(2);
    await till.drained();
    expect(till.sync.view()).toMatchObject({ state: "stopped", trouble: "revoked", waiting: 0 });
    expect(await salesThere()).toBe(0);
    expect(await office.count("SELECT count(*) AS n FROM quarantined_entries WHERE kind = 'sale-completed'")).toBe(2);
    await till.enrol(office);
    till.sell(1);
    await till.drained();
    await till.agreed();
    // What went to quarantine is sent again, into the journal it belongs to.
    expect(await salesThere()).toBe(3);
    expect(till.sync.view()).toMatchObject({ state: "online", trouble: null });
  });

  it("signs by head office's clock where its own is days off, and says so", async () => {
    await till.enrol(office);
    await till.drained();
    till.clockOffsetMs = -3 * 86_400_000;
    till.sell(2);
    await till.drained();
    expect(await salesThere()).toBe(2);
    expect(till.sync.view().trouble).toBe("wrong-clock");
    till.clockOffsetMs = 0;
    till.sell(1);
    await till.drained();
    await until("it is over", () => till.sync.view().trouble === null);
  });
});
