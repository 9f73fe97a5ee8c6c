import type { FieldProblem, MerchantFields, TypedField } from "#core/merchant/merchant-fields.ts";
import type { Fen } from "#core/money/fen.ts";

/** The set-up page's view of WeChat Pay. Whatever is secret stays in main: of a key the page knows a verdict. */
export interface SetupView {
  readonly now: MerchantNow | null;
  /** Why payments are off although a merchant is set up; null when they are on, or when there is none. */
  readonly off: MerchantOff | null;
  /** `demo`: nothing can be saved, because there is no shop yet. */
  readonly shop: "real" | "demo";
  /** What guards keys that the till keeps: the operating system's key store, or this user account alone. */
  readonly guard: KeyGuard;
  readonly draft: DraftView | null;
}

export type KeyGuard = "key-store" | "account";

/** What the till is set up with. */
export interface MerchantNow {
  readonly mchid: string;
  readonly appid: string;
  readonly subMchid: string | null;
  readonly certSerial: string;
  /** When the merchant's certificate ends, milliseconds since the epoch; null where the till has none. */
  readonly certificateEndsAtMs: number | null;
  readonly answersSignedBy: MerchantFields["answersSignedBy"];
  readonly publicKeyId: string;
  readonly codepayProtocol: MerchantFields["codepayProtocol"];
  readonly baseUrl: string;
  /** `files`: named in terminal.json. `kept`: sealed by the till. */
  readonly keys: "files" | "kept";
  /** Of the public half of the merchant's key. */
  readonly fingerprint: string | null;
  /** When the gateway last said something that it signed; null before it has. */
  readonly lastAnswerAtMs: number | null;
}

export type MerchantOff =
  /** terminal.json names kept keys that are not there, cannot be read, or were sealed on another machine or by another user. */
  | { readonly kind: "keys-missing" | "keys-damaged" | "keys-locked" }
  /** A kept key does not fit any more, such as a certificate that has expired. */
  | { readonly kind: "key-wrong"; readonly slot: KeySlot; readonly problem: KeyProblem }
  | { readonly kind: "address-wrong" };

export type KeySlot = "private-key" | "certificate" | "public-key" | "api-v3-key" | "v2-key";
/** The keys that are a text of 32 characters, which may also be pasted or typed. */
export type TextSlot = Extract<KeySlot, "api-v3-key" | "v2-key">;

/** What a chosen file is instead of what it should be, or what is wrong with it. Each has its sentence. */
export type KeyProblem =
  | "missing"
  | "empty"
  | "too-large"
  | "unreadable"
  | "is-a-private-key"
  | "is-a-public-key"
  | "is-a-certificate"
  | "is-a-request"
  | "is-p12"
  | "is-zip"
  | "is-der"
  | "is-a-key-of-another-kind"
  | "no-pem"
  | "has-a-passphrase"
  | "damaged"
  | "not-rsa"
  | "not-2048-bits"
  | "is-the-merchants-own"
  | "another-serial"
  | "another-key"
  | "expired"
  | "not-yet-valid"
  | "not-32-bytes"
  | "not-32-characters"
  | "clipboard-empty";

export interface KeyView {
  readonly slot: KeySlot;
  readonly isNeeded: boolean;
  /** Null while nothing was given. */
  readonly given: { readonly by: "file" | "clipboard" | "typed" | "kept"; readonly name: string } | null;
  readonly problem: KeyProblem | null;
  /** The last eight hex digits of SHA-256 over the public half: a key and its certificate show the same. */
  readonly fingerprint: string | null;
}

export interface DraftView {
  /** The step last looked at, so that a window that is loaded again goes on there. */
  readonly step: SetupStep;
  readonly fields: MerchantFields;
  readonly fieldProblems: { readonly [F in TypedField]?: FieldProblem };
  readonly keys: readonly KeyView[];
  /** What the certificate says; null without a readable one. */
  readonly certificate: { readonly serial: string; readonly endsAtMs: number } | null;
  /** True when it may be tried and saved. */
  readonly isComplete: boolean;
}

export type SetupStep = "merchant" | "merchant-key" | "gateway-key" | "protocol" | "test";

/** Unfinished money that ties the till to its present merchant. */
export interface BoundMoney {
  readonly kind: "payment" | "refund";
  /** out_trade_no or out_refund_no. */
  readonly number: string;
  readonly amountFen: Fen;
}

/** What the connection test found; the first thing that is wrong, in the order a person would mend it. */
export type ConnectionVerdict =
  | { readonly kind: "ok"; readonly offsetMs: number | null }
  | { readonly kind: "network"; readonly detail: string }
  /** The clock is too far off to be believed. Positive: the till's clock runs ahead. */
  | { readonly kind: "clock"; readonly offsetMs: number }
  /** `ours`: the gateway does not accept our key. `gateway`: we cannot check its answers with the keys we have. */
  | { readonly kind: "signature"; readonly whose: "ours" | "gateway" }
  | { readonly kind: "wrong-merchant"; readonly code: string }
  | { readonly kind: "product-not-enabled"; readonly code: string }
  /** The gateway answers and is in trouble itself, or says what no page of its lists: try again later. */
  | { readonly kind: "gateway-trouble"; readonly code: string | null };

/** `now`: what the till works with; `draft`: what is being entered. */
export type TestedSetup = "now" | "draft";

/** Pushed, so that progress shows and a window that is loaded again finds the answer. */
export type ConnectionTestView =
  | { readonly kind: "none" }
  | {
      readonly kind: "running";
      readonly of: TestedSetup;
      readonly stage: ConnectionStage;
      readonly startedAtMs: number;
    }
  | {
      readonly kind: "done";
      readonly of: TestedSetup;
      readonly verdict: ConnectionVerdict;
      readonly endedAtMs: number;
    };

/** Fetching certificates (where they sign), asking for an order that does not exist, offering a code nobody has. */
export type ConnectionStage = "certificates" | "asking" | "probing";
