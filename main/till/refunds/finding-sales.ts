import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { OtherSaleView } from "#contract/ipc/refund-view.ts";
import { readReceiptCode } from "#core/receipt/receipt-code.ts";
import { ok } from "#core/result.ts";
import { parseSaleNumber } from "#core/sale/sale-number.ts";
import { fen } from "#core/money/fen.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { elsewhere } from "#main/till/returns/asking-elsewhere.ts";
import { saleOnPaper } from "#main/till/receipt/sale-on-paper.ts";
import { refundableOf, refundView } from "#main/till/view/refund-view.ts";
import { notFoundFault } from "./claiming.ts";
import { refundableSale } from "./refundable-sale.ts";

/** The number of another till's sale in a text off a receipt or typed by hand; null where it is of none. */
export function otherSaleNumber(till: TillContext, text: string): string | null {
  const written = text.trim();
  const printed = /^tillway:([^:]{1,32}):/.exec(written)?.[1] ?? written;
  const number = parseSaleNumber(printed);
  if (number === null || number.terminalId === till.deps.config.terminalId) return null;
  return till.deps.sync?.refunds.isOpen() === true ? printed.toUpperCase() : null;
}

/**
 * The sale somebody brings back: by our receipt, or by the payment number in the customer's own bill. Another till's is
 * asked for at head office or the relay; where neither knows it, its genuine receipt tells all that is needed.
 */
export async function findSale(
  till: TillContext,
  args: IntentArgs<"find-sale">,
): Promise<Outcome<{ readonly saleId: string; readonly isOther: boolean }>> {
  const found = saleOnPaper(till, args.text);
  if (found !== null) return ok({ saleId: found.saleId, isOther: false });
  const number = otherSaleNumber(till, args.text);
  if (number !== null) return findOther(till, number, args.text.trim());
  return refuse(till.deps.store.attempt(args.text) === null ? "no-such-sale" : "payment-without-sale");
}

async function findOther(
  till: TillContext,
  saleNumber: string,
  text: string,
): Promise<Outcome<{ readonly saleId: string; readonly isOther: boolean }>> {
  const { store, sync } = till.deps;
  if (sync === null || sync === undefined) return refuse("no-such-sale");
  const isSigned = readReceiptCode(text).ok;
  const isPaper = isSigned || text.startsWith("tillway:");
  const read = isSigned ? sync.refunds.readReceipt(text) : null;
  // A forged paper is told as such, whoever could be asked. A till that is new is asked about below.
  if (read?.ok === false && read.fault !== "unknown-till" && read.fault !== "revoked-till") {
    return refuse(read.fault === "other-shop" ? "receipt-of-other-shop" : "receipt-not-genuine");
  }
  // A QR that begins like ours and is not one of them was changed, or is damaged.
  const isSpoilt = isPaper && !isSigned && text.split(":").length !== 4;
  if (isSpoilt) return refuse("receipt-not-genuine");
  const told = await sync.refunds.lookUp(saleNumber, isSigned ? text : null);
  if (told === "refused") return refuse("refund-till-refused");
  // What the status bar says of head office is found out at once, not at its next turn.
  if (told === null) sync.now();
  const receipt = read?.ok === true ? text : null;
  if (told?.answer.kind === "found") {
    const { sale, lines, claims } = told.answer;
    const tenders = sale.tenders.map((tender) => ({ ...tender, amountFen: fen(tender.amountFen) }));
    const sold = { ...sale, totalFen: fen(sale.totalFen), tenders };
    store.keepOtherSale({ sold, lines, claims, toldBy: told.place, receipt });
    store.keepReturnedElsewhere(sold.saleId, elsewhere(till, told.answer.returned ?? []));
    return ok({ saleId: sold.saleId, isOther: true });
  }
  if (read?.ok === true && (told === null || told.answer.why === "unknown-sale")) {
    store.keepOtherSale({ sold: read.value, lines: [], claims: [], toldBy: "receipt", receipt: text });
    return ok({ saleId: read.value.saleId, isOther: true });
  }
  if (told !== null) return refuse(notFoundFault[told.answer.why]);
  if (read?.ok === false)
    return refuse(read.fault === "revoked-till" ? "receipt-of-revoked-till" : "receipt-unknown-till");
  return refuse("sale-needs-receipt");
}

/** Another till's sale as it was last told here. */
export function readOtherSale(till: TillContext, args: IntentArgs<"other-sale">): Outcome<OtherSaleView> {
  const refundable = refundableSale(till, args.saleId);
  const other = refundable?.other ?? null;
  if (refundable === null || other === null) return refuse("no-such-sale");
  const { sold, lines, toldBy, claims, receipt } = other;
  const elsewhere = claims.filter(({ terminalId }) => terminalId !== till.deps.config.terminalId);
  return ok({
    ...{ saleId: sold.saleId, saleNumber: sold.saleNumber, terminalId: sold.terminalId },
    ...{ businessDate: sold.businessDate, totalFen: sold.totalFen, toldBy, hasReceipt: receipt !== null },
    lines: lines.map((line) => ({ ...line, netFen: fen(line.netFen) })),
    refunds: refundable.own.map(refundView),
    elsewhere: elsewhere.map(({ terminalId, amountFen, atMs }) => ({ terminalId, amountFen: fen(amountFen), atMs })),
    refundable: refundableOf(refundable.paid, refundable.past, till.deps.clock.now()),
  });
}
