import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { answer, errorNumbers, paramError, type Answer, type Read } from "../answer.ts";
import { beijingDate, beijingMidnight } from "../beijing-time.ts";
import type { Call, Desk, GatewayRequest, Operation } from "../operation.ts";
import { billMadeAtMs } from "./bill-desk.ts";
import { fundFlowFile } from "./fund-flow-bill.ts";
import { badBillDate, noStatement, statementCreating } from "./refusals.ts";
import { billTypes, isInTradeBill, tradeBillFile } from "./trade-bill.ts";

const dayMs = 24 * 3_600_000;
/** "Three months back", in the most generous reading. */
const oldestMs = 92 * dayMs;

export const tradeBill: Operation = {
  name: "tradebill",
  method: "GET",
  path: /^\/v3\/bill\/tradebill$/,
  read(desk, request) {
    const asked = readAsked(request, "bill_type", billTypes);
    if (!asked.ok) return asked;
    const { fromMs, kind, isZipped } = asked.value;
    return billCall(desk, fromMs, isZipped, () => {
      const toMs = fromMs + dayMs;
      const rows = desk.bills.rows().filter((row) => row.atMs >= fromMs && row.atMs < toMs && isInTradeBill(kind, row));
      return rows.length === 0 ? null : tradeBillFile(kind, rows, desk.merchant);
    });
  },
};

/** Takings and refunds pass through the basic account; the other two never move here. */
export const fundFlowBill: Operation = {
  name: "fundflowbill",
  method: "GET",
  path: /^\/v3\/bill\/fundflowbill$/,
  read(desk, request) {
    const asked = readAsked(request, "account_type", ["BASIC", "OPERATION", "FEES"] as const);
    if (!asked.ok) return asked;
    const { fromMs, kind, isZipped } = asked.value;
    return billCall(desk, fromMs, isZipped, () => {
      const rows = kind === "BASIC" ? desk.bills.rows().filter(({ atMs }) => atMs < fromMs + dayMs) : [];
      return fundFlowFile(rows, { fromMs, toMs: fromMs + dayMs, openingFen: desk.funds.openingFen() });
    });
  },
};

/** @param make the file, or null when that day has none */
function billCall(desk: Desk, fromMs: number, isZipped: boolean, make: () => Buffer | null): Read<Call> {
  const perform = (): Answer => {
    const refused = refuseDay(fromMs, desk.now());
    if (refused !== null) return refused;
    const file = make();
    if (file === null) return noStatement();
    // The hash is over the content, packed or not.
    const hash = createHash("sha1").update(file).digest("hex");
    const token = desk.bills.issue(isZipped ? gzipSync(file) : file);
    const url = `${desk.baseUrl()}/v3/billdownload/file?token=${token}`;
    return answer(200, { hash_type: "SHA1", hash_value: hash, download_url: url });
  };
  return { ok: true, value: { outTradeNo: null, amountFen: 0, perform } };
}

function refuseDay(fromMs: number, nowMs: number): Answer | null {
  const today = beijingMidnight(beijingDate(nowMs));
  if (fromMs >= today) return badBillDate("账单日期必须早于今天");
  if (today - fromMs > oldestMs) return badBillDate("仅支持查询三个月以内的账单");
  return nowMs < billMadeAtMs(fromMs) ? statementCreating() : null;
}

/** The parameters both bills have in common; unknown ones are refused as everywhere. */
function readAsked<const T extends string>(
  request: GatewayRequest,
  kindName: string,
  kinds: readonly T[],
): Read<{ readonly fromMs: number; readonly kind: T; readonly isZipped: boolean }> {
  const { query } = request;
  const extra = [...query.keys()].find((key) => !["bill_date", kindName, "tar_type"].includes(key));
  if (extra !== undefined) return bad(extra, "非法的多余参数", errorNumbers.unknownParameter);
  const fromMs = beijingMidnight(query.get("bill_date") ?? "");
  if (Number.isNaN(fromMs)) return bad("bill_date", "yyyy-MM-dd");
  const asked = query.get(kindName);
  const kind = asked === null ? kinds[0] : kinds.find((known) => known === asked);
  if (kind === undefined) return bad(kindName, `one of ${kinds.join(", ")}`);
  const tar = query.get("tar_type");
  if (tar !== null && tar !== "GZIP") return bad("tar_type", "GZIP or nothing");
  return { ok: true, value: { fromMs, kind, isZipped: tar === "GZIP" } };
}

function bad(field: string, issue: string, errorNumber?: number): Read<never> {
  return { ok: false, answer: paramError({ field, issue, location: "query" }, errorNumber) };
}
