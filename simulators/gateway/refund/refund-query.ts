import { answer, paramError } from "../answer.ts";
import type { Operation } from "../operation.ts";
import { refundObjectOf } from "./refund-object.ts";
import { resourceNotExists } from "./refusals.ts";

/** How a refund stands, by the shop's own refund number. */
export const refundQuery: Operation = {
  name: "refund-query",
  method: "GET",
  path: /^\/v3\/refund\/domestic\/refunds\/([^/]+)$/,
  read(desk, request) {
    const outRefundNo = request.pathParts[0] ?? "";
    if (!/^[0-9A-Za-z_\-|*@]{1,64}$/.test(outRefundNo)) {
      const detail = { field: "out_refund_no", value: outRefundNo, issue: "1-64 of 0-9 A-Z a-z _ - | * @" } as const;
      return { ok: false, answer: paramError({ ...detail, location: "path" }) };
    }
    const order = desk.ledger.findByRefund(outRefundNo);
    const refund = () =>
      desk.ledger.findByRefund(outRefundNo)?.refunds.find((known) => known.outRefundNo === outRefundNo);
    return {
      ok: true,
      value: {
        ...{ outTradeNo: order?.outTradeNo ?? null, outRefundNo, amountFen: refund()?.amountFen ?? 0 },
        perform() {
          const found = refund();
          const current = desk.ledger.findByRefund(outRefundNo);
          return current === null || found === undefined
            ? resourceNotExists()
            : answer(200, refundObjectOf(current, found));
        },
      },
    };
  },
};
