import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PrintLine } from "#core/receipt/document.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import { chips, cola, people } from "#tests/support/bench-shop.ts";
import { filesHold, journalEntries } from "#tests/support/journal-bodies.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

/* Members at a till with real stores: colas at 3.50, chips at 10.00, a point a yuan and a fen a point unless it says so. */

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench().atWork();
});
afterEach(() => bench.close());

const phone = "13812341234";
const approvalPin = people.manager.pin;
const asManager = (): Promise<unknown> =>
  bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
const asCashier = (): Promise<unknown> =>
  bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
const refused = async (sent: Promise<{ readonly ok: boolean; readonly fault?: unknown }>): Promise<unknown> => {
  const result = await sent;
  return result.ok ? "done" : (result.fault as { readonly kind: string }).kind;
};
const words = (lines: readonly PrintLine[]): string => JSON.stringify(lines);

async function enrol(name = "张三", number = phone): Promise<string> {
  return (await bench.must("enrol-member", { name, phone: number })).memberId;
}

async function setRates(pointsPerYuan: number, fenPerPoint: number): Promise<void> {
  await asManager();
  await bench.must("save-point-rates", { pointsPerYuan, fenPerPoint });
  await asCashier();
}

async function pay(): Promise<Sale> {
  await bench.must("take-payment", {});
  if (bench.shown.payment?.done === null) await bench.must("pay-cash", { receivedFen: 50_000 });
  await bench.must("next-sale", {});
  const sale = bench.store.sale(bench.shown.lastSales[0]?.saleId ?? "")?.sale;
  if (sale === undefined) throw new Error("nothing was sold");
  return sale;
}

/** Sells the goods to a member, spending so many points. */
async function sell(memberId: string, codes: readonly string[], count = 0): Promise<Sale> {
  for (const code of codes) await bench.scan(code);
  await bench.must("set-member", { memberId });
  if (count > 0) await bench.must("spend-points", { count });
  return pay();
}

async function giveBack(saleId: string, lineNumber: number, quantity: number): Promise<unknown> {
  const plan = await bench.send("plan-return", { saleId, lines: [{ lineNumber, quantity }] });
  if (!plan.ok) return plan.fault.kind;
  return refused(
    bench.send("give-return", {
      ...{ requestId: `back-${bench.store.journalStatus().lastSeq}`, saleId, amountFen: plan.value.amountFen },
      ...{ reason: "退货", approvalPin, lines: [{ lineNumber, quantity, condition: "back-to-stock" }] },
    }),
  );
}

/** The papers in the books, newest last, as the printer would be given them. */
function papers(): readonly string[] {
  const db = new Database(join(bench.directory, "sales.db"), { readonly: true });
  try {
    return db.prepare<[], string>("SELECT lines FROM print_jobs ORDER BY position").pluck().all();
  } finally {
    db.close();
  }
}

const balance = (memberId: string): number | undefined => bench.store.member(memberId)?.balance;

/** What the journal alone says a member has. */
function recounted(memberId: string): number {
  let points = 0;
  for (const { kind, body } of journalEntries(bench.directory)) {
    const { member } = body as Partial<Sale>;
    const { points: back } = body as Partial<SaleReturn>;
    if (kind === "sale-completed" && member?.memberId === memberId) points += member.earned - member.spent;
    if (kind === "goods-returned" && back?.memberId === memberId) points += back.givenBack - back.takenBack;
  }
  return points;
}

