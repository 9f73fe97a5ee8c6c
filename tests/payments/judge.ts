import type { RefusedRequest } from "#simulators/gateway/ledger-view.ts";
import type { Course, Way } from "./course.ts";

/** By when there has to be a word, and whose limits hold for the queue. */
export type Limits = Pick<Course, "way" | "limitMs">;

/** What both sides say of one sale, when nothing moves any more. */
export interface PaymentFacts {
  readonly priceFen: number;
  /** Complete: the till has committed the sale with this payment. Open: its cart is there to be paid another way. */
  readonly sale: "complete" | "open";
  /** WeChat Pay money in the tenders of the sale, or of its cart. */
  readonly bookedFen: number;
  readonly unfinished: number;
  /** Every order the gateway knows for this sale. */
  readonly orders: readonly {
    readonly outTradeNo: string;
    readonly chargedFen: number;
    readonly refundedFen: number;
    readonly violations: readonly string[];
  }[];
  readonly waits: Waits;
}

/** Milliseconds on the virtual clock; null: never. */
export interface Waits {
  /** From the request, or from the healing of a fault that lasts, to a final word. */
  readonly knownMs: number | null;
  /** From the request until the word was known or the sale could be put aside. */
  readonly goesOnMs: number | null;
}

/**
 * The queue never stands longer: a request is given up after 30 s, a password is waited for 45 s, a QR is shown for 150 s
 * (and the cashier may cancel it at any time). A refund goes by itself from the start.
 */
export const goesOnLimitsMs: Readonly<Record<Way, number>> = { v3: 50_000, v2: 50_000, native: 155_000, refund: 0 };

/** What is wrong with the end of a payment; nothing when gateway and till agree. */
export function judgePayment(facts: PaymentFacts, limits: Limits): readonly string[] {
  const { priceFen, sale, bookedFen, orders, unfinished } = facts;
  const complaints: string[] = [];
  const held = orders.reduce((sum, { chargedFen, refundedFen }) => sum + chargedFen - refundedFen, 0);
  const charged = orders.filter(({ chargedFen, refundedFen }) => chargedFen > refundedFen).length;
  if (unfinished > 0) complaints.push("an attempt never ended");
  if (charged > 1) complaints.push(`${charged} attempts of one sale hold money`);
  if (sale === "complete" && held !== priceFen)
    complaints.push(`the sale is complete and the gateway holds ${held} fen`);
  if (sale === "open" && held !== 0) complaints.push(`the sale is open and the gateway holds ${held} fen`);
  if (bookedFen !== held) complaints.push(`the till has booked ${bookedFen} fen and the gateway holds ${held}`);
  for (const { outTradeNo, chargedFen, refundedFen, violations } of orders) {
    if (chargedFen !== 0 && chargedFen !== priceFen) complaints.push(`${outTradeNo} was charged ${chargedFen} fen`);
    if (refundedFen !== 0 && refundedFen !== chargedFen) complaints.push(`${outTradeNo} gave back ${refundedFen} fen`);
    if (violations.length > 0) complaints.push(`${outTradeNo} broke a rule of the gateway: ${violations.join()}`);
  }
  return [...complaints, ...judgeWaits(facts.waits, limits)];
}

/** The till asks in the form the gateway wants, and keeps the payment code to itself. */
export function judgeManners(
  refused: readonly Omit<RefusedRequest, "at">[],
  logged: readonly string[],
  authCode: string,
): readonly string[] {
  // A request is also turned away while the clocks disagree; that is no fault of its form.
  const illFormed = refused.filter(({ status }) => status !== 401);
  return [
    ...illFormed.map(({ method, path, code, issue }) => `the gateway refused ${method} ${path}: ${code} ${issue}`),
    ...(logged.some((line) => line.includes(authCode)) ? ["the payment code is in the log"] : []),
  ];
}

/** What both sides say of one refund, when nothing moves any more. */
export interface RefundFacts {
  readonly amountFen: number;
  /** As the till's screens say it. */
  readonly word: "given-back" | "not-given-back" | "stuck" | "not-known";
  /** In the totals of the day, over what was there before. */
  readonly bookedFen: number;
  /** Every number the till asked for this refund under, over the wire. */
  readonly numbers: readonly string[];
  readonly refunds: readonly { readonly outRefundNo: string; readonly status: string; readonly amountFen: number }[];
  readonly waits: Waits;
}

export function judgeRefund(facts: RefundFacts, limits: Limits): readonly string[] {
  const { amountFen, word, bookedFen, numbers, refunds } = facts;
  const complaints: string[] = [];
  const sum = (status: string): number =>
    refunds.reduce((fen, refund) => fen + (refund.status === status ? refund.amountFen : 0), 0);
  const given = sum("SUCCESS");
  const onItsWay = sum("PROCESSING") + sum("ABNORMAL");
  if (numbers.length > 1) complaints.push(`one refund was asked for under ${numbers.join()}`);
  if (given > amountFen) complaints.push(`${given} fen were given back instead of ${amountFen}`);
  if (bookedFen !== given) complaints.push(`the till has booked ${bookedFen} fen and the gateway gave ${given}`);
  if (word === "not-known") complaints.push("the refund never ended");
  if (word === "given-back" && given !== amountFen) complaints.push("said given back, and it was not");
  if (word === "not-given-back" && given + onItsWay > 0) complaints.push("said not given back, and it was");
  if (word === "stuck" && sum("ABNORMAL") !== amountFen) complaints.push("said stuck, and it is not");
  return [...complaints, ...judgeWaits(facts.waits, limits)];
}

function judgeWaits({ knownMs, goesOnMs }: Waits, { way, limitMs }: Limits): readonly string[] {
  const complaints: string[] = [];
  const standsMs = goesOnLimitsMs[way];
  if (knownMs === null || knownMs > limitMs) {
    complaints.push(`no word for ${inSeconds(knownMs)}, limit ${inSeconds(limitMs)}`);
  }
  if (goesOnMs === null || goesOnMs > standsMs) {
    complaints.push(`the queue stood for ${inSeconds(goesOnMs)}, limit ${inSeconds(standsMs)}`);
  }
  return complaints;
}

function inSeconds(ms: number | null): string {
  return ms === null ? "ever" : `${ms / 1_000} s`;
}
