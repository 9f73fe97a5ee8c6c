import { randomUUID, sign } from "node:crypto";
import type { GrantAnswer, LookupAnswer, ReturnGrantAnswer, ReturnGrantRequest } from "#contract/wire/refund-grant.ts";
import type { WireFault } from "#contract/wire/fault.ts";
import { receiptSigned, receiptWords } from "#core/receipt/receipt-code.ts";
import { soldSaleOf } from "#core/refund/sold-sale.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { Answer, OfficeTill } from "./office-till.ts";

/** The QR of a sale's receipt, signed by this till. */
export function receiptOf(till: OfficeTill, sale: Sale, storeCode = till.key.split("-")[0] ?? ""): string {
  const words = receiptWords({ storeCode, sold: soldSaleOf(sale) });
  return `${words}:${sign(null, Buffer.from(receiptSigned(words)), till.privateKey).toString("base64url")}`;
}

export interface Asked {
  readonly grantId?: string;
  readonly sale: Sale;
  readonly amountFen: number;
  readonly tenderId?: string;
  readonly receipt?: string | null;
}

/** Asks for a refund for goods that come back, as the till's own client would. */
export function askReturnGrant(
  till: OfficeTill,
  { goods, ...asked }: Asked & Pick<ReturnGrantRequest, "goods">,
): Promise<Answer<ReturnGrantAnswer & WireFault>> {
  return post(till, "return-grants", { ...grantBody(asked), goods });
}

/** Asks for a refund of a sale, as the till's own client would. */
export function askGrant(till: OfficeTill, asked: Asked): Promise<Answer<GrantAnswer & WireFault>> {
  return post(till, "refund-grants", grantBody(asked));
}

function grantBody({ sale, amountFen, grantId = randomUUID(), receipt = null, ...asked }: Asked) {
  const tenderId = asked.tenderId ?? sale.tenders[0]?.tenderId ?? "";
  const { terminalId, saleId } = sale;
  return { grantId, sale: { terminalId, saleId }, tenderId, amountFen, receipt };
}

export function lookUp(
  till: OfficeTill,
  saleNumber: string,
  receipt: string | null = null,
): Promise<Answer<LookupAnswer & WireFault>> {
  return post(till, "refund-lookup", { saleNumber, receipt });
}

/** A refund's journal body as a till writes it. */
export function refundBodyOf(refundNo: string, sale: Sale, amountFen: number, more: object = {}): object {
  const at = "2026-03-02T15:00:00+08:00";
  return {
    ...{ refundNo, requestId: refundNo, kind: "cash", saleId: sale.saleId, saleNumber: sale.saleNumber },
    ...{ tenderId: sale.tenders[0]?.tenderId ?? "", amountFen, reason: "", cashierId: "c1", cashierName: "王芳" },
    ...{ approvedBy: "m1", requestedAt: at, requestedAtMs: 1, state: "succeeded", gateway: null, handled: null },
    given: { at, businessDate: "2026-03-02" },
    ...more,
  };
}

async function post<T>(till: OfficeTill, path: string, body: object): Promise<Answer<T>> {
  const answer = await till.request("POST", `/v1/terminals/${till.key}/${path}`, Buffer.from(JSON.stringify(body)));
  // What the contract promises for this path, whichever of the two it is.
  return answer as Answer<T>;
}
