import type { NoticeView } from "#contract/ipc/till-view.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { backOfExchange } from "#core/returns/back-of-exchange.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import { businessDateInShift, localIso } from "#core/sale/business-date.ts";
import { staticCodeOf } from "#core/tender/tendering.ts";
import { completeSale } from "#core/sale/complete-sale.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { Cashier } from "#core/access/role.ts";
import type { Shift } from "#core/shift/shift.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { PaymentDone, TillContext } from "#main/till/context.ts";
import { beginSale, leftToPay } from "#main/till/drafts.ts";
import { notify, withdrawNotices } from "#main/till/notices.ts";
import { donePoints, pointsBefore } from "#main/till/members/member-view.ts";
import type { Draft } from "#main/till/ports/sales-store.ts";
import { layOutSaleReceipt } from "#main/till/receipt/lay-out-receipt.ts";
import { creditTenders, exchangeOf, givesCashBack } from "#main/till/returns/booking-exchanges.ts";
import { returnedFor } from "#main/till/returns/returned-for.ts";

/** Long enough for the customer to read the thank-you, short enough for the next one. */
const thankMs = 12_000;

/** A kick that could not happen within this is dropped: a drawer must not open minutes later on its own. */
const drawerExpiresMs = 4_000;

/** Commits the sale on the screen when nothing is left to pay; `settled` is the attempt that paid the last part. */
/** @param isAsked by its own key: an exchange in which nobody pays anything is not finished by looking at it */
export function finishIfCovered(till: TillContext, settled: Attempt | null, isAsked = false): boolean {
  const { state } = till;
  if (state.shift === null || leftToPay(state.draft) !== 0 || state.draft.cart.lines.length === 0) return false;
  const draft = state.draft;
  if (draft.exchange !== undefined && draft.tenders.length === 0 && !isAsked) return false;
  const { sale, printJobId } = commitDraft(till, draft, state.shift, settled);
  state.payment = {
    attempt: settled,
    codeAmountFen: null,
    done: {
      saleId: sale.saleId,
      saleNumber: sale.saleNumber,
      totalFen: sale.totalFen,
      changeFen: sale.changeFen,
      staticCodeFen: staticCodeOf(sale.tenders),
      ...moneyBackBeside(till, sale.saleId),
      ...donePoints(till, sale),
      printJobId,
    },
  };
  state.isThanking = true;
  till.deps.clock.after(thankMs, () => {
    if (state.payment?.done?.saleId !== sale.saleId) return;
    state.isThanking = false;
    till.changed("payment");
  });
  till.deps.playSound("paid");
  beginSale(till);
  till.changed("payment");
  return true;
}

function moneyBackBeside(till: TillContext, saleId: string): Pick<PaymentDone, "back"> {
  const exchange = returnedFor(till, saleId)?.exchange;
  if (exchange === undefined) return {};
  const back = backOfExchange(exchange);
  return back.cashFen + back.wechatFen === 0 ? {} : { back };
}

/** COMMIT 2, and what may only follow it: paper and drawer. */
export function commitDraft(
  till: TillContext,
  draft: Draft,
  shift: Shift,
  settled: Attempt | null,
): { readonly sale: Sale; readonly printJobId: string } {
  const { deps } = till;
  const build = (saleNumber: string): Sale => buildSale(till, draft, shift, saleNumber);
  const receipt = (sale: Sale, journalHash: string): string => {
    const lines: readonly PrintLine[] = layOutSaleReceipt(till, sale, journalHash, false);
    return JSON.stringify(lines);
  };
  const committed = deps.store.commitSale(
    draft.cart.saleId,
    build,
    settled,
    receipt,
    exchangeOf(till, draft, sellerOf(till, draft)),
  );
  till.changed("sale", "lastSales", "status", "openAttempts", "held");
  // Paid after all: nobody is asked to take the money again.
  const isOver = (notice: NoticeView): boolean =>
    notice.kind === "late-payment-reversed" && notice.saleId === committed.sale.saleId;
  withoutFail(till, "withdraw the word about an earlier payment", () => withdrawNotices(till, isOver));
  withoutFail(till, "wake the print queue", () => deps.receipts.wake());
  // Cash of a split went into the drawer when it was handed over; when the rest is paid by phone it stays shut.
  const isPaidInCash = settled === null && draft.tenders.at(-1)?.kind === "cash";
  // What goes back through the gateway is on disk with the sale; now it may leave.
  if (draft.exchange !== undefined) withoutFail(till, "send an exchange's refunds", () => deps.refunds?.resumeAll());
  if (isPaidInCash || givesCashBack(draft))
    withoutFail(till, "open the drawer", () => openDrawerFor(till, committed.sale.saleId));
  return committed;
}