describe("a member at the till", () => {
  it("is enrolled once by a number, and found by all of it, its last four digits and the card", async () => {
    const memberId = await enrol();
    expect(bench.shown.sale.member).toMatchObject({ memberId, label: "138****1234", name: "张三", balance: 0 });
    expect(await refused(bench.send("enrol-member", { name: "", phone: "+86 138 1234 1234" }))).toBe("phone-taken");
    expect(await refused(bench.send("enrol-member", { name: "", phone: "12345" }))).toBe("phone-not-valid");
    const code = bench.store.member(memberId)?.code ?? "";
    for (const text of [phone, "138 1234 1234", "1234", code, code.toLowerCase()])
      expect(await bench.must("find-members", { text })).toMatchObject([{ memberId, label: "138****1234" }]);
    expect(await bench.must("find-members", { text: "9999" })).toEqual([]);
    expect(await refused(bench.send("find-members", { text: "123" }))).toBe("member-search-unclear");
  });

  it("is put on the sale by a scan of the card, before the goods too, and never taken for a product", async () => {
    const memberId = await enrol();
    const code = bench.store.member(memberId)?.code ?? "";
    await bench.must("set-member", { memberId: null });
    expect(bench.shown.sale.member).toBeUndefined();
    await bench.scan(code);
    expect(bench.shown.sale).toMatchObject({ lines: [], member: { memberId } });
    await bench.scan(cola);
    await bench.scan("TWM999999999999");
    expect(bench.shown.notices.at(-1)).toMatchObject({ kind: "scan-refused", fault: "member-unknown" });
    expect(bench.shown.sale).toMatchObject({ lines: [{ quantity: 1_000 }], member: { memberId, earns: 3 } });
  });

  it("stays with a held sale and through a power cut", async () => {
    const memberId = await enrol();
    await bench.scan(chips);
    await bench.crash();
    await asCashier();
    expect(bench.shown.sale.member).toMatchObject({ memberId });
    const { saleId } = bench.shown.sale;
    await bench.must("hold-sale", { label: "" });
    expect(bench.shown.sale.member).toBeUndefined();
    await bench.must("recall-sale", { saleId });
    expect(bench.shown.sale.member).toMatchObject({ memberId, earns: 10 });
  });

  it("earns by what was paid, spends no more than there is or than it costs, and the paper says so, masked", async () => {
    await setRates(10, 1);
    const memberId = await enrol();
    const first = await sell(memberId, [chips, cola]);
    expect(first.member).toEqual({ memberId, earned: 135, spent: 0, spentFen: 0, balance: 135 });
    await bench.scan(cola);
    expect(await refused(bench.send("spend-points", { count: 1 }))).toBe("no-member");
    await bench.must("set-member", { memberId });
    expect(bench.shown.sale.member).toMatchObject({ balance: 135, mostSpendable: 135, fenPerPoint: 1 });
    expect(await refused(bench.send("spend-points", { count: 136 }))).toBe("too-many-points");
    await bench.must("spend-points", { count: 100 });
    expect(bench.shown.sale).toMatchObject({ saleDiscountFen: 100, totalFen: 250, member: { spent: 100, earns: 25 } });
    expect(bench.till.displayView().stage).toMatchObject({ member: { label: "138****1234", spent: 100 } });
    await bench.must("take-payment", {});
    await bench.must("pay-cash", { receivedFen: 250 });
    expect(bench.shown.payment?.done?.points).toEqual({
      ...{ label: "138****1234", earned: 25, spent: 100, balance: 60 },
    });
    expect(bench.till.displayView().stage).toMatchObject({ kind: "paid", points: { balance: 60 } });
    const paper = papers().at(-1) ?? "";
    for (const said of ["138****1234", "积分抵扣 100", "-1.00", "+25", "60"]) expect(paper).toContain(said);
    expect(paper).not.toContain(phone);
    expect(balance(memberId)).toBe(60);
  });

  it("pays all of a sale with points, which then needs no tender", async () => {
    await setRates(100, 1);
    const memberId = await enrol();
    await sell(memberId, [chips]);
    const free = await sell(memberId, [cola], 350);
    expect(free).toMatchObject({ totalFen: 0, tenders: [], member: { spent: 350, earned: 0, balance: 650 } });
    expect(await giveBack(free.saleId, 1, 1_000)).toBe("done");
    expect(balance(memberId)).toBe(1_000);
  });

  it("spends no point twice: not in two sales at once, nor after it went back with goods", async () => {
    await setRates(10, 1);
    const memberId = await enrol();
    const { saleId } = await sell(memberId, [chips]);
    await bench.scan(chips);
    await bench.must("set-member", { memberId });
    await bench.must("spend-points", { count: 80 });
    const held = bench.shown.sale.saleId;
    await bench.must("hold-sale", { label: "" });
    await bench.scan(cola);
    await bench.must("set-member", { memberId });
    expect(bench.shown.sale.member?.mostSpendable).toBe(20);
    await bench.must("void-line", { lineId: bench.shown.sale.lines[0]?.lineId ?? "" });
    expect(await giveBack(saleId, 1, 1_000)).toBe("done");
    expect(balance(memberId)).toBe(0);
    await bench.must("recall-sale", { saleId: held });
    await bench.must("take-payment", {});
    expect(bench.shown.sale).toMatchObject({ totalFen: 1_000, member: { spent: 0 } });
  });
});

