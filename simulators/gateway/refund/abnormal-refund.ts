import { answer } from "../answer.ts";
import { readBody } from "../body.ts";
import type { Operation } from "../operation.ts";
import { abnormalRefundBody } from "../wire.ts";
import { refundObjectOf } from "./refund-object.ts";
import { refundNotPossible, resourceNotExists } from "./refusals.ts";

/** A card takes a day at least. */
const usualCardMs = 24 * 3_600_000;

/** Sends an abnormal refund on its way again, to a bank card. Scripted as `refund`. */
export const abnormalRefund: Operation = {
  name: "refund",
  method: "POST",
  path: /^\/v3\/refund\/domestic\/refunds\/([^/]+)\/apply-abnormal-refund$/,
  read(desk, request) {
    const body = readBody(abnormalRefundBody, request.body);
    if (!body.ok) return body;
    const { out_refund_no: outRefundNo } = body.value;
    const find = () =>
      desk.ledger.findByRefund(outRefundNo)?.refunds.find((refund) => refund.outRefundNo === outRefundNo);
    const outTradeNo = desk.ledger.findByRefund(outRefundNo)?.outTradeNo ?? null;
    return {
      ok: true,
      value: {
        ...{ outTradeNo, outRefundNo, amountFen: find()?.amountFen ?? 0 },
        perform({ settleAfterMs = usualCardMs, refundEnds = "SUCCESS" }) {
          const found = find();
          if (outTradeNo === null || found === undefined || found.refundId !== request.pathParts[0]) {
            return resourceNotExists();
          }
          if (found.status !== "ABNORMAL") return refundNotPossible("退款单状态不为异常，不能发起异常退款");
          const at = desk.now();
          const due = { atMs: at + settleAfterMs, status: refundEnds };
          const order = desk.ledger.record({ kind: "refund-resumed", at, outTradeNo, outRefundNo, due });
          return answer(200, refundObjectOf(order, find() ?? found));
        },
      },
    };
  },
};
