import fc from "fast-check";
import { expect, it } from "vitest";
import { recountShift } from "#core/shift/shift-totals.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import {
  businessDay,
  chips,
  cola,
  colaSixPack,
  ean13,
  paymentCode,
  people,
  unknownItem,
} from "#tests/support/bench-shop.ts";
import { levelsInFile } from "#tests/support/stock-bench.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

type Step = (bench: TillBench) => Promise<unknown>;

const { manager, cashier, second } = people;
const line = (bench: TillBench, index: number): string => bench.shown.sale.lines[index]?.lineId ?? "none";
const held = (bench: TillBench): string => bench.shown.held[0]?.saleId ?? "none";
const named = (name: string, step: Step) => Object.assign(step, { [fc.toStringMethod]: () => name });
const send = (...[intent, args]: Parameters<TillBench["send"]>) =>
  named(`${intent} ${JSON.stringify(args)}`, (bench) => bench.send(intent, args));

const amountFen = fc.oneof(
  fc.constantFrom(1, 100, 350, 1000),
  fc.nat(60_000).map((fen) => fen + 1),
);
const quantity = fc.constantFrom(1, 500, 1000, 2000, 24_000, 99_999_000);
const pin = fc.constantFrom(manager.pin, "0000", undefined);
const discount = fc.oneof(
  fc.constant(null),
  amountFen.map((fen) => ({ kind: "amount", amountFen: fen }) as const),
  fc.integer({ min: 1, max: 10_000 }).map((basisPoints) => ({ kind: "percent", basisPoints }) as const),
);
const code = fc.constantFrom(
  cola,
  chips,
  colaSixPack,
  unknownItem,
  ean13("210004201098"),
  "T01-000001",
  paymentCode,
  "109876543210987654",
);

type AnyPromotion = IntentArgs<"save-promotion">["promotion"];

