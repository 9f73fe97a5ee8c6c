import type { BillAnswer, BillGateway } from "#main/till/ports/payment-gateway.ts";
import type { GatewayLine } from "#wechatpay/ask.ts";
import { fetchBill } from "./fetch-bill.ts";

/** Both bills of a day, each into a file of its own. */
export function createBillGateway(line: GatewayLine): BillGateway {
  const ofShop = line.partner === null ? "" : `&sub_mchid=${encodeURIComponent(line.partner.subMchid)}`;
  return {
    fetchTradeBill: (day, path) =>
      fetched(line, `tradebill?bill_date=${dayOf(day)}&bill_type=ALL&tar_type=GZIP${ofShop}`, path),
    fetchFundFlowBill: (day, account, path) =>
      fetched(line, `fundflowbill?bill_date=${dayOf(day)}&account_type=${account}&tar_type=GZIP`, path),
  };
}

async function fetched(line: GatewayLine, what: string, path: string): Promise<BillAnswer> {
  try {
    const bill = await fetchBill(line, `/v3/bill/${what}`, path);
    return bill.ok ? { kind: "file", file: bill.value } : { kind: "none", fault: bill.fault };
  } catch (cause) {
    // The port's promise never to reject; the kind of error only, its message may quote the bill.
    line.log("gateway client failed", { error: cause instanceof Error ? cause.name : typeof cause });
    return { kind: "none", fault: { kind: "unknown", code: null } };
  }
}

function dayOf(day: string): string {
  return encodeURIComponent(day);
}
