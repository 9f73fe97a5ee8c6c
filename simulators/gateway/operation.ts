import type { Answer, Read } from "./answer.ts";
import type { Ledger } from "./ledger.ts";
import type { Due, FailureReason } from "./order.ts";

export const operationNames = ["codepay", "native", "query", "close", "reverse"] as const;
export type OperationName = (typeof operationNames)[number];

/** The merchant this gateway serves: one, as in a till's terminal.json. */
export interface Merchant {
  readonly mchid: string;
  readonly appid: string;
  readonly certSerial: string;
  readonly publicKeyPem: string;
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
}

/** A request whose signature holds. */
export interface GatewayRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
  /** The groups of the operation's path pattern, decoded. */
  readonly pathParts: readonly string[];
}

/** A request understood: what it is about, and how to carry it out. */
export interface Call {
  readonly outTradeNo: string;
  /** For matching scripts; that of the order where the request carries none. */
  readonly amountFen: number;
  readonly authCode?: string;
  /** Carries the request out. `script` replaces the customer's phone and, for codepay, delays what queries see. */
  readonly perform: (script: { readonly phone?: PhoneAnswer; readonly queryDelayMs?: number }) => Answer;
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
