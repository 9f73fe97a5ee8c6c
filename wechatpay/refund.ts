import { type Fen, fen, maxFen } from "#core/money/fen.ts";
import type { RefundAnswer, RefundFacts, RefundRefusal } from "#core/refund/refund-answer.ts";
import { z } from "zod";
import { ask, type GatewayLine, type SignedReply } from "./ask.ts";
import { isCode, normaliseCode, unknownOf } from "./classify.ts";
import { billText } from "./text.ts";

/** A refund as its owner has stored it before the first request. */
interface RefundOrder {
  readonly outRefundNo: string;
  readonly outTradeNo: string;
  readonly transactionId: string | null;
  readonly amountFen: Fen;
  /** What the whole order was. */
  readonly totalFen: Fen;
  /** The customer reads it; empty for none. */
  readonly reason: string;
}

/** The refund's own amounts; the gateway adds fields without notice. */
const refundSchema = z.object({
  refund_id: z.string().min(1).max(32),
  out_refund_no: z.string(),
  out_trade_no: z.string(),
  status: z.string().regex(/^[A-Z_]{1,32}$/u),
  create_time: z.string().min(1).max(64).optional(),
  success_time: z.string().min(1).max(64).optional(),
  amount: z.object({
    total: z.int().min(0).max(maxFen),
    refund: z.int().min(0).max(maxFen),
    payer_refund: z.int().min(0).max(maxFen).optional(),
    currency: z.string().optional(),
  }),
});

const states: ReadonlyMap<string, "processing" | "success" | "closed" | "abnormal"> = new Map([
  ["PROCESSING", "processing"],
  ["SUCCESS", "success"],
  ["CLOSED", "closed"],
  ["ABNORMAL", "abnormal"],
]);

/** The codes that say that this request refunded nothing. Whether an earlier one did is for a query to tell. */
const refusals: ReadonlyMap<string, RefundRefusal> = new Map<string, RefundRefusal>([
  ["NOTENOUGH", "merchant-balance"],
  ["USERACCOUNTABNORMAL", "customer-account"],
  ["PARAMERROR", "merchant-configuration"],
  ["NOAUTH", "merchant-configuration"],
  ["MCHNOTEXISTS", "merchant-configuration"],
  ["APPIDMCHIDNOTMATCH", "merchant-configuration"],
  ["SIGNERROR", "signature-rejected"],
  ["INVALIDREQUEST", "against-rules"],
]);

/** The customer does not see a longer one. */
const mostReasonBytes = 80;

/**
 * Asks for a refund. The same number with the same facts is the same refund however often it is asked for; another
 * number is another refund. Accepted is not arrived: `processing` has to be followed by queries.
 */
export async function refund(line: GatewayLine, order: RefundOrder): Promise<RefundAnswer> {
  const reason = billText(order.reason, "", mostReasonBytes);
  const reply = await ask(line, {
    method: "POST",
    target: "/v3/refund/domestic/refunds",
    body: {
      ...(line.partner === null ? {} : { sub_mchid: line.partner.subMchid }),
      // By the gateway's own number where it is known: its order index follows a payment with a delay.
      ...(order.transactionId === null ? { out_trade_no: order.outTradeNo } : { transaction_id: order.transactionId }),
      out_refund_no: order.outRefundNo,
      ...(reason === "" ? {} : { reason }),
      amount: { refund: order.amountFen, total: order.totalFen, currency: "CNY" },
    },
  });
  return reply.kind === "unknown" ? reply : refundAnswer(order, reply);
}

/** What became of a refund. May be asked as often as wanted. */
export async function queryRefund(line: GatewayLine, order: RefundOrder): Promise<RefundAnswer> {
  const ofShop = line.partner === null ? "" : `?sub_mchid=${encodeURIComponent(line.partner.subMchid)}`;
  const target = `/v3/refund/domestic/refunds/${encodeURIComponent(order.outRefundNo)}${ofShop}`;
  const reply = await ask(line, { method: "GET", target });
  return reply.kind === "unknown" ? reply : refundAnswer(order, reply);
}

/** What a signed reply says of this refund and of no other. */
export function refundAnswer(order: RefundOrder, reply: SignedReply): RefundAnswer {
  const { status, code, body } = reply;
  if (status !== 200) {
    if (status === 404 && !isCode(code, "MCH_NOT_EXISTS")) return { kind: "not-found" };
    const isRefusal = status >= 400 && status < 500 && status !== 408 && status !== 429;
    const reason = isRefusal && code !== null ? refusals.get(normaliseCode(code)) : undefined;
    return reason === undefined || code === null ? unknownOf(status, code) : { kind: "refused", reason, code };
  }
  const parsed = refundSchema.safeParse(body);
  if (!parsed.success) return { kind: "unknown", cause: "unreadable", code };
  const told = parsed.data;
  const kind = states.get(told.status);
  if (kind === undefined) return { kind: "unknown", cause: "unlisted-code", code: told.status };
  return isThisRefund(order, told)
    ? { kind, facts: factsOf(told) }
    : { kind: "unknown", cause: "mismatch", code: told.status };
}

/** Its number, its order and its money; anything else would book another refund as this one. */
function isThisRefund(order: RefundOrder, told: z.infer<typeof refundSchema>): boolean {
  const { amount } = told;
  const isSameMoney = amount.refund === order.amountFen && amount.total === order.totalFen;
  const isPlausible = (amount.payer_refund ?? 0) <= amount.refund && (amount.currency ?? "CNY") === "CNY";
  return (
    told.out_refund_no === order.outRefundNo && told.out_trade_no === order.outTradeNo && isSameMoney && isPlausible
  );
}

function factsOf(told: z.infer<typeof refundSchema>): RefundFacts {
  const payerRefundFen: Fen | null = told.amount.payer_refund === undefined ? null : fen(told.amount.payer_refund);
  return {
    refundId: told.refund_id,
    payerRefundFen,
    createTime: told.create_time ?? null,
    successTime: told.success_time ?? null,
  };
}