describe("points of goods that come back", () => {
  it("go back in parts with the return's own commit, on its paper, and end where they began", async () => {
    await setRates(10, 1);
    const memberId = await enrol();
    await sell(memberId, [chips]);
    const sale = await sell(memberId, [cola, cola, cola], 50);
    expect(sale.member).toMatchObject({ earned: 100, spent: 50, balance: 150 });
    // Of 100 earned and 50 spent a third each time: 33 and 16, 66 and 33, and all of both.
    for (const left of [133, 117, 100]) {
      expect(await giveBack(sale.saleId, 1, 1_000)).toBe("done");
      expect(balance(memberId)).toBe(left);
    }
    expect(await giveBack(sale.saleId, 1, 1_000)).toBe("return-over-line");
    expect(balance(memberId)).toBe(100);
    expect(recounted(memberId)).toBe(100);
  });

  it("move with an exchange in one commit, and the balance on its paper has both", async () => {
    await setRates(10, 1);
    const memberId = await enrol();
    const { saleId } = await sell(memberId, [chips]);
    const lines = [{ lineNumber: 1, quantity: 1_000 }];
    const plan = await bench.must("plan-return", { saleId, lines });
    await bench.must("begin-exchange", {
      ...{ requestId: "swap", saleId, amountFen: plan.amountFen, reason: "换货", approvalPin },
      lines: [{ lineNumber: 1, quantity: 1_000, condition: "back-to-stock" }],
    });
    const swapped = await sell(memberId, [cola, cola, chips]);
    expect(swapped.member).toMatchObject({ earned: 170, balance: 270 });
    expect(bench.store.returnOfExchange(swapped.saleId)?.points).toEqual({
      ...{ memberId, takenBack: 100, givenBack: 0, balance: 170 },
    });
    expect(recounted(memberId)).toBe(170);
  });

  it("of any day never come from nothing: a balance is the sum of its entries and what the journal says", async () => {
    const step = fc.oneof(
      fc.tuple(fc.constant("sell" as const), fc.integer({ min: 1, max: 4 }), fc.nat(400)),
      fc.tuple(fc.constant("back" as const), fc.nat(5), fc.integer({ min: 1, max: 2 })),
      fc.tuple(fc.constant("rates" as const), fc.nat(20), fc.nat(5)),
    );
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 9 }), async (steps) => {
        runs += 1;
        const memberId = await enrol("", String(13_800_000_000 + runs));
        const saleIds: string[] = [];
        for (const [kind, many, more] of steps) {
          if (kind === "rates") await setRates(many, more);
          else if (kind === "back") await giveBack(saleIds[many] ?? "none", 1, more * 1_000);
          else {
            for (let at = 0; at < many; at += 1) await bench.scan(cola);
            await bench.must("set-member", { memberId });
            await bench.send("spend-points", { count: more });
            const had = balance(memberId) ?? 0;
            const { saleId, member } = await pay();
            saleIds.push(saleId);
            expect(member?.spent ?? 0).toBeLessThanOrEqual(Math.max(0, had));
          }
        }
        const entries = bench.store.memberPoints(memberId, null, 100);
        const sum = entries.reduce((points, entry) => points + entry.points, 0);
        expect([balance(memberId), recounted(memberId)]).toEqual([sum, sum]);
        expect(bench.faults).toEqual([]);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});

it("the file itself refuses points from nothing, and forgets and changes none", async () => {
  await setRates(10, 1);
  const memberId = await enrol();
  const { saleId } = await sell(memberId, [chips]);
  const db = new Database(join(bench.directory, "sales.db"));
  try {
    const insert = db.prepare(
      "INSERT INTO member_points (member_id, kind, points, sale_id, return_id, at) VALUES (?, ?, ?, ?, ?, '')",
    );
    expect(() => insert.run(memberId, "taken-back", -101, saleId, "r")).toThrow(/more points came back/);
    expect(() => insert.run(memberId, "given-back", 1, saleId, "r")).toThrow(/more points came back/);
    expect(() => insert.run(memberId, "earned", 100, saleId, null)).toThrow(/UNIQUE/);
    expect(() => insert.run(memberId, "earned", -1, saleId, null)).toThrow(/CHECK/);
    expect(() => db.exec("UPDATE member_points SET points = 1000")).toThrow(/stay for ever/);
    expect(() => db.exec("DELETE FROM member_points")).toThrow(/stay for ever/);
    expect(() => db.exec("DELETE FROM members")).toThrow(/never taken away/);
  } finally {
    db.close();
  }
  expect(balance(memberId)).toBe(100);
});

describe("who may do what with members", () => {
  it("the list, changes, deletion and rates are a manager's", async () => {
    const memberId = await enrol();
    const asked = [
      bench.send("members", { search: "", before: null, limit: 10 }),
      bench.send("member-points", { memberId, before: null, limit: 10 }),
      bench.send("change-member", { memberId, name: "李四", phone: null }),
      bench.send("delete-member", { memberId }),
      bench.send("save-point-rates", { pointsPerYuan: 0, fenPerPoint: 0 }),
    ];
    for (const sent of asked) expect(await refused(sent)).toBe("not-allowed");
    await bench.must("sign-out", {});
    expect(await refused(bench.send("find-members", { text: "1234" }))).toBe("not-signed-in");
    expect(await refused(bench.send("enrol-member", { name: "", phone: "" }))).toBe("not-signed-in");
  });

  it("a manager pages and searches the list, and sees the sales behind a balance", async () => {
    await setRates(10, 1);
    const memberId = await enrol();
    const other = await enrol("Lily_%", "13912345678");
    const { saleId, saleNumber } = await sell(memberId, [chips]);
    await asManager();
    const page = await bench.must("members", { search: "", before: null, limit: 1 });
    expect(page).toMatchObject({ count: 2, rows: [{ memberId: other, label: "139****5678", balance: 0 }] });
    const next = await bench.must("members", { search: "", before: page.rows[0]?.position ?? 0, limit: 1 });
    expect(next.rows).toMatchObject([{ memberId, name: "张三", balance: 100 }]);
    const found = async (search: string) =>
      (await bench.must("members", { search, before: null, limit: 10 })).rows.map((row) => row.memberId);
    expect(await found("lily_")).toEqual([other]);
    expect(await found("%")).toEqual([other]);
    expect(await found("138 1234 1234")).toEqual([memberId]);
    expect(await found("5678")).toEqual([other]);
    expect(await found("nobody")).toEqual([]);
    expect(await bench.must("member-points", { memberId, before: null, limit: 10 })).toMatchObject([
      { kind: "earned", points: 100, saleId, saleNumber },
    ]);
    expect(await refused(bench.send("save-point-rates", { pointsPerYuan: 100, fenPerPoint: 2 }))).toBe(
      "points-worth-more",
    );
  });

  it("a card is printed past the books, which never hold what is on it", async () => {
    const memberId = await enrol("", "");
    const code = bench.store.member(memberId)?.code ?? "";
    expect(bench.shown.sale.member?.label).toBe(`TWM****${code.slice(-4)}`);
    await bench.must("print-member-card", { memberId });
    expect(words(bench.slips.at(-1) ?? [])).toContain(code);
    expect(JSON.stringify(journalEntries(bench.directory))).not.toContain(code);
    bench.slipEnds = "not-sent";
    expect(await refused(bench.send("print-member-card", { memberId }))).toBe("card-not-printed");
  });
});

describe("what is known of a member", () => {
  const traces = ["张三丰", phone];

  it("stands in no journal entry, no paper, no view and no log line", async () => {
    const memberId = await enrol("张三丰");
    await sell(memberId, [chips]);
    await asManager();
    await bench.must("members", { search: phone, before: null, limit: 10 });
    const told = JSON.stringify([journalEntries(bench.directory), papers(), bench.logged, bench.faults]);
    for (const trace of traces) expect(told).not.toContain(trace);
    expect(JSON.stringify([bench.patches, bench.displays])).not.toContain(phone);
  });

  it("is gone from the file and its log once a manager deletes it; the bare id and its points stay", async () => {
    const memberId = await enrol("张三丰");
    const code = bench.store.member(memberId)?.code ?? "";
    // Many others, so that pages split and rows move about before.
    for (let at = 0; at < 120; at += 1) await enrol(`会员${at}`, String(13_900_000_000 + at * 7));
    const { saleId } = await sell(memberId, [chips]);
    await bench.scan(cola);
    await bench.must("set-member", { memberId });
    for (const trace of [...traces, code]) expect(filesHold(bench.directory, trace)).toBe(true);
    await asManager();
    await bench.must("delete-member", { memberId });
    for (const trace of [...traces, code]) expect([trace, filesHold(bench.directory, trace)]).toEqual([trace, false]);
    expect(bench.shown.sale.member).toBeUndefined();
    expect(bench.store.member(memberId)).toMatchObject({
      isDeleted: true,
      name: "",
      phone: null,
      code: null,
      balance: 10,
    });
    expect(await bench.must("find-members", { text: phone })).toEqual([]);
    expect(await refused(bench.send("set-member", { memberId }))).toBe("no-such-member");
    expect(await refused(bench.send("delete-member", { memberId }))).toBe("no-such-member");
    // The paper of their sale can be printed again, without them.
    await bench.must("reprint-receipt", { saleId });
    expect(papers().at(-1)).not.toContain("****");
    expect(JSON.stringify(journalEntries(bench.directory))).toContain(memberId);
    expect(existsSync(join(bench.directory, "sales.db"))).toBe(true);
    expect(readFileSync(join(bench.directory, "sales.db")).length).toBeGreaterThan(0);
  });

  it("is overwritten when the number is changed, and taken away when it is emptied", async () => {
    const memberId = await enrol("张三丰");
    await asManager();
    await bench.must("change-member", { memberId, name: "张三丰", phone: "15612340000" });
    expect(filesHold(bench.directory, phone)).toBe(false);
    expect(await bench.must("change-member", { memberId, name: "阿丰", phone: "" })).toMatchObject({ hasPhone: false });
    expect(filesHold(bench.directory, "15612340000")).toBe(false);
    expect(filesHold(bench.directory, "张三丰")).toBe(false);
  });
});
