import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { ReceiptRowView, ReceiptView } from "#contract/ipc/stock-intents.ts";
import { fen } from "#core/money/fen.ts";
import { rawPriceOf } from "#core/quantity/price-of.ts";
import { maxMilli, milli } from "#core/quantity/quantity.ts";
import { fail, ok } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import {
  type GoodsReceipt,
  mostReceiptLines,
  type ReceiptDraft,
  reversedLines,
  withReceived,
} from "#core/stock/goods-receipt.ts";
import { approve } from "#main/till/approval.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, type Outcome, refuse } from "#main/till/outcome.ts";
import type { StoredReceipt } from "#main/till/ports/stock-store.ts";
import { printSlip, slipOf } from "#main/till/shift/slips.ts";
import { today } from "#main/till/today.ts";
import { layOutGoodsSlip } from "./stock-papers.ts";
import { mayBegin } from "./stock-rights.ts";
import { stockChanged } from "./stock-state.ts";
import { namedItem } from "./stock-views.ts";

/** Deliveries that are written down and not booked; more is a pile nobody sees through. */
const mostDrafts = 20;

export function readReceipts(
  till: TillContext,
  { limit, before }: IntentArgs<"receipts">,
): Outcome<readonly ReceiptRowView[]> {
  const begun = mayBegin(till, "receive-goods");
  return begun.ok ? ok(till.deps.store.goodsReceipts(limit, before).map(rowOf)) : begun;
}

export function readReceipt(till: TillContext, { receiptId }: IntentArgs<"receipt">): Outcome<ReceiptView> {
  const begun = mayBegin(till, "receive-goods");
  return begun.ok ? viewOf(till, receiptId) : begun;
}

/** The same id again is the same receipt. */
export function beginReceipt(till: TillContext, { receiptId }: IntentArgs<"begin-receipt">): Outcome<ReceiptView> {
  const begun = mayBegin(till, "receive-goods");
  if (!begun.ok) return begun;
  const { store } = till.deps;
  if (store.goodsReceipt(receiptId) !== null) return viewOf(till, receiptId);
  if (store.openReceipts() >= mostDrafts) return refuse("too-many-receipts");
  store.saveReceiptDraft({
    ...{ receiptId, supplier: "", deliveryNote: "", lines: [] },
    ...{ begunAt: nowIn(till), begunByName: begun.value.name },
  });
  return viewOf(till, receiptId);
}

export function headReceipt(till: TillContext, args: IntentArgs<"head-receipt">): Outcome<ReceiptView> {
  const { receiptId, supplier, deliveryNote } = args;
  return changeDraft(till, receiptId, (draft) => ok({ ...draft, supplier, deliveryNote }));
}

/** So much more of an item, on disk at once. */
export function addToReceipt(till: TillContext, args: IntentArgs<"add-to-receipt">): Outcome<ReceiptView> {
  const item = till.deps.catalog.findBySku(args.sku);
  if (item === null) return refuse("no-such-item");
  if (till.deps.store.stockLevels([item.sku])[0]?.isStocked === false) return refuse("item-not-stocked");
  if (item.unit === "piece" && args.quantityMilli % 1_000 !== 0) return refuse("quantity-out-of-range");
  const { sku, nameZh, nameEn, unit } = item;
  return changeDraft(till, args.receiptId, (draft) => {
    const lines = withReceived(draft.lines, {
      sku,
      nameZh,
      nameEn,
      unit,
      quantityMilli: args.quantityMilli,
      costFen: null,
    });
    if (lines.length > mostReceiptLines) return refuse("receipt-is-full");
    if (lines.some(({ quantityMilli }) => quantityMilli > maxMilli)) return refuse("quantity-out-of-range");
    return ok({ ...draft, lines });
  });
}

export function setReceiptLine(till: TillContext, args: IntentArgs<"set-receipt-line">): Outcome<ReceiptView> {
  const { receiptId, sku, quantityMilli } = args;
  const costFen = args.costFen === null ? null : fen(args.costFen);
  return changeDraft(till, receiptId, (draft) => {
    const line = draft.lines.find((one) => one.sku === sku);
    if (line === undefined) return refuse("no-such-line");
    if (line.unit === "piece" && quantityMilli % 1_000 !== 0) return refuse("quantity-out-of-range");
    const lines = draft.lines.flatMap((one) => {
      if (one.sku !== sku) return [one];
      return quantityMilli === 0 ? [] : [{ ...one, quantityMilli, costFen }];
    });
    return ok({ ...draft, lines });
  });
}

export function dropReceipt(till: TillContext, { receiptId }: IntentArgs<"drop-receipt">): Outcome {
  const draft = draftOf(till, receiptId);
  if (!draft.ok) return draft;
  till.deps.store.dropReceiptDraft(receiptId);
  stockChanged(till.state.stock);
  return done;
}

