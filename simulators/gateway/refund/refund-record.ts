import type { Order } from "../order.ts";

/** How a refund can end; ABNORMAL means the money left the shop and did not reach the customer. */
export type RefundEnd = "SUCCESS" | "ABNORMAL" | "CLOSED";

/** What the refund comes to by itself, and when. */
export interface RefundDue {
  readonly atMs: number;
  readonly status: RefundEnd;
}

/** One refund of an order, as the gateway knows it. */
export interface Refund {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly amountFen: number;
  readonly digest: string;
  readonly notifyUrl: string | null;
  readonly acceptedAtMs: number;
  readonly status: RefundEnd | "PROCESSING";
  readonly due: RefundDue | null;
  readonly endedAtMs: number | null;
}

export function accepted(event: {
  readonly at: number;
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly amountFen: number;
  readonly digest: string;
  readonly notifyUrl?: string | undefined;
  readonly due: RefundDue;
}): Refund {
  const { outRefundNo, refundId, amountFen, digest, notifyUrl, due } = event;
  return {
    ...{ outRefundNo, refundId, amountFen, digest, notifyUrl: notifyUrl ?? null, due },
    ...{ acceptedAtMs: event.at, status: "PROCESSING", endedAtMs: null },
  };
}

/** The order's refunds after one of them ended; money counts as given back once the customer has it. */
export function ended(
  order: Order,
  event: { readonly at: number; readonly outRefundNo: string; readonly status: RefundEnd },
): Pick<Order, "refunds" | "refundedFen"> {
  const { status, at: endedAtMs } = event;
  const refunds = order.refunds.map((refund) =>
    refund.outRefundNo === event.outRefundNo ? { ...refund, status, endedAtMs, due: null } : refund,
  );
  const given = refunds.find(({ outRefundNo }) => outRefundNo === event.outRefundNo)?.amountFen ?? 0;
  return { refunds, refundedFen: order.refundedFen + (status === "SUCCESS" ? given : 0) };
}

/** An abnormal refund on its way again; any other stays what it is. */
export function resumed(
  order: Order,
  event: { readonly outRefundNo: string; readonly due: RefundDue },
): readonly Refund[] {
  return order.refunds.map((refund) =>
    refund.outRefundNo === event.outRefundNo && refund.status === "ABNORMAL"
      ? { ...refund, status: "PROCESSING", due: event.due, endedAtMs: null }
      : refund,
  );
}
