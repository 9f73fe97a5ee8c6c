import type { Answer, Read } from "./answer.ts";
import type { Ledger } from "./ledger.ts";
import type { BillDesk } from "./bill/bill-desk.ts";
import type { Certificates } from "./certificates/certificates.ts";
import type { Funds } from "./funds.ts";
import type { Due, FailureReason } from "./order.ts";
import type { RefundEnd } from "./refund/refund-record.ts";
import type { SignIns } from "./web/sign-ins.ts";

export const operationNames = [
  ...(["codepay", "native", "jsapi", "query", "close", "reverse", "refund", "refund-query"] as const),
  ...(["tradebill", "fundflowbill", "bill-download", "certificates"] as const),
] as const;
export type OperationName = (typeof operationNames)[number];

/** The merchant this gateway serves: one, as in a till's terminal.json. */
export interface Merchant {
  readonly mchid: string;
  readonly appid: string;
  readonly certSerial: string;
  readonly publicKeyPem: string;
  /** 32 bytes; seals notifications and certificates. Without it the gateway sends neither. */
  readonly apiV3Key?: string;
  /** 32 characters; by it the shop's server learns who looks at its page. Without it no code is exchanged. */
  readonly appSecret?: string;
  /** 32 characters; signs protocol V2. Without it every V2 request is refused. */
  readonly apiV2Key?: string;
}

/**
 * What the customer's side says when a payment code is charged.
 * `asks-password`: the trade waits; `due` is what happens by itself, `promptsPhone` whether the wallet twin shows it.
 */
export type PhoneAnswer =
  | { readonly kind: "pays" }
  | { readonly kind: "asks-password"; readonly due: Due | null; readonly promptsPhone: boolean }
  | { readonly kind: "declines"; readonly reason: FailureReason }
  | { readonly kind: "bad-code"; readonly fault: "expired" | "used" | "unknown" | "prefix" };

/** The customer's phone as the gateway needs it. */
export interface Phone {
  /** Uses the code up and says what the customer does about `amountFen`. */
  readonly present: (authCode: string, amountFen: number) => PhoneAnswer;
  /** Uses the code up without asking: the script has the customer's answer. */
  readonly useUp: (authCode: string) => void;
}

/** What every operation works on. */
export interface Desk {
  readonly merchant: Merchant;
  readonly ledger: Ledger;
  readonly phone: Phone;
  readonly now: () => number;
  /** `http://host:port` of this gateway, for urls it hands out. */
  readonly baseUrl: () => string;
  readonly funds: Funds;
  readonly bills: BillDesk;
  readonly certificates: Certificates;
  readonly signIns: SignIns;
}

/** A request whose signature holds. */
export interface GatewayRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
  /** The groups of the operation's path pattern, decoded. */
  readonly pathParts: readonly string[];
}

/** How a script bends the course of a request; empty when the gateway behaves by itself. */
export interface ScriptedCourse {
  /** In place of the customer's phone. */
  readonly phone?: PhoneAnswer;
  /** Codepay: queries do not know the order for this long. */
  readonly queryDelayMs?: number;
  /** Refunds: what they come to, and after how long. */
  readonly refundEnds?: RefundEnd;
  readonly settleAfterMs?: number;
}

/** A request understood: what it is about, and how to carry it out. */
export interface Call {
  /** Null for a request about no single order, or about one the gateway does not know. */
  readonly outTradeNo: string | null;
  /** For matching scripts; that of the order where the request carries none. */
  readonly amountFen: number;
  readonly authCode?: string;
  /** The number of the refund, where there is one; scripts may name it. */
  readonly outRefundNo?: string;
  readonly perform: (script: ScriptedCourse) => Answer;
  /** The answer as the order stands now, for an answer that was held back. */
  readonly restate?: () => Answer;
}

/** One endpoint. A new one is a new file and a line in the table of `operations.ts`. */
export interface Operation {
  readonly name: OperationName;
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  /** Checks path, query and body; changes nothing. */
  readonly read: (desk: Desk, request: GatewayRequest) => Read<Call>;
}
