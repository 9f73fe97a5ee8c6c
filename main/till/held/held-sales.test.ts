import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { chips, cola, paymentCode, people } from "#tests/support/bench-shop.ts";
import { type HeldShop, type HeldTill, openHeldShop } from "#tests/support/held-shop.ts";

let shop: HeldShop;
let [t01, t02]: readonly HeldTill[] = [];
beforeEach(async () => {
  shop = await openHeldShop(2);
  [t01, t02] = shop.tills;
});
afterEach(() => shop.close());

const A = (): HeldTill["bench"] => t01!.bench;
const B = (): HeldTill["bench"] => t02!.bench;

async function ring(bench: HeldTill["bench"]): Promise<string> {
  await bench.scan(chips);
  await bench.scan(cola);
  await bench.must("discount-sale", { discount: { kind: "percent", basisPoints: 1_000 } });
  return bench.shown.sale.saleId;
}

const shared = async (bench: HeldTill["bench"]) => (await bench.must("shared-held", {})).sales;

async function takeFirst(bench: HeldTill["bench"]): Promise<IntentFault | null> {
  const [first] = await shared(bench);
  const result = await bench.send("take-held-sale", { giveId: first?.giveId ?? "none" });
  return result.ok ? null : result.fault;
}

const journal = (bench: HeldTill["bench"]) => {
  const { epoch } = bench.store.journalStatus();
  const entries = bench.store.outbox.nextBatch(100, false)?.entries.filter((entry) => entry.epoch === epoch) ?? [];
  return entries.map(({ kind, body }) => [kind, JSON.parse(body)] as const);
};

const paid = async (bench: HeldTill["bench"]): Promise<void> => {
  await bench.must("take-payment", {});
  await bench.must("pay-cash", { receivedFen: 10_000 });
  await bench.must("next-sale", {});
};

