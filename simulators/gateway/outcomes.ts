import { orderNotExist, refusal, type Answer, type JsonObject } from "./answer.ts";
import { userPaying } from "./close.ts";
import type { OperationName, PhoneAnswer } from "./operation.ts";
import type { RefundEnd } from "./refund/refund-record.ts";
import { merchantShortOfMoney, resourceNotExists } from "./refund/refusals.ts";
import { noStatement, statementCreating } from "./bill/refusals.ts";
import { cannotReverseWhilePaying } from "./reverse.ts";

/**
 * How the answer's bytes leave: whole, spoiled, not at all (`hold` keeps the socket open, `reset` kills it).
 * `damaged` changes one byte after the hash was taken.
 */
export type Form = "whole" | "html" | "not-json" | "truncated" | "damaged" | "reset" | "hold";

/** What a scripted outcome does to one request. */
export interface Plan {
  /** False: the request changes nothing, as if it had been lost inside the gateway. */
  readonly performs: boolean;
  /** Codepay only: the customer's side, instead of the wallet twin. `settleAfterMs` is counted from now. */
  readonly phone?: (nowMs: number, settleAfterMs: number | undefined) => PhoneAnswer;
  /** Refunds only. */
  readonly refundEnds?: RefundEnd;
  /** Sent instead of the operation's own answer. */
  readonly says?: () => Answer;
  /** Changes the body of the operation's own answer. */
  readonly alters?: (body: JsonObject) => JsonObject;
  /** The answer is held back; it then says what is true at that moment. */
  readonly isSlow?: boolean;
  readonly form?: Form;
}

/** Outcomes every operation can have. `…-but-done`: the request took effect, and the till is not told. */
const everywhere = {
  normal: { performs: true },
  "system-error": { performs: false, says: systemError },
  "system-error-but-done": { performs: true, says: systemError },
  "rate-limited": { performs: false, says: () => refusal(429, "FREQUENCY_LIMITED", "频率超限，请降低请求频率") },
  "bad-gateway": { performs: false, says: badGateway, form: "html" },
  "bad-gateway-but-done": { performs: true, says: badGateway, form: "html" },
  "service-unavailable": { performs: false, says: serviceUnavailable },
  "service-unavailable-but-done": { performs: true, says: serviceUnavailable },
  reset: { performs: false, form: "reset" },
  "reset-but-done": { performs: true, form: "reset" },
  "never-answered": { performs: false, form: "hold" },
  "never-answered-but-done": { performs: true, form: "hold" },
  slow: { performs: true, isSlow: true },
  "not-json": { performs: true, form: "not-json" },
  truncated: { performs: true, form: "truncated" },
  "foreign-out-trade-no": { performs: true, alters: (body) => ({ ...body, out_trade_no: "SOMEBODY-ELSES-ORDER" }) },
  "foreign-amount": { performs: true, alters: withForeignAmount },
  "foreign-merchant": { performs: true, alters: (body) => ({ ...body, mchid: "1900000000" }) },
  "order-not-exist": { performs: false, says: orderNotExist },
} as const satisfies Readonly<Record<string, Plan>>;

/** A customer who takes this long to type or to think, unless the script says otherwise. */
const usualSettleMs = 5_000;
/** Longer than the till waits for an answer (30 s), shorter than the automatic revoke. */
const usualSlowMs = 35_000;

const ofCodepay = {
  success: { performs: true, phone: () => ({ kind: "pays" }) },
  "userpaying-success": { performs: true, phone: (nowMs, ms = usualSettleMs) => asksThen("paid", nowMs + ms) },
  "userpaying-payerror": { performs: true, phone: (nowMs, ms = usualSettleMs) => asksThen("refused", nowMs + ms) },
  "userpaying-never": { performs: true, phone: () => ({ kind: "asks-password", due: null, promptsPhone: true }) },
  "code-expired": { performs: true, phone: () => ({ kind: "bad-code", fault: "expired" }) },
  "code-used": { performs: true, phone: () => ({ kind: "bad-code", fault: "used" }) },
  "code-unknown": { performs: true, phone: () => ({ kind: "bad-code", fault: "unknown" }) },
  "code-prefix": { performs: true, phone: () => ({ kind: "bad-code", fault: "prefix" }) },
  "not-enough": { performs: true, phone: () => ({ kind: "declines", reason: "not-enough" }) },
  "card-not-supported": { performs: true, phone: () => ({ kind: "declines", reason: "card-not-supported" }) },
  "limit-reached": { performs: true, phone: () => ({ kind: "declines", reason: "limit-reached" }) },
  "order-closed": { performs: true, phone: () => ({ kind: "declines", reason: "order-closed" }) },
  "no-auth": { performs: false, says: noAuth },
  "sign-error": { performs: false, says: signError },
  "trade-error": { performs: true, phone: () => ({ kind: "declines", reason: "trade-error" }) },
  "bank-error": { performs: true, phone: () => ({ kind: "declines", reason: "bank-error" }) },
  "system-error-charged": { performs: true, phone: () => ({ kind: "pays" }), says: systemError },
  "reset-after-charge": { performs: true, phone: () => ({ kind: "pays" }), form: "reset" },
  "never-answered-but-charged": { performs: true, phone: () => ({ kind: "pays" }), form: "hold" },
  "slow-then-charged": {
    performs: true,
    isSlow: true,
    phone: (nowMs, ms = usualSlowMs) => ({
      kind: "asks-password",
      promptsPhone: false,
      due: { atMs: nowMs + ms, outcome: "paid", moving: true },
    }),
  },
} as const satisfies Readonly<Record<string, Plan>>;

