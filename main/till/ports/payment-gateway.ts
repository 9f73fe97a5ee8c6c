import type { ConnectionStage, ConnectionVerdict } from "#contract/ipc/setup-view.ts";
import type { Fen } from "#core/money/fen.ts";
import type { RefundAnswer } from "#core/refund/refund-answer.ts";
import type { PayProtocol } from "#core/tender/attempt.ts";
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
  /** What a new payment-code attempt is begun with, and stored as its own. */
  readonly codeProtocol: PayProtocol;
  /** Over `codeProtocol`. `authCode` lives in memory only, for this call. */
  pay(order: PaymentOrder, authCode: string): Promise<PayAnswer>;
  openNative(order: PaymentOrder, expiresAtMs: number): Promise<NativeAnswer>;
  /** By the attempt's own number and over its own protocol; `unknown` where the keys for that one are gone. */
  query(outTradeNo: string, amountFen: Fen, protocol: PayProtocol): Promise<QueryAnswer>;
  reverse(outTradeNo: string, protocol: PayProtocol): Promise<ReverseAnswer>;
  close(outTradeNo: string): Promise<CloseAnswer>;
}

/** Looking a payment up without its attempt: from a receipt or a bill. */
export interface PaymentLookup {
  /** By the gateway's own number, which only a payment that succeeded has. */
  queryById(transactionId: string, amountFen: Fen): Promise<QueryAnswer>;
}

/** One refund's facts; the same on every try. */
export interface RefundOrder {
  /** Made and stored before the first request. */
  readonly outRefundNo: string;
  readonly outTradeNo: string;
  readonly transactionId: string | null;
  readonly amountFen: Fen;
  /** What the whole order was. */
  readonly totalFen: Fen;
  /** The customer reads it; empty for none. */
  readonly reason: string;
}

/** Where a stuck refund goes; card number and name are the customer's own, for this one request, and kept nowhere. */
export type OnwardOrder =
  | { readonly to: "shop-account" }
  | {
      readonly to: "customer-card";
      /** The gateway's name of the bank, such as `ICBC_DEBIT`. */
      readonly bankType: string;
      readonly account: string;
      readonly name: string;
    };

/** Giving money back. Never throws and never rejects, like the gateway. */
export interface RefundGateway {
  refund(order: RefundOrder): Promise<RefundAnswer>;
  queryRefund(order: RefundOrder): Promise<RefundAnswer>;
  /** Sends on what is stuck, by the gateway's own refund number; refused for a refund that is not stuck. */
  sendOnward(order: RefundOrder, refundId: string, onward: OnwardOrder): Promise<RefundAnswer>;
}

/** Why there is no bill. */
export type BillFault =
  /** Nothing was paid or refunded that day; right only where the till knows of no success either. */
  | { readonly kind: "no-statement" }
  /** The gateway is still writing it; before 10:00 of the next day it may well be. */
  | { readonly kind: "still-creating" }
  /** The merchant may not fetch bills, or not for this day. */
  | { readonly kind: "refused"; readonly code: string }
  /** Larger than any day of any shop. */
  | { readonly kind: "too-large" }
  | { readonly kind: "unknown"; readonly code: string | null };

/** A bill as it was downloaded, unread: it is worth what its hash says. Holds customers' ids. */
export interface BillFile {
  readonly path: string;
  /** Hex, over the uncompressed bytes, as the gateway signed it: what a person compares with the merchant's own download. */
  readonly sha1: string;
}

export type BillAnswer =
  | { readonly kind: "file"; readonly file: BillFile }
  | { readonly kind: "none"; readonly fault: BillFault };

/** Yesterday's books, each into the file `path`. `day` is YYYY-MM-DD in Beijing. Never throws and never rejects. */
export interface BillGateway {
  fetchTradeBill(day: string, path: string): Promise<BillAnswer>;
  fetchFundFlowBill(day: string, account: "BASIC" | "OPERATION" | "FEES", path: string): Promise<BillAnswer>;
}

export type { ConnectionVerdict } from "#contract/ipc/setup-view.ts";

export interface ConnectionTest {
  /** Sends a query and a payment with a code no wallet ever shows; nobody can be charged by it. `onStage` hears how far it is. */
  testConnection(onStage?: (stage: ConnectionStage) => void): Promise<ConnectionVerdict>;
}