describe("a sale held for every till", () => {
  it("leaves the till that gave it, and comes to another as it was, to be sold there once", async () => {
    const saleId = await ring(A());
    const before = A().shown.sale;
    await A().must("hold-sale", { label: "红衣服", forEveryTill: true });
    expect(A().shown.held).toEqual([]);
    expect(A().shown.sale.lines).toEqual([]);
    expect(await shared(B())).toMatchObject([
      { saleId, label: "红衣服", fromTerminal: "T01", cashierName: people.cashier.name, lineCount: 2, totalFen: 1215 },
    ]);
    expect(await takeFirst(B())).toBeNull();
    const { scanCount: _, ...sale } = B().shown.sale;
    expect(sale).toEqual((({ scanCount: _was, ...was }) => was)(before));
    await paid(B());
    expect(B().sales()).toMatchObject([{ saleId, saleNumber: "T02-000001", totalFen: 1215 }]);
    expect(A().sales()).toEqual([]);
    expect(await shared(A())).toEqual([]);
    expect(journal(A()).at(-1)).toMatchObject(["held-sale-given", { saleId, place: "office", totalFen: 1215 }]);
    expect(journal(B()).find(([kind]) => kind === "held-sale-taken")?.[1]).toMatchObject({
      ...{ saleId, fromTerminal: "T01", place: "office", totalFen: 1215, became: "draft" },
    });
  });

  it("is taken back by the till that gave it like by any other", async () => {
    const saleId = await ring(A());
    await A().must("hold-sale", { label: "", forEveryTill: true });
    expect(await A().send("recall-sale", { saleId })).toEqual({ ok: false, fault: { kind: "no-such-sale" } });
    expect(await takeFirst(A())).toBeNull();
    expect(A().shown.sale).toMatchObject({ saleId, totalFen: 1215 });
  });

  it("goes to one of two tills that ask at once, and the other reads who has it", async () => {
    await ring(A());
    await A().must("hold-sale", { label: "", forEveryTill: true });
    const [[seen], [alsoSeen]] = [await shared(A()), await shared(B())];
    expect(alsoSeen).toEqual(seen);
    await B().must("take-held-sale", { giveId: seen!.giveId });
    const lost = await A().send("take-held-sale", { giveId: seen!.giveId });
    expect(lost).toEqual({ ok: false, fault: { kind: "held-taken-by", terminalId: "T02" } });
    expect(A().shown.held).toEqual([]);
    expect(A().store.takings()).toEqual([]);
  });

  it("a paid offline order reopened as draft by another device (odoo#288974) cannot be, whoever asks and however late", async () => {
    const saleId = await ring(A());
    await A().must("hold-sale", { label: "", forEveryTill: true });
    const [seen] = await shared(A());
    expect(await takeFirst(B())).toBeNull();
    // The line goes; the sale is paid at B, and head office hears of it only much later.
    t02!.reach.office = false;
    await paid(B());
    expect(await A().send("take-held-sale", { giveId: seen!.giveId })).toMatchObject({
      fault: { kind: "held-taken-by", terminalId: "T02" },
    });
    // Copies of everything that was ever asked come again, to a head office that knows nothing of the payment.
    for (let copy = 0; copy < 6; copy += 1) await shop.lateCopy(copy);
    await t01!.restart();
    await t02!.restart();
    expect([await shared(A()), await shared(B())]).toEqual([[], []]);
    expect([A().shown.held, B().shown.held, A().shown.sale.lines, B().shown.sale.lines]).toEqual([[], [], [], []]);
    expect(() => B().store.saveDraft(draftLike(saleId))).toThrow("is not finished yet");
    expect([
      A().sales(),
      B()
        .sales()
        .map((sale) => sale.saleId),
    ]).toEqual([[], [saleId]]);
  });

  it("that this till has sold is not made a draft again, whatever a place gives it", async () => {
    const saleId = await ring(A());
    await paid(A());
    // A disk from yesterday at T02 gave it away once more.
    const body = JSON.stringify({ cart: cartLike(saleId), label: "", cashierId: "c1", totalFen: 350 });
    const give = { giveId: "old", saleId, form: 1, label: "", cashierName: "x", heldAtMs: 1, lineCount: 1, body };
    const { giveSale } = await import("#headoffice/held/give-sale.ts");
    await giveSale(shop.places.office, { storeCode: "SZ01", terminalId: "T02" }, { ...give, totalFen: 350 }, 1);
    expect(await takeFirst(A())).toEqual({ kind: "held-sold-here" });
    expect([A().shown.held, A().shown.sale.lines, A().store.takings()]).toEqual([[], [], []]);
    expect(journal(A()).at(-1)).toMatchObject(["held-sale-taken", { saleId, became: "sold-here" }]);
  });

  it("shows as old on another business day", async () => {
    await ring(A());
    await A().must("hold-sale", { label: "", forEveryTill: true });
    expect(await shared(B())).toMatchObject([{ isOld: false }]);
    await B().clock.advance(25 * 3_600_000);
    expect(await shared(B())).toMatchObject([{ isOld: true }]);
  });

  it("in a form this till does not know is told, and not taken", async () => {
    const give = {
      giveId: "new",
      saleId: "s",
      form: 4,
      label: "",
      cashierName: "x",
      heldAtMs: 1,
      lineCount: 1,
      body: "{}",
    };
    const { giveSale } = await import("#headoffice/held/give-sale.ts");
    await giveSale(shop.places.relay, { storeCode: "SZ01", terminalId: "T03" }, { ...give, totalFen: 1 }, 1);
    expect(await shared(A())).toMatchObject([{ isNewer: true }]);
    expect(await takeFirst(A())).toEqual({ kind: "held-newer" });
    expect(await shared(B())).toHaveLength(1);
  });
});

