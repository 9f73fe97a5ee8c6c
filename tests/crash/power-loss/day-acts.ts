import type { IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import { chips, cola, people } from "#tests/support/bench-shop.ts";
import type { TillBench } from "#tests/support/till-bench.ts";

/** Presses a key of the till. While the day is recorded a refusal ends it; done again after a power cut it is an answer. */
export type Press = <N extends IntentName>(intent: N, args: IntentArgs<N>) => Promise<unknown>;

export interface Counter {
  readonly bench: TillBench;
  readonly press: Press;
  /** 1, 2, 3 …: the acts of a day are done several times, and what is named by hand is named anew each time. */
  readonly round: number;
}

/** One thing that is done at a till, and must be in the books whole or not at all. */
export interface Act {
  readonly name: string;
  readonly by: keyof typeof people;
  /** Whatever has to be there first; of another act, whose name says so. */
  readonly before?: (counter: Counter) => Promise<void>;
  /** What is pressed; the same again, by somebody who cannot know whether it was done, does nothing twice. */
  readonly run: (counter: Counter) => Promise<void>;
  /**
   * How many commits put something into the books or the journal: one for the act, and one each for the drawer and the paper
   * where they are noted. A commit that is cut in two has more.
   */
  readonly commits: number;
}

/** As long as a payment or refund takes to its end. */
export const wholePaymentMs = 200_000;

const approvalPin = people.manager.pin;
const phone = (round: number): string => `1381234${String(round).padStart(4, "0")}`;
/** Who they are; must be nowhere once they are deleted. */
export const memberName = (round: number): string => `消失的顾客${round}号`;
export const memberTraces = (round: number): readonly string[] => [phone(round), memberName(round)];

async function ringUp({ bench }: Counter, ...codes: readonly string[]): Promise<void> {
  for (const code of codes) await bench.scan(code);
}

async function emptyCart({ bench, press }: Counter): Promise<void> {
  if (bench.shown.payment?.done) await press("next-sale", {});
  if (bench.shown.sale.lines.length > 0) await press("void-sale", { approvalPin });
}

/** The last sale that was paid this way. */
function lastPaid({ bench }: Counter, kind: "cash" | "wechat") {
  const found = bench
    .sales()
    .findLast(({ tenders, lines }) => lines.length > 1 && tenders.every((tender) => tender.kind === kind));
  const tender = found?.tenders[0];
  return { saleId: found?.saleId ?? "none", tenderId: tender?.tenderId ?? "none" };
}

async function payWith({ bench, press }: Counter, receivedFen: number): Promise<void> {
  // Whoever comes back after a power cut looks first: nothing on the screen, nothing to pay.
  if (bench.shown.sale.lines.length === 0) return;
  await press("take-payment", {});
  await press("pay-cash", { receivedFen });
}

const selling: readonly Act[] = [
  {
    ...{ name: "a sale for cash", by: "cashier", commits: 3 },
    before: (counter) => ringUp(counter, cola, cola, chips),
    run: (counter) => payWith(counter, 5_000),
  },
  {
    ...{ name: "a sale by WeChat", by: "cashier", commits: 2 },
    async before(counter) {
      await emptyCart(counter);
      await ringUp(counter, chips, cola);
      await counter.press("take-payment", {});
    },
    async run({ bench, press, round }) {
      if (bench.shown.sale.lines.length === 0) return;
      await press("take-payment", {});
      await bench.scan(`1345678901234567${String(round).padStart(2, "0")}`);
      await bench.clock.advance(wholePaymentMs);
    },
  },
  {
    ...{ name: "a line voided", by: "cashier", commits: 1 },
    async before(counter) {
      await emptyCart(counter);
      await ringUp(counter, cola, chips);
    },
    async run({ bench, press }) {
      const [, second] = bench.shown.sale.lines;
      if (second !== undefined) await press("void-line", { lineId: second.lineId });
    },
  },
  {
    ...{ name: "a sale voided", by: "cashier", commits: 1 },
    run: async ({ bench, press }) => {
      if (bench.shown.sale.lines.length > 0) await press("void-sale", { approvalPin });
    },
  },
  {
    ...{ name: "a sale held", by: "cashier", commits: 1 },
    before: (counter) => ringUp(counter, cola, chips),
    run: async ({ bench, press, round }) => {
      if (bench.shown.sale.lines.length > 0) await press("hold-sale", { label: `held ${round}` });
    },
  },
  {
    ...{ name: "a held sale taken back", by: "cashier", commits: 1 },
    async run({ bench, press }) {
      const [held] = bench.shown.held;
      if (held !== undefined) await press("recall-sale", { saleId: held.saleId });
    },
  },
];

const givingBack: readonly Act[] = [
  {
    ...{ name: "a refund in cash", by: "cashier", commits: 3 },
    before: emptyCart,
    run: async (counter) => {
      const money = { requestId: `cash-${counter.round}`, amountFen: 300, reason: "价格有误", approvalPin };
      await counter.press("refund-sale", { ...lastPaid(counter, "cash"), ...money });
    },
  },
  {
    ...{ name: "a refund to WeChat, both commits", by: "cashier", commits: 2 },
    run: async (counter) => {
      const money = { requestId: `wechat-${counter.round}`, amountFen: 200, reason: "", approvalPin };
      await counter.press("refund-sale", { ...lastPaid(counter, "wechat"), ...money });
      await counter.bench.clock.advance(wholePaymentMs);
    },
  },
  {
    ...{ name: "goods returned", by: "cashier", commits: 3 },
    before: async (counter) => {
      await ringUp(counter, cola, cola, cola, chips);
      await payWith(counter, 5_000);
    },
    async run(counter) {
      const { saleId } = lastPaid(counter, "cash");
      const chosen = { requestId: `goods-${counter.round}`, saleId, reason: "退货", approvalPin, amountFen: 350 };
      const lines = [{ lineNumber: 1, quantity: 1_000, condition: "back-to-stock" as const }];
      await counter.press("give-return", { ...chosen, lines });
    },
  },
  {
    ...{ name: "goods exchanged", by: "cashier", commits: 1 },
    before: async (counter) => {
      await emptyCart(counter);
      await ringUp(counter, cola);
      const { saleId } = lastPaid(counter, "cash");
      const chosen = { requestId: `exchange-${counter.round}`, saleId, reason: "换货", approvalPin, amountFen: 350 };
      const lines = [{ lineNumber: 1, quantity: 1_000, condition: "damaged" as const }];
      await counter.press("begin-exchange", { ...chosen, lines });
    },
    run: async ({ bench, press }) => {
      if (bench.shown.sale.lines.length > 0) await press("finish-exchange", {});
    },
  },
  {
    ...{ name: "goods returned without a receipt", by: "cashier", commits: 3 },
    before: emptyCart,
    run: async ({ press, round }) => {
      const line = { sku: "cola", quantity: 1_000, unitPriceFen: 350, condition: "back-to-stock" as const };
      const asked = { requestId: `loose-${round}`, amountFen: 350, reason: "无小票", member: "", approvalPin };
      await press("give-loose-return", { ...asked, lines: [line] });
    },
  },
  {
    ...{ name: "goods exchanged without a receipt", by: "cashier", commits: 3 },
    before: async (counter) => {
      await emptyCart(counter);
      await ringUp(counter, chips);
      const line = { sku: "cola", quantity: 2_000, unitPriceFen: 350, condition: "damaged" as const };
      const asked = { requestId: `swap-${counter.round}`, amountFen: 700, reason: "无小票", member: "", approvalPin };
      await counter.press("begin-loose-exchange", { ...asked, lines: [line] });
    },
    run: (counter) => payWith(counter, 1_000),
  },
];

const lookingAfter: readonly Act[] = [
  {
    ...{ name: "cash taken out", by: "cashier", commits: 3 },
    run: async ({ press, round }) => {
      const move = { moveId: `move-${round}`, kind: "pay-out" as const, amountFen: 500, reason: "水费", approvalPin };
      await press("move-cash", move);
    },
  },
  {
    ...{ name: "a delivery booked", by: "manager", commits: 1 },
    before: async ({ press, round }) => {
      const receiptId = `receipt-${round}`;
      await press("begin-receipt", { receiptId });
      await press("add-to-receipt", { receiptId, sku: "cola", quantityMilli: 24_000 });
      await press("add-to-receipt", { receiptId, sku: "chips", quantityMilli: 12_000 });
    },
    run: async ({ press, round }) => void (await press("book-receipt", { receiptId: `receipt-${round}`, approvalPin })),
  },
  {
    ...{ name: "a stock take booked", by: "manager", commits: 1 },
    before: async ({ press, round }) => {
      const takeId = `take-${round}`;
      await press("begin-take", { takeId, categoryId: null });
      await press("count-item", { takeId, sku: "cola", countedMilli: 20_000 });
      await press("count-item", { takeId, sku: "chips", countedMilli: 11_000 });
    },
    run: async ({ press, round }) => void (await press("book-take", { takeId: `take-${round}`, approvalPin })),
  },
  {
    ...{ name: "a member enrolled", by: "manager", commits: 1 },
    run: async ({ press, round }) =>
      void (await press("enrol-member", { name: memberName(round), phone: phone(round) })),
  },
  {
    ...{ name: "a member deleted", by: "manager", commits: 1 },
    before: emptyCart,
    async run({ bench, press, round }) {
      const member = bench.store.memberByPhone(phone(round));
      if (member !== null) await press("delete-member", { memberId: member.memberId });
    },
  },
  {
    ...{ name: "the shift closed, its Z", by: "manager", commits: 2 },
    run: async ({ bench, press }) => {
      if (bench.store.currentShift() === null) return;
      const counted = { countedCashFen: 10_000, isFinal: true, reason: "练习", approvalPin };
      await press("close-shift", counted);
    },
  },
  {
    ...{ name: "a shift opened", by: "manager", commits: 1 },
    run: async ({ bench, press }) => {
      if (bench.store.currentShift() === null) await press("open-shift", { floatFen: 10_000 });
    },
  },
];

/** A day at the till, in its order. */
export const dayActs: readonly Act[] = [...selling, ...givingBack, ...lookingAfter];