const ofReverse = { "user-paying": { performs: false, says: cannotReverseWhilePaying } } as const;
const ofClose = { "user-paying": { performs: false, says: userPaying } } as const;

const ofRefund = {
  "refund-abnormal": { performs: true, refundEnds: "ABNORMAL" },
  "refund-closed": { performs: true, refundEnds: "CLOSED" },
  "not-enough": { performs: false, says: merchantShortOfMoney },
  "user-account-abnormal": { performs: false, says: userAccountAbnormal },
  "resource-not-exists": { performs: false, says: resourceNotExists },
} as const satisfies Readonly<Record<string, Plan>>;

const ofRefundQuery = { "resource-not-exists": { performs: false, says: resourceNotExists } } as const;

const ofBill = {
  "statement-creating": { performs: false, says: statementCreating },
  "no-statement-exist": { performs: false, says: noStatement },
} as const satisfies Readonly<Record<string, Plan>>;

const ofDownload = { damaged: { performs: true, form: "damaged" } } as const satisfies Readonly<Record<string, Plan>>;

type CommonOutcome = keyof typeof everywhere;
type CodepayOutcome = keyof typeof ofCodepay;
type LaterOutcome = keyof typeof ofRefund | keyof typeof ofBill | keyof typeof ofDownload;
export type OutcomeName = CommonOutcome | CodepayOutcome | LaterOutcome | "user-paying";

const plans: Readonly<Record<OperationName, Readonly<Partial<Record<OutcomeName, Plan>>>>> = {
  codepay: { ...everywhere, ...ofCodepay },
  native: everywhere,
  jsapi: everywhere,
  query: everywhere,
  close: { ...everywhere, ...ofClose },
  reverse: { ...everywhere, ...ofReverse },
  refund: { ...everywhere, ...ofRefund },
  "refund-query": { ...everywhere, ...ofRefundQuery },
  tradebill: { ...everywhere, ...ofBill },
  fundflowbill: { ...everywhere, ...ofBill },
  "bill-download": { ...everywhere, ...ofDownload },
  certificates: everywhere,
};

/** Every outcome that any operation can have; `outcomesOf` says which one can have which. */
export const outcomeNames: readonly OutcomeName[] = [
  ...new Set([
    // Object.keys forgets the literal names it was given; these tables hold exactly these.
    ...(Object.keys(everywhere) as CommonOutcome[]),
    ...(Object.keys(ofCodepay) as CodepayOutcome[]),
    // The same.
    ...(Object.keys({ ...ofRefund, ...ofBill, ...ofDownload }) as LaterOutcome[]),
    "user-paying" as const,
  ]),
];

export function outcomesOf(operation: OperationName): readonly OutcomeName[] {
  return outcomeNames.filter((name) => plans[operation][name] !== undefined);
}

export function planOf(operation: OperationName, outcome: OutcomeName): Plan {
  const plan = plans[operation][outcome];
  if (plan === undefined) throw new Error(`${operation} has no outcome ${outcome}`);
  return plan;
}

function asksThen(outcome: "paid" | "refused", atMs: number): PhoneAnswer {
  return { kind: "asks-password", promptsPhone: true, due: { atMs, outcome, moving: false } };
}

function systemError(): Answer {
  return refusal(500, "SYSTEM_ERROR", "系统异常，请用相同参数重新调用");
}

/** The merchant may not take payment codes. */
function noAuth(): Answer {
  return refusal(403, "NO_AUTH", "商户无权限");
}

function signError(): Answer {
  return refusal(401, "SIGN_ERROR", "签名错误，请检查后再试");
}

function userAccountAbnormal(): Answer {
  return refusal(403, "USER_ACCOUNT_ABNORMAL", "用户账户异常，无法退款");
}

function serviceUnavailable(): Answer {
  return refusal(503, "SERVICE_UNAVAILABLE", "服务不可用，过载保护");
}

function badGateway(): Answer {
  return refusal(502, "BAD_GATEWAY", "bad gateway");
}

function withForeignAmount(body: JsonObject): JsonObject {
  const { amount } = body;
  if (typeof amount !== "object" || Array.isArray(amount)) return body;
  // Not an array and not a scalar: what is left of Json is an object.
  const known = amount as JsonObject;
  const total = typeof known["total"] === "number" ? known["total"] + 1 : 1;
  const refund = known["refund"];
  const refunded = typeof refund === "number" ? { refund: refund + 1, payer_refund: refund + 1 } : {};
  return { ...body, amount: { ...known, total, payer_total: total, ...refunded } };
}