describe("giving a held sale away", () => {
  it("leaves it here, ready to be recalled, where no place answers", async () => {
    Object.assign(t01!.reach, { office: false, relay: false });
    const saleId = await ring(A());
    expect(await A().send("hold-sale", { label: "", forEveryTill: true })).toEqual({
      ok: false,
      fault: { kind: "held-no-place" },
    });
    expect(A().shown.held).toMatchObject([{ saleId, move: null }]);
    await A().must("recall-sale", { saleId });
    await paid(A());
  });

  it("goes by the relay while head office is away, and is found there by the others afterwards", async () => {
    for (const till of shop.tills) till.reach.office = false;
    await ring(A());
    await A().must("hold-sale", { label: "", forEveryTill: true });
    expect(await B().must("shared-held", {})).toMatchObject({ isWhole: false, sales: [{ fromTerminal: "T01" }] });
    t02!.reach.office = true;
    expect(await B().must("shared-held", {})).toMatchObject({ isWhole: true, sales: [{ fromTerminal: "T01" }] });
    expect(await takeFirst(B())).toBeNull();
  });

  it("whose answer was lost can neither be recalled, paid, changed nor given again until it is known", async () => {
    const saleId = await ring(A());
    t01!.fates = ["up", "answer-lost"];
    expect(await A().send("hold-sale", { label: "", forEveryTill: true })).toMatchObject({
      fault: { kind: "held-give-unknown" },
    });
    expect(A().shown.held).toMatchObject([{ saleId, move: "giving" }]);
    expect(await A().send("recall-sale", { saleId })).toMatchObject({ fault: { kind: "held-being-given" } });
    expect(await A().send("give-held-sale", { saleId })).toMatchObject({ fault: { kind: "held-being-given" } });
    const draft = A().store.draft(saleId)!;
    const refused = "being given away";
    expect(() => A().store.saveDraft({ ...draft, state: "open" })).toThrow(refused);
    expect(() => A().store.discardDraft(saleId, { kind: "sale-voided", body: {} })).toThrow();
    expect(() => A().store.createAttempt({ ...attemptLike, saleId })).toThrow(refused);
    // Another till may have it by now: the answer is the same, and it leaves this till's list.
    expect(await takeFirst(B())).toBeNull();
    await A().clock.advance(2_000);
    expect(A().shown.held).toEqual([]);
    expect(journal(A()).filter(([kind]) => kind === "held-sale-given")).toHaveLength(1);
  });

  it("is asked again after a power cut, at whichever moment it came", async () => {
    for (const fate of ["die-before", "die-after"] as const) {
      const saleId = await ring(A());
      t01!.fates = ["up", fate];
      await t01!.during(() => A().send("hold-sale", { label: "", forEveryTill: true }));
      expect(A().shown.held.map(({ saleId: id }) => id)).not.toContain(saleId);
      expect((await shared(B())).map(({ saleId: id }) => id)).toContain(saleId);
    }
  });

  it("asks again further and further apart, for as long as it takes", async () => {
    const saleId = await ring(A());
    t01!.fates = ["up", "lost", ...Array.from({ length: 12 }, () => "lost" as const)];
    await A().send("hold-sale", { label: "", forEveryTill: true });
    await A().clock.advance(8 * 60_000);
    expect(t01!.fates.length).toBeGreaterThan(0);
    expect(A().shown.held).toMatchObject([{ saleId, move: "giving" }]);
    await A().clock.advance(10 * 60_000);
    expect(A().shown.held).toEqual([]);
  });

  it("is refused for a sale that was begun to be paid, and for none that is not held", async () => {
    const saleId = await ring(A());
    expect(await A().send("give-held-sale", { saleId })).toMatchObject({ fault: { kind: "no-such-sale" } });
    await A().must("take-payment", {});
    await A().must("pay-cash", { receivedFen: 100 });
    expect(await A().send("hold-sale", { label: "", forEveryTill: true })).toMatchObject({
      fault: { kind: "held-has-payment" },
    });
    expect(A().shown.held).toMatchObject([{ saleId, paidFen: 100, move: null }]);
    expect(() => A().store.beginGiving(givingLike(saleId))).toThrow("without any payment");
  });

  it("is refused for a member's sale: they are this till's, and it waits here with them", async () => {
    const saleId = await ring(A());
    await A().must("enrol-member", { name: "", phone: "13812341234" });
    expect(await A().send("hold-sale", { label: "", forEveryTill: true })).toMatchObject({
      fault: { kind: "held-has-member" },
    });
    expect(A().shown.held).toMatchObject([{ saleId, move: null }]);
    await A().must("recall-sale", { saleId });
    expect(A().shown.sale.member).toMatchObject({ label: "138****1234" });
  });

  it("is refused with goods in it that came back without a receipt: they are exchanged here, and wait here", async () => {
    const saleId = await ring(A());
    const line = { sku: "chips", quantity: 1_000, unitPriceFen: 1_000, condition: "damaged" as const };
    await A().must("begin-loose-exchange", {
      ...{ requestId: "swap", lines: [line], amountFen: 1_000, reason: "换货", member: "" },
      approvalPin: people.manager.pin,
    });
    expect(await A().send("hold-sale", { label: "", forEveryTill: true })).toMatchObject({
      fault: { kind: "held-has-exchange" },
    });
    expect(A().shown.held).toMatchObject([{ saleId, move: null }]);
    await A().must("recall-sale", { saleId });
    expect(A().shown.sale.exchange).toMatchObject({ saleNumber: null, amountFen: 1_000 });
  });

  it("is refused after a payment by phone that failed: its number is this till's", async () => {
    const saleId = await ring(A());
    await A().must("take-payment", {});
    A().gateway.plan = "code-expired";
    await A().scan(paymentCode);
    await A().must("leave-payment", {});
    expect(await A().send("hold-sale", { label: "", forEveryTill: true })).toMatchObject({
      fault: { kind: "held-has-payment" },
    });
    expect(A().store.attemptsOfSale(saleId)).toHaveLength(1);
    expect(A().shown.held).toMatchObject([{ saleId, move: null }]);
    expect(await shared(B())).toEqual([]);
  });

  it("that a place refuses for good leaves it here, and says why", async () => {
    const saleId = await ring(A());
    const other = {
      giveId: "other",
      saleId,
      form: 9,
      label: "",
      cashierName: "x",
      heldAtMs: 1,
      lineCount: 1,
      body: "{}",
    };
    const { giveSale } = await import("#headoffice/held/give-sale.ts");
    await giveSale(shop.places.office, { storeCode: "SZ01", terminalId: "T02" }, { ...other, totalFen: 1 }, 1);
    expect(await A().send("hold-sale", { label: "", forEveryTill: true })).toMatchObject({
      fault: { kind: "held-kept", why: "here" },
    });
    expect(A().shown.held).toMatchObject([{ saleId, move: null }]);
    await A().must("recall-sale", { saleId });
  });

  it("may be given up by a manager, and then has no owner here, and one at most elsewhere", async () => {
    const saleId = await ring(A());
    t01!.fates = ["up", "answer-lost"];
    await A().send("hold-sale", { label: "", forEveryTill: true });
    expect(await A().send("drop-held-move", { saleId })).toMatchObject({ fault: { kind: "approval-needed" } });
    await A().must("drop-held-move", { saleId, approvalPin: people.manager.pin });
    expect(A().shown.held).toEqual([]);
    expect(journal(A()).at(-1)).toMatchObject(["sale-voided", { saleId, approvedBy: people.manager.id }]);
    await A().clock.advance(120_000);
    expect(await takeFirst(B())).toBeNull();
  });
});

