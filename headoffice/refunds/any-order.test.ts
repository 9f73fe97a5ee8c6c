import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeClaim, judgeGoods, type JudgeClaim, type JudgeGoods } from "#core/refund/shared-cap.ts";
import type { Sale } from "#core/sale/sale.ts";
import { type Databases, type OfficeBench, openDatabases, openOfficeBench } from "#tests/support/office-bench.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import type { OfficeTill } from "#tests/support/office-till.ts";
import { refundBodyOf } from "#tests/support/refunding-tills.ts";
import { placeOf } from "../terminals/terminal.ts";
import { grantRefund } from "./grants.ts";

/* Any order of questions, repeats, refunds that come in, that fail, and grants given back, by two tills of one sale. */

const deeds = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("ask" as const),
        by: fc.nat(1),
        share: fc.integer({ min: 1, max: 90 }),
      }),
    },
    fc.record({ kind: fc.constantFrom("again", "give", "fail", "return"), which: fc.nat(20) }),
  ),
  { minLength: 4, maxLength: 14 },
);
type Deed = (typeof deeds extends fc.Arbitrary<infer T> ? T : never)[number];

interface Granted {
  readonly till: OfficeTill;
  readonly grantId: string;
  readonly amountFen: number;
  state: "open" | "given" | "failed" | "returned";
}

let databases: Databases;
let bench: OfficeBench;
let tills: readonly OfficeTill[];
let count = 0;

beforeAll(async () => {
  databases = await openDatabases("sqlite");
  bench = await openOfficeBench(await databases.create());
  tills = [await bench.enrolledTill("T01"), await bench.enrolledTill("T02")];
  for (const till of tills) openDay(till);
});
afterAll(async () => {
  await bench.close();
  await databases.close();
});

/** @returns whether more was ever granted or given at the same time than was paid */
async function wentOver(list: readonly Deed[], judge: JudgeClaim): Promise<boolean> {
  const [seller] = tills;
  if (seller === undefined) throw new Error("two tills");
  const [sale] = sell(seller, 1);
  if (sale === undefined) throw new Error("one was sold");
  await send(seller);
  const paidFen = sale.tenders[0]?.amountFen ?? 0;
  const granted: Granted[] = [];
  for (const deed of list) {
    await act(deed, sale, granted, judge);
    let claimed = 0;
    for (const { state, amountFen } of granted) if (state === "open" || state === "given") claimed += amountFen;
    if (claimed > paidFen) return true;
  }
  return false;
}

async function act(deed: Deed, sale: Sale, granted: Granted[], judge: JudgeClaim): Promise<void> {
  const paidFen = sale.tenders[0]?.amountFen ?? 0;
  if ("share" in deed) {
    const till = tills[deed.by];
    if (till === undefined) return;
    const asked = {
      till,
      grantId: `grant-${(count += 1)}`,
      amountFen: Math.max(1, Math.trunc(paidFen * 0.01 * deed.share)),
    };
    if (await ask(sale, asked, judge)) granted.push({ ...asked, state: "open" });
    return;
  }
  const one = granted[deed.which % Math.max(1, granted.length)];
  if (one === undefined || one.state !== "open") return;
  if (deed.kind === "again") {
    expect(await ask(sale, one, judge)).toBe(true);
    return;
  }
  if (deed.kind === "return") {
    one.till.append("refund-grant-returned", { grantId: one.grantId });
    one.state = "returned";
  } else {
    const check = { kind: "granted", by: "office", grantId: one.grantId };
    const state = deed.kind === "give" ? "succeeded" : "refused";
    const more = { kind: "wechat", state, check, soldBy: "T01", ...(state === "refused" ? { given: null } : {}) };
    one.till.append("refund-settled", refundBodyOf(`R-${one.grantId}`, sale, one.amountFen, more));
    one.state = deed.kind === "give" ? "given" : "failed";
  }
  await send(one.till);
}

async function ask(
  sale: Sale,
  { till, grantId, amountFen }: Pick<Granted, "till" | "grantId" | "amountFen">,
  judge: JudgeClaim,
): Promise<boolean> {
  const request = {
    ...{ grantId, sale: { terminalId: "T01", saleId: sale.saleId }, tenderId: sale.tenders[0]?.tenderId ?? "" },
    ...{ amountFen, receipt: null },
  };
  const granting = { by: placeOf(till.key), nowMs: bench.now(), isRelay: false };
  const answer = await grantRefund(bench.office.sql, request, granting, { judgeClaim: judge, judgeGoods });
  return answer.ok && answer.value.kind === "granted";
}

async function send(till: OfficeTill): Promise<void> {
  expect((await till.upload(till.entries.slice(-20))).status).toBe(200);
}

