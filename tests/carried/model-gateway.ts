import type { CarriedGateway, OrderAsked, OrderToOpen } from "#headoffice/carried/carried.ts";
import { fen } from "#core/money/fen.ts";
import { fail, ok } from "#core/result.ts";
import type { UnknownAnswer } from "#wechatpay/classify.ts";

/** One order in the gateway's own book, which alone knows whose the money is. */
export interface BookedOrder {
  readonly amountFen: number;
  readonly openid: string;
  readonly expiresMs: number;
  state: "NOTPAY" | "SUCCESS" | "CLOSED";
  chargedFen: number;
  refundedFen: number;
}

/**
 * What becomes of head office's next question: `lost` on the way there, `unheard` on the way back, `late` there after head
 * office has given it up, or head office `dies` when it was carried out.
 */
export const troubles = ["lost", "unheard", "late", "dies"] as const;
export type Trouble = (typeof troubles)[number];

/** Head office's process is gone; whoever waits for it hears no more. */
export class Died extends Error {
  override readonly name = "Died";
}

const unknown = { kind: "unknown", cause: "timeout", code: null } as const satisfies UnknownAnswer;
const refundFacts = { refundId: "50", payerRefundFen: null, createTime: null, successTime: null } as const;
/** Longer than head office waits, shorter than anybody's network keeps a request. */
const lateMs = 45_000;

/**
 * WeChat Pay as head office asks for it, in memory: one order a number, paid by the customer who opened it, before its time
 * is over, once. Its words are believed, so its notices carry the book's own facts; a forged one says so.
 */