describe("taking a sale that is held for every till", () => {
  const given = async (): Promise<string> => {
    const saleId = await ring(A());
    await A().must("hold-sale", { label: "", forEveryTill: true });
    return saleId;
  };

  it("whose answer was lost is asked again, and comes among the held ones with a word for the cashier", async () => {
    const saleId = await given();
    t02!.fates = ["up", "up", "answer-lost"];
    expect(await takeFirst(B())).toEqual({ kind: "held-take-unknown" });
    expect(B().shown.held).toMatchObject([{ saleId, move: "taking", totalFen: 1215 }]);
    expect(await B().send("recall-sale", { saleId })).toMatchObject({ fault: { kind: "no-such-sale" } });
    await B().clock.advance(2_000);
    expect(B().shown.held).toMatchObject([{ saleId, move: null }]);
    expect(B().shown.notices).toMatchObject([{ kind: "held-move-ended", end: "came", totalFen: 1215 }]);
    await B().must("recall-sale", { saleId });
  });

  it("is finished after a power cut, or found to be another's", async () => {
    const saleId = await given();
    const [seen] = await shared(B());
    t02!.fates = ["die-after"];
    await t02!.during(() => B().send("take-held-sale", { giveId: seen!.giveId }));
    expect(B().shown.held).toMatchObject([{ saleId, move: null }]);
    const next = await given();
    const [another] = await shared(B());
    t02!.fates = ["die-before"];
    t02!.reach.office = true;
    const taking = t02!.during(async () => {
      const asked = B().send("take-held-sale", { giveId: another!.giveId });
      await takeFirst(A());
      await asked;
    });
    await taking;
    expect(A().shown.sale.saleId).toBe(next);
    expect(B().shown.held.map((one) => one.saleId)).toEqual([saleId]);
    expect(B().shown.notices).toMatchObject([{ kind: "held-move-ended", end: "taken", by: "T01" }]);
  });

  it("needs an open shift and an empty cart, and a sale that is still listed", async () => {
    await given();
    const [seen] = await shared(B());
    await B().scan(cola);
    expect(await takeFirst(B())).toEqual({ kind: "cart-busy" });
    await B().must("void-line", { lineId: B().shown.sale.lines[0]!.lineId });
    await B().must("close-shift", { countedCashFen: 10_000 });
    expect(await takeFirst(B())).toEqual({ kind: "no-shift" });
    await B().must("open-shift", { floatFen: 0 });
    expect(await B().send("take-held-sale", { giveId: "never" })).toMatchObject({ fault: { kind: "held-gone" } });
    await B().must("take-held-sale", { giveId: seen!.giveId });
  });

  it("puts it among the held ones where the cart was begun meanwhile", async () => {
    const saleId = await given();
    const [seen] = await shared(B());
    const asked = B().till.perform("take-held-sale", { giveId: seen!.giveId });
    await B().scan(cola);
    expect(await asked).toMatchObject({ ok: true });
    expect(B().till.view().held).toMatchObject([{ saleId, move: null }]);
    expect(B().till.view().sale.lines).toHaveLength(1);
  });
});

const cartLike = (saleId: string) => {
  const line = {
    ...{ id: "l1", sku: "cola", nameZh: "可乐", nameEn: "Cola", categoryId: "all", taxClass: "general", barcode: cola },
    ...{ source: "scan", unit: "piece", unitPriceFen: 350, quantity: 1_000, labelAmountFen: null, discount: null },
  };
  return { saleId, lines: [line], discount: null, rounding: "none", currentLineId: "l1" };
};
const draftLike = (saleId: string) =>
  // The test's own cart, in the numbers a till has.
  ({ cart: cartLike(saleId), tenders: [], cashierId: "c1", state: "held", label: "", updatedAtMs: 1 }) as never;
const givingLike = (saleId: string) => {
  return { saleId, giveId: "g", place: { kind: "office", key: "k" }, begunAtMs: 1 } as const;
};
// Refused before anything of it is looked at but whose it is.
const attemptLike = {
  ...{ outTradeNo: "n1", tenderId: "t1", kind: "codepay", state: "created", amountFen: 1_215, createdAtMs: 1 },
} as never as Parameters<HeldTill["bench"]["store"]["createAttempt"]>[0];
