import type { CarriedOrderState } from "#contract/wire/carried.ts";

/** What head office knows of the money of one number. `none`: no page was opened, so that the gateway has no order. */
export const moneyStates = ["none", "open", "closing", "closed", "paid", "refunding", "refunded"] as const;
export type MoneyState = (typeof moneyStates)[number];

/** What the till has said of its attempt, by its journal. Its first word stands. */
export const tillWords = ["silent", "sold", "abandoned"] as const;
export type TillWord = (typeof tillWords)[number];

/** An order as docs/CARRIED.md has it: the money's side and the till's, each with an end of its own. */
export interface OrderState {
  readonly money: MoneyState;
  readonly till: TillWord;
}

export const orderEvents = [
  /** A customer is about to pay: the gateway will be asked for an order. */
  "open",
  /** The gateway's signed word that it was paid, of our number and amount. */
  "paid",
  /** The gateway's word that nobody can pay it any more. */
  "closed",
  /** Its time is over and nobody paid. */
  "expired",
  "sold",
  "abandoned",
  /** A manager gives back what a till never spoke of. */
  "refund-asked",
  /** The gateway's word that all of it went back. */
  "refunded",
] as const;
export type OrderEvent = (typeof orderEvents)[number];

type Step = (order: OrderState) => OrderState;
type Cells = Readonly<Record<MoneyState, Partial<Readonly<Record<OrderEvent, Step>>>>>;

const money =
  (to: MoneyState): Step =>
  (order) => ({ ...order, money: to });
/** Money that came is the sale's, or goes back where the till has given the sale up. */
const paid: Step = (order) => ({ ...order, money: order.till === "abandoned" ? "refunding" : "paid" });
const sold: Step = (order) => ({ ...order, till: "sold" });
const abandonedWith =
  (to: MoneyState): Step =>
  () => ({ money: to, till: "abandoned" });

/** Whatever is not here changes nothing: an event that comes twice, late, or that no honest party sends. */
const cells: Cells = {
  none: { open: money("open"), sold, abandoned: abandonedWith("none") },
  open: { paid, closed: money("closed"), expired: money("closing"), sold, abandoned: abandonedWith("closing") },
  closing: { paid, closed: money("closed"), sold, abandoned: abandonedWith("closing") },
  // Paid behind a close that the gateway confirmed: it is the gateway's word on its own books, and it is money.
  closed: { paid, sold, abandoned: abandonedWith("closed") },
  paid: { sold, abandoned: abandonedWith("refunding"), "refund-asked": money("refunding") },
  refunding: { refunded: money("refunded"), sold, abandoned: abandonedWith("refunding") },
  refunded: { sold, abandoned: abandonedWith("refunded") },
};

/** The order after an event; the very same object where it changes nothing. */
export function stepOrder(order: OrderState, event: OrderEvent): OrderState {
  const isTillsWord = event === "sold" || event === "abandoned";
  // The till's first word has set the money on its way, and a second one cannot call it back.
  if (isTillsWord && order.till !== "silent") return order;
  // Refused to every page from the till's word on, and while a sale rests on it.
  if (event === "open" && order.till !== "silent") return order;
  // Nobody's to give back: its till has sold for it.
  if (event === "refund-asked" && order.till !== "silent") return order;
  return cells[order.money][event]?.(order) ?? order;
}

/** True where head office has something to ask the gateway, now or later. */
export function isUnderWay({ money: at }: OrderState): boolean {
  return at === "open" || at === "closing" || at === "refunding";
}

/** True where a sale rests on money that is not there. */
export function isSoldUnpaid({ money: at, till }: OrderState): boolean {
  return till === "sold" && at !== "paid";
}

/** The one word for a till that asks (docs/CARRIED.md); what is not confirmed by the gateway is not told as its end. */
export function toldState({ money: at, till }: OrderState): CarriedOrderState {
  switch (at) {
    case "none":
      return till === "abandoned" ? "abandoned" : "unknown";
    case "open":
    case "closing":
      return "opened";
    case "closed":
      return till === "abandoned" ? "abandoned" : "closed";
    case "paid":
      return till === "sold" ? "sold" : "paid";
    case "refunding":
    case "refunded":
      return at;
  }
}