describe("whatever two tills ask, give and give up of one sale", () => {
  it("never comes to more than was paid", async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (list) => !(await wentOver(list, judgeClaim))),
      { numRuns: 25 },
    );
  });

  it("would be seen here to come to more, if head office overlooked what others claim", async () => {
    const blind: JudgeClaim = (paid, _claims, asked) => judgeClaim(paid, [], asked);
    const found = await fc.check(
      fc.asyncProperty(deeds, async (list) => !(await wentOver(list, blind))),
      { numRuns: 25, seed: 1, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  });
});

/** Two tills that bring a line's goods back, give up, and tell of their returns late. */
const goodsDeeds = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("ask" as const),
        by: fc.nat(1),
        quantity: fc.integer({ min: 1, max: 3 }),
      }),
    },
    fc.record({ kind: fc.constantFrom("give-up", "pay", "tell"), which: fc.nat(20) }),
  ),
  { minLength: 4, maxLength: 12 },
);
type GoodsDeed = (typeof goodsDeeds extends fc.Arbitrary<infer T> ? T : never)[number];

interface GrantedGoods {
  readonly till: OfficeTill;
  readonly grantId: string;
  readonly returnId: string;
  readonly quantity: number;
  state: "open" | "given-up" | "paid" | "told";
}

/** @returns whether more of the line was ever on its way back or back than was sold of it */
async function tookTooMuch(list: readonly GoodsDeed[], judge: JudgeGoods): Promise<boolean> {
  const [seller] = tills;
  if (seller === undefined) throw new Error("two tills");
  const [sale] = sell(seller, 1);
  if (sale === undefined) throw new Error("one was sold");
  await send(seller);
  const granted: GrantedGoods[] = [];
  for (const deed of list) {
    if ("by" in deed) await askForGoods(sale, deed, granted, judge);
    else await endOne(sale, deed, granted);
    let claimed = 0;
    for (const { state, quantity } of granted) if (state !== "given-up") claimed += quantity;
    if (claimed > (sale.lines[0]?.quantity ?? 0)) return true;
  }
  return false;
}

async function askForGoods(
  sale: Sale,
  { by, quantity: wanted }: Extract<GoodsDeed, { readonly kind: "ask" }>,
  granted: GrantedGoods[],
  judge: JudgeGoods,
): Promise<void> {
  const till = tills[by];
  if (till === undefined) return;
  const quantity = wanted * 500;
  const [grantId, returnId] = [`grant-${(count += 1)}`, `return-${count}`];
  const request = {
    ...{ grantId, sale: { terminalId: "T01", saleId: sale.saleId }, tenderId: sale.tenders[0]?.tenderId ?? "" },
    ...{ amountFen: 1, receipt: null, goods: { returnId, lines: [{ lineNumber: 1, quantity }] } },
  };
  const granting = { by: placeOf(till.key), nowMs: bench.now(), isRelay: false };
  const answer = await grantRefund(bench.office.sql, request, granting, { judgeClaim, judgeGoods: judge });
  if (answer.ok && answer.value.kind === "granted") granted.push({ till, grantId, returnId, quantity, state: "open" });
}

async function endOne(
  sale: Sale,
  { kind, which }: Exclude<GoodsDeed, { readonly kind: "ask" }>,
  granted: readonly GrantedGoods[],
): Promise<void> {
  const one = granted[which % Math.max(1, granted.length)];
  if (one === undefined) return;
  const { till, grantId, returnId, quantity } = one;
  if (kind === "give-up" && one.state === "open") {
    till.append("refund-grant-returned", { grantId });
    one.state = "given-up";
  } else if (kind === "pay" && one.state === "open") {
    const check = { kind: "granted", by: "office", grantId };
    till.append("refund-settled", refundBodyOf(`R-${grantId}`, sale, 1, { soldBy: "T01", check }));
    one.state = "paid";
  } else if (kind === "tell" && one.state === "paid") {
    const lines = [{ lineNumber: 1, sku: "x", quantity, worthFen: 1, condition: "damaged" }];
    till.append("goods-returned", { returnId, saleId: sale.saleId, soldBy: "T01", businessDate: "2026-03-02", lines });
    one.state = "told";
  } else return;
  await send(till);
}

describe("whatever two tills take back of one line", () => {
  it("is never more than was sold of it", async () => {
    await fc.assert(
      fc.asyncProperty(goodsDeeds, async (list) => !(await tookTooMuch(list, judgeGoods))),
      { numRuns: 20 },
    );
  });

  it("would be seen here to be more, if head office overlooked quantities", async () => {
    const blind: JudgeGoods = () => ({ ok: true, value: null });
    const found = await fc.check(
      fc.asyncProperty(goodsDeeds, async (list) => !(await tookTooMuch(list, blind))),
      { numRuns: 25, seed: 1, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  });
});