/** One entry: from here on the goods are stock. Booked already: as it is stored. */
export async function bookReceipt(till: TillContext, args: IntentArgs<"book-receipt">): Promise<Outcome<ReceiptView>> {
  const { receiptId } = args;
  const begun = mayBegin(till, "receive-goods");
  if (!begun.ok) return begun;
  const { deps, state } = till;
  const found = deps.store.goodsReceipt(receiptId);
  if (found === null) return refuse("no-such-receipt");
  if (found.state !== "draft") return viewOf(till, receiptId);
  if (found.receipt.lines.length === 0) return refuse("receipt-is-empty");
  const approval = await approve(till, { kind: "receive-goods" }, args.approvalPin);
  if (!approval.ok) return approval;
  // The PIN took a moment.
  const { cashier } = state;
  if (cashier === null) return refuse("not-signed-in");
  const draft = draftOf(till, receiptId);
  if (!draft.ok) return draft.fault.kind === "receipt-is-booked" ? viewOf(till, receiptId) : draft;
  if (draft.value.lines.length === 0) return refuse("receipt-is-empty");
  const by = { cashierId: cashier.id, cashierName: cashier.name, approvedBy: approval.value };
  deps.store.bookReceipt(
    receiptId,
    (given, openingMilli): GoodsReceipt => ({
      ...given,
      lines: given.lines.map((line) => ({ ...line, openingMilli: openingMilli(line.sku) })),
      ...{ at: nowIn(till), businessDate: today(till), ...by },
    }),
    (receipt) => slipOf(till, "stock", layOutGoodsSlip(till, receipt, false)),
  );
  stockChanged(state.stock);
  till.changed("status");
  withoutFail(till, "wake the print queue", () => deps.receipts.wake());
  return viewOf(till, receiptId);
}

/** All of a booked receipt goes out of the books again, in an entry of its own. */
export async function reverseReceipt(
  till: TillContext,
  args: IntentArgs<"reverse-receipt">,
): Promise<Outcome<ReceiptView>> {
  const { receiptId, reversalId, reason } = args;
  const begun = mayBegin(till, "correct-stock");
  if (!begun.ok) return begun;
  if (till.deps.store.goodsReceipt(receiptId)?.state === "draft") return refuse("no-such-receipt");
  const approval = await approve(till, { kind: "correct-stock" }, args.approvalPin);
  if (!approval.ok) return approval;
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  const found = till.deps.store.goodsReceipt(receiptId);
  if (found === null || found.state === "draft") return refuse("no-such-receipt");
  if (found.state === "reversed") return viewOf(till, receiptId);
  // One that is booked is whole.
  const receipt = found.receipt as GoodsReceipt;
  till.deps.store.reverseReceipt({
    ...{ reversalId, receiptId, deliveryNote: receipt.deliveryNote, lines: reversedLines(receipt), reason },
    ...{ at: nowIn(till), businessDate: today(till) },
    ...{ cashierId: cashier.id, cashierName: cashier.name, approvedBy: approval.value },
  });
  stockChanged(till.state.stock);
  till.changed("status");
  return viewOf(till, receiptId);
}

export function printReceipt(till: TillContext, { receiptId }: IntentArgs<"print-receipt">): Outcome {
  const begun = mayBegin(till, "receive-goods");
  if (!begun.ok) return begun;
  if (till.deps.config.devices.printer === undefined) return refuse("no-printer");
  const found = till.deps.store.goodsReceipt(receiptId);
  if (found === null || found.state === "draft") return refuse("no-such-receipt");
  // As above.
  printSlip(till, "stock", layOutGoodsSlip(till, found.receipt as GoodsReceipt, true));
  return done;
}

function changeDraft(
  till: TillContext,
  receiptId: string,
  change: (draft: ReceiptDraft) => Outcome<ReceiptDraft>,
): Outcome<ReceiptView> {
  const draft = draftOf(till, receiptId);
  if (!draft.ok) return draft;
  const changed = change(draft.value);
  if (!changed.ok) return changed;
  till.deps.store.saveReceiptDraft(changed.value);
  stockChanged(till.state.stock);
  return viewOf(till, receiptId);
}

function draftOf(till: TillContext, receiptId: string): Outcome<ReceiptDraft> {
  const begun = mayBegin(till, "receive-goods");
  if (!begun.ok) return begun;
  const found = till.deps.store.goodsReceipt(receiptId);
  if (found === null) return refuse("no-such-receipt");
  return found.state === "draft" ? ok(found.receipt) : fail({ kind: "receipt-is-booked" });
}

function viewOf(till: TillContext, receiptId: string): Outcome<ReceiptView> {
  const found = till.deps.store.goodsReceipt(receiptId);
  if (found === null) return refuse("no-such-receipt");
  const { lines } = found.receipt;
  let costFen = 0;
  for (const line of lines) costFen += line.costFen === null ? 0 : rawPriceOf(line.costFen, milli(line.quantityMilli));
  return ok({
    ...rowOf(found),
    lines: lines.map(({ sku, quantityMilli, costFen: cost }) => {
      const { nameZh, nameEn, unit } = namedItem(till, sku);
      return { sku, nameZh, nameEn, unit, quantityMilli, costFen: cost };
    }),
    costFen,
  });
}

function rowOf({ place, state, receipt }: StoredReceipt): ReceiptRowView {
  const { receiptId, supplier, deliveryNote, lines, begunAt, begunByName } = receipt;
  const booked = "at" in receipt ? { at: receipt.at, byName: receipt.cashierName } : null;
  return {
    ...{ place, receiptId, state, supplier, deliveryNote, lineCount: lines.length },
    ...(booked ?? { at: begunAt, byName: begunByName }),
  };
}

function nowIn({ deps }: TillContext): string {
  return localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes);
}