/**
 * What follows a durable sale may go wrong without undoing it: that is logged, and the sale stays sold.
 * @returns whether it went well
 */
export function withoutFail(till: TillContext, what: string, run: () => void): boolean {
  try {
    run();
    return true;
  } catch (cause) {
    till.deps.logFault(what, cause);
    return false;
  }
}

/**
 * Kicks the drawer as its own audited job; a drawer that stays shut is a sentence, never a fault of the sale. `reason` is
 * what it opens for, and without a sale the shift counts it.
 */
export function openDrawerFor(till: TillContext, reason: string, facts: object = {}): void {
  const { deps } = till;
  if (deps.config.devices.printer?.drawer === undefined) return;
  const jobId = deps.newId();
  const entry = {
    kind: "drawer-opened",
    body: { jobId, reason, cashierId: till.state.cashier?.id, ...facts },
  } as const;
  if (reason === "no-sale") deps.store.noteNoSale(entry);
  else deps.store.appendJournal(entry);
  till.changed("status");
  deps.devices.kickDrawer(jobId, drawerExpiresMs).then(
    (outcome) => {
      withoutFail(till, "note what became of a kick", () => {
        deps.store.appendJournal({ kind: "drawer-kick-ended", body: { jobId, outcome } });
        till.changed("status");
      });
      if (outcome !== "kicked") notify(till, { kind: "drawer-not-opened", why: outcome });
    },
    (cause: unknown) => deps.logFault("kick the drawer", cause),
  );
}

function buildSale(till: TillContext, draft: Draft, shift: Shift, saleNumber: string): Sale {
  const { config, clock } = till.deps;
  const { utcOffsetMinutes, dayCutOffMinutes } = config.store;
  const nowMs = clock.now();
  const completed = completeSale({
    cart: draft.cart,
    totals: priceCart(draft.cart),
    // What was brought back pays first.
    tenders: [...creditTenders(draft), ...draft.tenders],
    saleNumber,
    terminalId: config.terminalId,
    shiftId: shift.shiftId,
    cashier: sellerOf(till, draft),
    completedAt: localIso(nowMs, utcOffsetMinutes),
    businessDate: businessDateInShift(nowMs, utcOffsetMinutes, dayCutOffMinutes, shift.businessDate),
    ...pointsBefore(till, draft.cart),
    ...(config.taxes === undefined ? {} : { taxRates: config.taxes.rates }),
  });
  // Its faults are all promises of ours (tenders that do not sum): committing would book wrong money.
  if (!completed.ok) throw new Error(`a covered draft did not complete: ${JSON.stringify(completed.fault)}`);
  return completed.value;
}

/** Who is booked as the seller: whoever rang it up, signed in or not by now. */
function sellerOf(till: TillContext, draft: Draft): Cashier {
  const { state, deps } = till;
  if (state.cashier?.id === draft.cashierId) return state.cashier;
  const record = deps.store.listPinRecords().find((one) => one.cashier.id === draft.cashierId);
  return record?.cashier ?? { id: draft.cashierId, name: draft.cashierId, role: "cashier" };
}
