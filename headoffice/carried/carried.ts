import type { RefundAnswer } from "#core/refund/refund-answer.ts";
import type { Result } from "#core/result.ts";
import type { CloseAnswer, QueryAnswer } from "#core/tender/gateway-answer.ts";
import type { BridgeParameters, JsapiAnswer } from "#wechatpay/jsapi.ts";
import type { Notice } from "#wechatpay/notice.ts";

/** What a head office with a merchant has in addition. */
export interface Carried {
  readonly gateway: CarriedGateway;
  readonly keeper: Keeper;
}

/** What head office asks WeChat Pay for, in the merchant's name. None of it rejects. */
export interface CarriedGateway {
  readonly payUrl: string;
  /** Where WeChat's browser is sent to learn who pays; it comes back to `backTo` with a code and this state. */
  authorizeUrl(backTo: string, state: string): string;
  /** The customer behind a code, which is good once. */
  openidOf(code: string): Promise<Result<string, "used-code" | "no-answer">>;
  open(order: OrderToOpen, openid: string): Promise<JsapiAnswer>;
  bridge(prepayId: string): BridgeParameters;
  query(order: OrderAsked): Promise<QueryAnswer>;
  close(outTradeNo: string): Promise<CloseAnswer>;
  /** All of a payment, under the one number there is for it. */
  refund(order: OrderAsked): Promise<RefundAnswer>;
  queryRefund(order: OrderAsked): Promise<RefundAnswer>;
  /** A notification, where the gateway really sent it; the reason it is not believed else. */
  readNotice(headers: Readonly<Record<string, string | undefined>>, body: Buffer): Result<Notice, string>;
  /** What a notification of a payment says of this order; null where it is of another one, another amount or merchant. */
  paymentIn(told: unknown, order: OrderAsked): { readonly transactionId: string } | null;
}

export interface OrderAsked {
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly transactionId: string | null;
}

export interface OrderToOpen {
  readonly outTradeNo: string;
  readonly amountFen: number;
  readonly expiresMs: number;
  /** The shop's name, as the customer's bill has it. */
  readonly description: string;
}

/** Sees every carried order to its end at the gateway, from the rows alone: whatever died, the next one goes on. */
export interface Keeper {
  start(): void;
  /** One look, and all that is due; waits until it is done. */
  look(): Promise<void>;
  /** A person waits for this order: it is asked about soon. */
  hasten(storeCode: string, outTradeNo: string): Promise<void>;
  /** Ends what is planned and waits for what is under way. */
  stop(): Promise<void>;
}
