import { paramError } from "../answer.ts";
import type { Operation } from "../operation.ts";
import { badBillDate } from "./refusals.ts";

/** Hands out a bill by its token. The request is signed like any other; the answer is a bare file. */
export const billDownload: Operation = {
  name: "bill-download",
  method: "GET",
  path: /^\/v3\/billdownload\/file$/,
  read(desk, request) {
    const token = request.query.get("token");
    if (token === null || request.query.size !== 1) {
      return { ok: false, answer: paramError({ field: "token", issue: "the token alone", location: "query" }) };
    }
    const perform = () => {
      const file = desk.bills.fetch(token);
      return file === null
        ? badBillDate("下载链接已过期，请重新申请账单")
        : { status: 200, body: null, file, errorNumber: 0 };
    };
    return { ok: true, value: { outTradeNo: null, amountFen: 0, perform } };
  },
};
