import type { BillAnswer, BillGateway } from "#main/till/ports/payment-gateway.ts";
import type { BillReader } from "../bill/bill-reader.ts";
import { createFundFlowReader } from "../bill/fund-flow-bill.ts";
import { createTradeBillReader } from "../bill/trade-bill.ts";
import type { GatewayLine } from "./ask.ts";
import { fetchBill } from "./fetch-bill.ts";

/** Both bills of a day, each read while it comes in. */
export function createBillGateway(line: GatewayLine): BillGateway {
  const { mchid } = line.merchant;
  const ofShop = line.partner === null ? "" : `&sub_mchid=${encodeURIComponent(line.partner.subMchid)}`;
  return {
    tradeBill: (day) =>
      fetched(line, `tradebill?bill_date=${dayOf(day)}&bill_type=ALL&tar_type=GZIP${ofShop}`, () =>
        createTradeBillReader({ mchid, day }),
      ),
    fundFlowBill: (day, account) =>
      fetched(line, `fundflowbill?bill_date=${dayOf(day)}&account_type=${account}&tar_type=GZIP`, () =>
        createFundFlowReader(day),
      ),
  };
}

async function fetched<R>(
  line: GatewayLine,
  what: string,
  createReader: () => BillReader<R>,
): Promise<BillAnswer<{ readonly rows: readonly R[] }>> {
  try {
    const bill = await fetchBill(line, `/v3/bill/${what}`, createReader);
    return bill.ok ? { kind: "bill", ...bill.value } : { kind: "none", fault: bill.fault };
  } catch (cause) {
    // The port's promise never to reject; the kind of error only, its message may quote the bill.
    line.log("gateway client failed", { error: cause instanceof Error ? cause.name : typeof cause });
    return { kind: "none", fault: { kind: "unknown", code: null } };
  }
}

function dayOf(day: string): string {
  return encodeURIComponent(day);
}
