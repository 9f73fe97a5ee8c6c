import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { advance, holdOrMakeOrder } from "#headoffice/carried/orders.ts";
import { takeCarriedWord } from "#headoffice/carried/project-carried.ts";
import { revokeTerminal } from "#headoffice/terminals/revoke.ts";
import { sampleRequest } from "#tests/support/carried-request.ts";
import {
  type Databases,
  engines,
  type OfficeBench,
  openDatabases,
  openOfficeBench,
} from "#tests/support/office-bench.ts";
import { listCarried, refundableMs, refundCarried } from "./carried.ts";

const place = { storeCode: "BJ01", terminalId: "T01" };
const { outTradeNo } = sampleRequest;
const key = { storeCode: "BJ01", outTradeNo };

describe.each(engines)("payments by phones that need a person, on %s", (engine) => {
  let databases: Databases;
  let bench: OfficeBench;
  beforeAll(async () => {
    databases = await openDatabases(engine);
  });
  afterAll(() => databases.close());
  beforeEach(async () => {
    bench = await openOfficeBench(await databases.create());
    await bench.enrolledTill("T01");
    await bench.office.sql.transaction(async (tx) => {
      const order = await holdOrMakeOrder(tx, { ...place, ...sampleRequest }, bench.now());
      const opened = await advance(tx, order, "open", bench.now(), { openedMs: bench.now(), expiresMs: bench.now() });
      await advance(tx, opened, "paid", bench.now(), { transactionId: "42000" });
    });
  });
  afterEach(() => bench.close());

  const listed = async () => (await listCarried(bench.office.sql, bench.now())).orders;
  const pass = (ms: number) => bench.setNow(bench.now() + ms);

  it("stand on the list after ten minutes of silence, and are given back after a week or once the till is revoked", async () => {
    expect(await listed()).toEqual([]);
    pass(600_000);
    const refundableFromMs = bench.now() - 600_000 + refundableMs;
    expect(await listed()).toMatchObject([{ outTradeNo, why: "silent", mayRefund: false, refundableFromMs }]);
    expect(await refundCarried(bench.office.sql, "admin", key, bench.now())).toBe(false);
    await revokeTerminal(bench.office, place);
    expect(await listed()).toMatchObject([{ why: "silent", mayRefund: true, refundableFromMs: null }]);
    expect(await refundCarried(bench.office.sql, "admin", key, bench.now())).toBe(true);
    expect(await refundCarried(bench.office.sql, "admin", key, bench.now())).toBe(false);
    const deeds = await bench.office.sql.rows("SELECT name, deed, store_code, detail FROM office_deeds", []);
    const deed = { name: "admin", deed: "carried-refunded", store_code: "BJ01", detail: `${outTradeNo} T01 1250` };
    expect(deeds).toContainEqual(deed);
  });

  it("are given back after a week of silence, and a sale that comes after it stands on the list", async () => {
    pass(refundableMs);
    expect(await refundCarried(bench.office.sql, "admin", key, bench.now())).toBe(true);
    await bench.office.sql.transaction((tx) =>
      takeCarriedWord(
        tx,
        place,
        { epoch: "epoch-1", seq: 9 },
        { word: "sold", outTradeNo, amountFen: 1_250, nonce: null },
        bench.now(),
      ),
    );
    expect(await listed()).toMatchObject([{ why: "not-paid", mayRefund: false, refundableFromMs: null }]);
    const reviews = await bench.office.sql.rows("SELECT seq, reason FROM review_items", []);
    expect(reviews).toEqual([{ seq: 9, reason: "carried-not-paid" }]);
  });

  it("are never given back here once their till has sold, nor where nobody paid", async () => {
    await bench.office.sql.transaction((tx) =>
      takeCarriedWord(
        tx,
        place,
        { epoch: "epoch-1", seq: 9 },
        { word: "sold", outTradeNo, amountFen: 1_250, nonce: null },
        bench.now(),
      ),
    );
    pass(2 * refundableMs);
    expect(await refundCarried(bench.office.sql, "admin", key, bench.now())).toBe(false);
    expect(await refundCarried(bench.office.sql, "admin", { ...key, outTradeNo: "NOBODYS" }, bench.now())).toBe(false);
    expect(await listed()).toEqual([]);
  });
});
