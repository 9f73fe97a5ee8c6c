import type { Fen } from "#core/money/fen.ts";
import type { CloseAnswer, NativeAnswer, PayAnswer, QueryAnswer, ReverseAnswer } from "#core/tender/gateway-answer.ts";

/** One order's facts; the gateway compares them on a second request with the same number. */
export interface PaymentOrder {
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  /** Shown in the customer's bill; cut to what the wire allows by the adapter. */
  readonly description: string;
}

/** The gateway as the till sees it. Never throws and never rejects: whatever cannot be understood is `unknown`. */
export interface PaymentGateway {
  /** `authCode` lives in memory only, for this call. */
  pay(order: PaymentOrder, authCode: string): Promise<PayAnswer>;
  openNative(order: PaymentOrder, expiresAtMs: number): Promise<NativeAnswer>;
  query(outTradeNo: string, amountFen: Fen): Promise<QueryAnswer>;
  reverse(outTradeNo: string): Promise<ReverseAnswer>;
  close(outTradeNo: string): Promise<CloseAnswer>;
}