export class ModelGateway implements CarriedGateway {
  readonly payUrl = "https://pay.example";
  readonly book = new Map<string, BookedOrder>();
  troubles: Trouble[] = [];
  /** Head office has died over a question since this was last looked at. */
  hasKilled = false;
  readonly #now: () => number;
  readonly #usedCodes = new Set<string>();
  #late: { readonly atMs: number; readonly act: () => unknown }[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  authorizeUrl(backTo: string): string {
    return backTo;
  }

  async openidOf(code: string) {
    if (this.#usedCodes.has(code)) return fail("used-code" as const);
    this.#usedCodes.add(code);
    return ok(code.split("-")[0] ?? "");
  }

  open(order: OrderToOpen, openid: string) {
    return this.#carryOut(() => {
      const known = this.book.get(order.outTradeNo);
      if (known === undefined) return this.#book(order, openid);
      if (known.state === "SUCCESS") return { kind: "already-paid" } as const;
      const isSame =
        known.openid === openid &&
        known.amountFen === order.amountFen &&
        known.expiresMs === this.#expiryOf(order, true);
      if (known.state === "CLOSED") return { kind: "refused", reason: "order-closed", code: "ORDER_CLOSED" } as const;
      return isSame ? opened(order.outTradeNo) : ({ kind: "other-parameters" } as const);
    });
  }

  bridge(prepayId: string) {
    const said = { appId: "wx", timeStamp: "1", nonceStr: "n", signType: "RSA", paySign: "" } as const;
    return { ...said, package: `prepay_id=${prepayId}` };
  }

  query({ outTradeNo }: OrderAsked) {
    return this.#carryOut(() => {
      const order = this.book.get(outTradeNo);
      if (order === undefined) return { kind: "not-found" } as const;
      if (order.refundedFen > 0) return { kind: "refunded" } as const;
      if (order.state === "CLOSED") return { kind: "closed" } as const;
      if (order.state === "NOTPAY") return { kind: "not-paid" } as const;
      const facts = { transactionId: outTradeNo, payerTotalFen: fen(order.amountFen), successTime: "" };
      return { kind: "paid", facts } as const;
    });
  }

  close(outTradeNo: string) {
    return this.#carryOut(() => {
      const order = this.book.get(outTradeNo);
      // The real one does not know it either, and then nothing is closed.
      if (order === undefined) return { ...unknown, code: "ORDER_NOT_EXIST" };
      if (order.state === "SUCCESS") return { kind: "already-paid" } as const;
      order.state = "CLOSED";
      return { kind: "closed" } as const;
    });
  }

  refund({ outTradeNo, amountFen }: OrderAsked) {
    return this.#carryOut(() => {
      const order = this.book.get(outTradeNo);
      if (order === undefined || order.chargedFen === 0) return { kind: "not-found" } as const;
      // One number for it: asked for again, it is the same refund.
      if (order.refundedFen === 0) order.refundedFen = amountFen;
      return { kind: "success", facts: refundFacts } as const;
    });
  }

  queryRefund({ outTradeNo }: OrderAsked) {
    return this.#carryOut(() => {
      const refundedFen = this.book.get(outTradeNo)?.refundedFen ?? 0;
      return refundedFen === 0 ? ({ kind: "not-found" } as const) : ({ kind: "success", facts: refundFacts } as const);
    });
  }

  readNotice(headers: Readonly<Record<string, string | undefined>>, body: Buffer) {
    if (headers["signed"] !== "by-the-gateway") return fail("forged");
    const told: unknown = JSON.parse(body.toString());
    return ok({ event: "TRANSACTION.SUCCESS", told });
  }

  paymentIn(told: unknown, { outTradeNo, amountFen }: OrderAsked) {
    // What `notice` below wrote.
    const { out_trade_no: number, total } = told as { readonly out_trade_no: string; readonly total: number };
    return number === outTradeNo && total === amountFen ? { transactionId: number } : null;
  }

  /** The notification of what stands in the book; null where nothing was paid. */
  notice(outTradeNo: string): Buffer | null {
    const order = this.book.get(outTradeNo);
    if (order === undefined || order.chargedFen === 0) return null;
    return Buffer.from(JSON.stringify({ out_trade_no: outTradeNo, total: order.amountFen }));
  }

  /** The customer's yes on the phone that has the order's page; false where it is too late or another's. */
  pay(outTradeNo: string, openid: string): boolean {
    this.arrive();
    const order = this.book.get(outTradeNo);
    if (order === undefined || order.state !== "NOTPAY" || order.openid !== openid) return false;
    if (this.#now() >= order.expiresMs) return false;
    order.state = "SUCCESS";
    order.chargedFen += order.amountFen;
    return true;
  }

  /** What was late arrives. */
  arrive(): void {
    const due = this.#late.filter(({ atMs }) => atMs <= this.#now());
    this.#late = this.#late.filter(({ atMs }) => atMs > this.#now());
    for (const { act } of due) act();
  }

  #book(order: OrderToOpen, openid: string) {
    const { amountFen } = order;
    const fresh = { state: "NOTPAY", chargedFen: 0, refundedFen: 0 } as const;
    this.book.set(order.outTradeNo, { ...fresh, amountFen, openid, expiresMs: this.#expiryOf(order, false) });
    return opened(order.outTradeNo);
  }

  /** A time limit in the past or near is raised to a minute, silently, when the order is opened and not when it is repeated. */
  #expiryOf({ expiresMs, outTradeNo }: OrderToOpen, isRepeat: boolean): number {
    if (isRepeat) return Math.max(expiresMs, this.book.get(outTradeNo)?.expiresMs ?? 0);
    return Math.max(expiresMs, this.#now() + 60_000);
  }

  async #carryOut<Answer>(act: () => Answer): Promise<Answer | typeof unknown> {
    this.arrive();
    const trouble = this.troubles.shift();
    if (trouble === "lost") return unknown;
    if (trouble === "late") {
      this.#late.push({ atMs: this.#now() + lateMs, act });
      return unknown;
    }
    const answer = act();
    if (trouble === "dies") {
      this.hasKilled = true;
      throw new Died();
    }
    return trouble === "unheard" ? unknown : answer;
  }
}

function opened(outTradeNo: string) {
  return { kind: "opened", prepayId: outTradeNo } as const;
}
