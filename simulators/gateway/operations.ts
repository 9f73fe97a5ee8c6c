import { refusal, type Read } from "./answer.ts";
import { billDownload } from "./bill/bill-download.ts";
import { fundFlowBill, tradeBill } from "./bill/bill-operations.ts";
import { certificates } from "./certificates/certificates-operation.ts";
import { close } from "./close.ts";
import { codepay } from "./codepay.ts";
import { jsapi } from "./jsapi.ts";
import { native } from "./native.ts";
import type { Operation } from "./operation.ts";
import { query, queryByTransactionId } from "./query.ts";
import { abnormalRefund } from "./refund/abnormal-refund.ts";
import { refundQuery } from "./refund/refund-query.ts";
import { refund } from "./refund/refund.ts";
import { reverse } from "./reverse.ts";

const operations: readonly Operation[] = [
  ...[codepay, native, jsapi, query, queryByTransactionId, close, reverse],
  ...[refund, refundQuery, abnormalRefund],
  ...[tradeBill, fundFlowBill, billDownload, certificates],
];

/** The operation a method and path mean, with the parts of the path; 404 or 405 when there is none. */
export function route(
  method: string,
  path: string,
): Read<{ readonly operation: Operation; readonly pathParts: readonly string[] }> {
  const candidates = operations.filter((operation) => operation.path.test(path));
  const operation = candidates.find((candidate) => candidate.method === method);
  if (operation !== undefined) {
    const parts = decode(operation.path.exec(path)?.slice(1) ?? []);
    if (parts !== null) return { ok: true, value: { operation, pathParts: parts } };
  }
  return candidates.length > 0 && operation === undefined
    ? { ok: false, answer: refusal(405, "PARAM_ERROR", "请求方法不支持") }
    : { ok: false, answer: refusal(404, "RESOURCE_NOT_EXISTS", "请求的资源不存在") };
}

/** Null for broken percent-encoding. */
function decode(parts: readonly string[]): readonly string[] | null {
  try {
    return parts.map((part) => decodeURIComponent(part));
  } catch {
    return null;
  }
}