const halfOfAny: AnyPromotion = {
  ...{ id: "any-half", nameZh: "促销", nameEn: "Offer", isMemberOnly: false, coupon: null },
  deal: { kind: "nth-off", every: 2, basisPoints: 5_000 },
  scope: { kind: "all" },
  schedule: { fromDate: null, toDate: null, weekdays: [], hours: null },
};
const promotionsOfAny: readonly AnyPromotion[] = [
  halfOfAny,
  {
    ...halfOfAny,
    id: "any-ten",
    coupon: { kind: "numbered", prefix: "YH10" },
    deal: { kind: "spend-off", thresholdFen: 100, amountFen: 99, isRepeated: true },
  },
];

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: code.map((text) => named(`scan ${text}`, (bench) => bench.scan(text))) },
  { weight: 3, arbitrary: fc.constant(send("take-payment", {})) },
  { weight: 3, arbitrary: amountFen.map((receivedFen) => send("pay-cash", { receivedFen })) },
  { weight: 2, arbitrary: fc.option(amountFen, { nil: null }).map((fen) => send("show-qr", { amountFen: fen })) },
  fc.option(amountFen, { nil: null }).map((fen) => send("set-code-amount", { amountFen: fen })),
  fc.option(quantity, { nil: null }).map((many) => send("set-multiplier", { quantity: many })),
  fc
    .tuple(fc.nat(2), quantity)
    .map(([index, many]) =>
      named(`quantity ${index} ${many}`, (bench) =>
        bench.send("set-quantity", { lineId: line(bench, index), quantity: many }),
      ),
    ),
  fc.nat(2).map((index) => named(`void ${index}`, (bench) => bench.send("void-line", { lineId: line(bench, index) }))),
  fc.tuple(fc.nat(2), discount, pin).map(([index, off, approvalPin]) =>
    named(`discount ${index} ${JSON.stringify(off)}`, (bench) =>
      bench.send("discount-line", {
        lineId: line(bench, index),
        discount: off,
        ...(approvalPin === undefined ? {} : { approvalPin }),
      }),
    ),
  ),
  fc
    .tuple(discount, pin)
    .map(([off, approvalPin]) =>
      send("discount-sale", { discount: off, ...(approvalPin === undefined ? {} : { approvalPin }) }),
    ),
  fc
    .tuple(fc.constantFrom("pay-in", "pay-out", "safe-drop"), amountFen, pin, fc.nat(3))
    .map(([kind, amount, approvalPin, id]) =>
      send("move-cash", {
        ...{ moveId: `move-${id}`, kind, amountFen: amount, reason: "水费" },
        ...(approvalPin === undefined ? {} : { approvalPin }),
      }),
    ),
  pin.map((approvalPin) =>
    send("open-drawer", { reason: "换零钱", ...(approvalPin === undefined ? {} : { approvalPin }) }),
  ),
  pin.map((approvalPin) => send("void-sale", approvalPin === undefined ? {} : { approvalPin })),
  fc.constantFrom("none", "jiao", "yuan").map((rounding) => send("set-rounding", { rounding })),
  amountFen.map((priceFen) => send("add-open-price", { name: "杂", priceFen, barcode: null })),
  fc.tuple(fc.nat(2), fc.option(amountFen), pin).map(([index, priceFen, approvalPin]) =>
    named(`override ${index} ${priceFen}`, (bench) =>
      bench.send("override-price", {
        lineId: line(bench, index),
        to: priceFen === null ? null : { priceFen, reason: "临期" },
        ...(approvalPin === undefined ? {} : { approvalPin }),
      }),
    ),
  ),
  fc.constantFrom(
    ...[send("enrol-member", { name: "张三", phone: "13812341234" }), send("set-member", { memberId: null })],
    ...[send("find-members", { text: "1234" }), send("spend-points", { count: 1 }), send("spend-points", { count: 0 })],
    named("member again", (bench) =>
      bench.send("set-member", { memberId: bench.store.memberByPhone("13812341234")?.memberId ?? "none" }),
    ),
    named("member deleted", (bench) =>
      bench.send("delete-member", { memberId: bench.store.memberByPhone("13812341234")?.memberId ?? "none" }),
    ),
    named("card", (bench) => bench.scan(bench.store.memberByPhone("13812341234")?.code ?? "TWM000000000000")),
    ...[1, 100].map((pointsPerYuan) => send("save-point-rates", { pointsPerYuan, fenPerPoint: 1 })),
  ),
  fc.constantFrom(
    ...[send("add-coupon", { code: "YH100001" }), send("remove-coupon", { code: "YH100001" })],
    ...promotionsOfAny.map((promotion) => send("save-promotion", { promotion })),
    send("end-promotion", { promotionId: "any-half" }),
  ),
  fc.constantFrom(
    send("hold-sale", { label: "x" }),
    named("recall", (bench) => bench.send("recall-sale", { saleId: held(bench) })),
    send("park-sale", {}),
    send("leave-payment", {}),
    send("next-sale", {}),
    send("sign-out", {}),
    send("report", { range: null }),
    send("print-report", { range: { from: businessDay, to: businessDay } }),
    send("cancel-report-export", {}),
    send("labels", { from: { by: "due" } }),
    send("print-labels", { labels: [{ sku: "cola", copies: 2 }] }),
    send("forget-labels", {}),
    send("choose-item-image", { sku: "cola" }),
    send("remove-item-image", { sku: "cola" }),
    ...(["choose", "standing", "apply", "cancel", "discard", "report"] as const).map((step) =>
      send(`image-folder-${step}`, {}),
    ),
    send("close-shift", { countedCashFen: 10_000 }),
    send("close-shift", { countedCashFen: 9_000, isFinal: true, reason: "x", approvalPin: manager.pin }),
    send("shift-desk", {}),
    send("x-report", { print: true, approvalPin: manager.pin }),
    send("shifts", { limit: 10, before: null }),
    named("explain", (bench) => bench.send("explain-shift", { shiftId: bench.shown.shift?.shiftId ?? "none" })),
    named("shift page", (bench) => bench.send("shift-detail", { shiftId: bench.shown.shift?.shiftId ?? "none" })),
    named("reprint Z", (bench) => bench.send("reprint-z", { shiftId: bench.shown.shift?.shiftId ?? "none" })),
    named("correct", (bench) =>
      bench.send("correct-shift", {
        ...{ correctionId: "k", shiftId: bench.shown.shift?.shiftId ?? "none", amountFen: 100, reason: "x" },
      }),
    ),
    send("open-shift", { floatFen: 10_000 }),
    named("remove cash", (bench) =>
      bench.send("remove-tender", { tenderId: bench.shown.payment?.tenders[0]?.tenderId ?? "none" }),
    ),
    named("cancel", (bench) =>
      bench.send("cancel-attempt", { outTradeNo: bench.shown.openAttempts[0]?.outTradeNo ?? "none" }),
    ),
  ),
  {
    weight: 8,
    arbitrary: fc
      .constantFrom(cashier, second, manager)
      .map((person) => named(`${person.id} comes to work`, (bench) => comeToWork(bench, person))),
  },
  {
    weight: 8,
    arbitrary: fc
      .constantFrom(null, paymentCode, "109876543210987654")
      .map((text) => named(`ring up and pay by ${text ?? "cash"}`, (bench) => ringUp(bench, text))),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("paid", "password", "code-expired", "no-answer", "paid-unheard").map((plan) =>
      named(`customer ${plan}`, async (bench) => {
        bench.gateway.plan = plan;
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(1_000, 5_000, 60_000)
      .map((ms) => named(`wait ${ms}`, (bench) => bench.clock.advance(ms))),
  },
  { weight: 2, arbitrary: fc.constant(named("customer pays", async (bench) => bench.gateway.customerPays())) },
  {
    weight: 2,
    arbitrary: fc.boolean().map((isDown) =>
      named(`gateway down ${isDown}`, async (bench) => {
        bench.gateway.isDown = isDown;
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        ...(["commitSale", "saveDraft", "settleAttempt", "saveAttempt", "createAttempt", "appendJournal"] as const),
        "bookReceipt",
      )
      .map((method) =>
        named(`disk refuses ${method}`, async (bench) => {
          Object.assign(bench.refuse, { method, times: 1 });
        }),
      ),
  },
  { weight: 1, arbitrary: fc.constant(named("crash", (bench) => bench.crash())) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom("give-return", "begin-exchange"), fc.nat(3), pin)
      .map(([intent, index, approvalPin]) =>
        named(`${intent} ${index} ${approvalPin}`, (bench) => bringBack(bench, intent, index, approvalPin)),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      send("begin-receipt", { receiptId: "any" }),
      send("add-to-receipt", { receiptId: "any", sku: "cola", quantityMilli: 3_000 }),
      send("book-receipt", { receiptId: "any", approvalPin: manager.pin }),
      send("reverse-receipt", { receiptId: "any", reversalId: "any", reason: "x", approvalPin: manager.pin }),
      send("begin-take", { takeId: "any", categoryId: null }),
      send("count-item", { takeId: "any", sku: "chips", countedMilli: 4_000 }),
      send("book-take", { takeId: "any", approvalPin: manager.pin }),
      send("correct-stock", {
        ...{ correctionId: "any", sku: "chips", levelMilli: 1_000, reason: "x", approvalPin: manager.pin },
      }),
      send("set-stock-item", { sku: "chips", isStocked: true, reorderMilli: 2_000 }),
      send("stock-page", { show: "low", text: "", categoryId: null, afterSku: null, limit: 9 }),
      ...(["allow", "warn", "refuse"] as const).map((policy) =>
        send("save-stock-policy", { policy, approvalPin: manager.pin }),
      ),
      named("sell short", (bench) => {
        const notice = bench.shown.notices.find(({ kind }) => kind === "stock-short");
        const stopId = notice?.kind === "stock-short" ? (notice.stopId ?? "none") : "none";
        return bench.send("sell-short-stock", { stopId, approvalPin: manager.pin });
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      send("loose-return-listen", {}),
      send("leave-price", {}),
      ...[0, 350].map((priceFen) => send("type-price", { priceFen })),
      ...(["give-loose-return", "begin-loose-exchange"] as const).flatMap((intent) =>
        [undefined, manager.pin].map((approvalPin) =>
          named(`${intent} ${approvalPin}`, (bench) => takeBackLoosely(bench, intent, approvalPin)),
        ),
      ),
      send("finish-exchange", {}),
      send("drop-exchange", {}),
      send("search-sales", { day: businessDay, totalFen: 1000, item: "", lastFour: "" }),
    ),
  },
);

/** Someone is at the till whenever nobody was: a day of refusals would show nothing. */
async function comeToWork(bench: TillBench, { id, pin }: { readonly id: string; readonly pin: string }): Promise<void> {
  await bench.send("sign-in", { cashierId: id, pin });
  await bench.send("open-shift", { floatFen: 10_000 });
}

async function ringUp(bench: TillBench, paymentText: string | null): Promise<void> {
  await bench.scan(chips);
  await bench.send("take-payment", {});
  await (paymentText === null ? bench.send("pay-cash", { receivedFen: 60_000 }) : bench.scan(paymentText));
}

/** One piece of the first line of some sale of the day, as planned. */
async function bringBack(
  bench: TillBench,
  intent: "give-return" | "begin-exchange",
  index: number,
  approvalPin: string | undefined,
): Promise<void> {
  const saleId = bench.sales()[index]?.saleId ?? "none";
  const line = { lineNumber: 1, quantity: 1_000 };
  await bench.send("return-outlook", { saleId });
  const plan = await bench.send("plan-return", { saleId, lines: [line] });
  await bench.send(intent, {
    ...{ requestId: `back-${bench.clock.now()}-${index}`, saleId, reason: "退货" },
    ...{ amountFen: plan.ok ? plan.value.amountFen : 1, lines: [{ ...line, condition: "damaged" }] },
    ...(approvalPin === undefined ? {} : { approvalPin }),
  });
}

/** Two colas of nobody knows which sale, by the member who may be there. */
async function takeBackLoosely(
  bench: TillBench,
  intent: "give-loose-return" | "begin-loose-exchange",
  approvalPin: string | undefined,
): Promise<void> {
  const isKnown = bench.store.memberByPhone("13812341234") !== null;
  await bench.send(intent, {
    ...{ requestId: `loose-${bench.clock.now()}`, amountFen: 600, reason: "顾客退货" },
    lines: [{ sku: "cola", quantity: 2_000, unitPriceFen: 300, condition: "back-to-stock" }],
    member: isKnown ? "13812341234" : "",
    ...(approvalPin === undefined ? {} : { approvalPin }),
  });
}

/** Faults of the disk are logged; anything else that was logged is a mistake of ours. */
const mistakes = (bench: TillBench): readonly string[] =>
  bench.faults.filter((fault) => !fault.includes("StoreBroken"));

/** The sums of every shift, kept commit by commit, are what its journal adds up to, and its Z says the same for ever. */
function expectRecounted({ store }: TillBench): void {
  for (const { shift, z } of store.shifts(100, null)) {
    const recounted = recountShift(shift.floatFen, store.shiftEvents(shift.shiftId).events);
    expect(recounted).toEqual(store.shiftTotals(shift.shiftId));
    if (z !== null) expect(z.close.totals).toEqual(recounted);
  }
}

/** Money the customers' phones have paid that neither a sale nor a draft carries. */
function unbookedFen(bench: TillBench): number {
  const drafts = [bench.store.openDraft(), ...bench.store.heldDrafts()].flatMap((draft) => draft?.tenders ?? []);
  const inDrafts = drafts.reduce((sum, tender) => sum + (tender.kind === "wechat" ? tender.amountFen : 0), 0);
  return bench.gateway.takenFen() - inDrafts - bench.recount().wechatFen;
}

it("any day at the till adds up: no step throws, no sale is lost, doubled or out of balance, and the screens tell the truth", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 80, size: "max" }), async (steps) => {
      const bench = await openTillBench().atWork();
      try {
        for (const run of steps) {
          await run(bench);
          expect(mistakes(bench)).toEqual([]);
          expect(bench.shown).toEqual(bench.till.view());
          expect(bench.store.dayTotals(businessDay)).toMatchObject(bench.recount());
        }
        // The day ends with a gateway that can be reached and a disk that takes everything: nothing stays in doubt.
        bench.gateway.isDown = false;
        bench.refuse.times = 0;
        await bench.clock.advance(30 * 60_000);
        expect(bench.shown.openAttempts).toEqual([]);
        expect(unbookedFen(bench)).toBe(0);
        expectRecounted(bench);
        for (const { kept, counted } of Object.values(levelsInFile(bench))) expect(kept).toBe(counted);
        expect(bench.store.verifyWholeChain().ok).toBe(true);
      } finally {
        bench.close();
      }
    }),
    { numRuns: 60, endOnFailure: false },
  );
}, 120_000);
