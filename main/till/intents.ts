import type { IntentAnswer, IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import * as adding from "#main/till/adding.ts";
import { auditIntents } from "#main/till/audit/audit-intents.ts";
import { backupIntents } from "#main/till/backup/backup-intents.ts";
import { catalogIntents } from "#main/till/catalogue/catalog-intents.ts";
import * as cart from "#main/till/cart-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { discountLine, discountSale } from "#main/till/discounting.ts";
import { giveHeldSale } from "#main/till/held/giving.ts";
import { dropHeldMove } from "#main/till/held/moves.ts";
import { readSharedHeld } from "#main/till/held/shared-list.ts";
import { takeHeldSale } from "#main/till/held/taking.ts";
import { holdSale, parkSale, recallSale } from "#main/till/holding.ts";
import { healthIntents } from "#main/till/health/health-intents.ts";
import { itemImageIntents } from "#main/till/item-images/item-image-intents.ts";
import { memberIntents } from "#main/till/members/member-table.ts";
import { labelIntents } from "#main/till/labels/label-intents.ts";
import { dismissNotice } from "#main/till/notices.ts";
import { done, type Outcome } from "#main/till/outcome.ts";
import { sellStoppedPack } from "#main/till/packs/selling-packs.ts";
import { openPriceIntents } from "#main/till/open-price/asking-price.ts";
import * as paying from "#main/till/paying.ts";
import { signIn, signOut } from "#main/till/people.ts";
import { peopleIntents } from "#main/till/people/people-intents.ts";
import type { Scan } from "#main/till/ports/devices.ts";
import * as reading from "#main/till/reading.ts";
import { pricingIntents } from "#main/till/pricing/pricing-intents.ts";
import { cancelPrint, readPrintJobs } from "#main/till/receipt/prints.ts";
import * as reprinting from "#main/till/receipt/reprinting.ts";
import { askAboutFinding } from "#main/till/reconciliation/inquiring.ts";
import * as reconciling from "#main/till/reconciliation/reconciling.ts";
import { findSale, readOtherSale } from "#main/till/refunds/finding-sales.ts";
import { refundSale, retryRefund } from "#main/till/refunds/refunding.ts";
import { reportIntents } from "#main/till/reports/reporting.ts";
import { deviceIntents } from "#main/till/settings/device-intents.ts";
import { officeIntents } from "#main/till/settings/office-intents.ts";
import { looseReturnIntents } from "#main/till/loose-returns/giving-loose-returns.ts";
import { returnIntents } from "#main/till/returns/return-table.ts";
import { settingsIntents } from "#main/till/settings/settings-intents.ts";
import { setupIntents } from "#main/till/settings/setup-intents.ts";
import { refundCharge } from "#main/till/refunds/returning-charges.ts";
import { sendRefundOnward, settleRefundOtherwise } from "#main/till/refunds/stuck-refunds.ts";
import { readOpenCarried } from "#main/till/carried/open-carried.ts";
import { typeCarriedCode } from "#main/till/carried/proving.ts";
import { showCarried } from "#main/till/carried/showing-requests.ts";
import * as staticTakings from "#main/till/static/static-takings.ts";
import { payStaticCode } from "#main/till/static/taking-static-code.ts";
import { stockIntents } from "#main/till/stock/stock-intents.ts";
import * as syncing from "#main/till/sync/syncing.ts";
import { trainingIntents } from "#main/till/training/training-intents.ts";
import * as weighing from "#main/till/weighing/weighing.ts";
import { shiftIntents } from "#main/till/shift/shift-intents.ts";
import { voidLine, voidSale } from "#main/till/voiding.ts";

type Answer<N extends IntentName> = Outcome<IntentAnswer<N>> | Promise<Outcome<IntentAnswer<N>>>;

/** Who may send an intent at all; what they may do with it is asked again by the use case. */
type Needs = "nobody" | "signed-in";

interface IntentRule<N extends IntentName> {
  readonly needs: Needs;
  readonly run: (till: TillContext, args: IntentArgs<N>) => Answer<N>;
}

export type IntentTable = { readonly [N in Exclude<IntentName, "look" | "scan">]: IntentRule<N> };

/** Every intent and its use case. `look` and `scan` belong to the till itself. */
export const intentTable: IntentTable = {
  "sign-in": { needs: "nobody", run: signIn },
  "sign-out": { needs: "nobody", run: signOut },
  "set-locale": { needs: "nobody", run: setLocale },

  "add-item": { needs: "signed-in", run: adding.addItemBySku },
  "take-weight": { needs: "signed-in", run: weighing.takeWeight },
  "type-weight": { needs: "signed-in", run: weighing.typeWeight },
  "set-tare": { needs: "signed-in", run: weighing.setTare },
  "leave-weighing": { needs: "signed-in", run: weighing.leaveWeighing },
  "sell-stopped-pack": { needs: "signed-in", run: sellStoppedPack },
  "add-open-price": { needs: "signed-in", run: adding.addOpenPrice },
  "set-quantity": { needs: "signed-in", run: cart.setQuantity },
  "set-multiplier": { needs: "signed-in", run: adding.setMultiplier },
  "select-line": { needs: "signed-in", run: cart.selectLine },
  "void-line": { needs: "signed-in", run: voidLine },
  "void-sale": { needs: "signed-in", run: voidSale },
  "discount-line": { needs: "signed-in", run: discountLine },
  "discount-sale": { needs: "signed-in", run: discountSale },
  "set-rounding": { needs: "signed-in", run: cart.setRounding },
  "hold-sale": { needs: "signed-in", run: holdSale },
  "recall-sale": { needs: "signed-in", run: recallSale },
  "shared-held": { needs: "signed-in", run: readSharedHeld },
  "give-held-sale": { needs: "signed-in", run: giveHeldSale },
  "take-held-sale": { needs: "signed-in", run: takeHeldSale },
  "drop-held-move": { needs: "signed-in", run: dropHeldMove },

  "take-payment": { needs: "signed-in", run: paying.takePayment },
  "leave-payment": { needs: "signed-in", run: paying.leavePayment },
  "pay-cash": { needs: "signed-in", run: paying.payCash },
  "show-qr": { needs: "signed-in", run: paying.showQr },
  "set-code-amount": { needs: "signed-in", run: paying.setCodeAmount },
  "show-carried": { needs: "signed-in", run: showCarried },
  "type-carried-code": { needs: "signed-in", run: typeCarriedCode },
  "cancel-attempt": { needs: "signed-in", run: paying.cancelAttempt },
  "ask-attempt": { needs: "signed-in", run: paying.askAttempt },
  "park-sale": { needs: "signed-in", run: parkSale },
  "pay-static-code": { needs: "signed-in", run: payStaticCode },
  "remove-tender": { needs: "signed-in", run: paying.removeTender },
  "next-sale": { needs: "signed-in", run: paying.leavePayment },

  "dismiss-notice": { needs: "signed-in", run: (till, args) => dismissNotice(till, args.noticeId) },
  "reprint-receipt": { needs: "signed-in", run: reprinting.reprintReceipt },
  "resolve-print": { needs: "signed-in", run: reprinting.resolvePrint },

  "print-jobs": { needs: "signed-in", run: readPrintJobs },
  "cancel-print": { needs: "signed-in", run: cancelPrint },

  "search-items": { needs: "signed-in", run: reading.searchItems },
  "list-categories": { needs: "signed-in", run: reading.listCategories },
  "list-items": { needs: "signed-in", run: reading.listItems },
  day: { needs: "signed-in", run: reading.readDay },
  "day-sales": { needs: "signed-in", run: reading.readDaySales },
  "sale-detail": { needs: "signed-in", run: reading.readSale },
  "find-sale": { needs: "signed-in", run: findSale },
  "other-sale": { needs: "signed-in", run: readOtherSale },

  "refund-sale": { needs: "signed-in", run: refundSale },
  "refund-charge": { needs: "signed-in", run: refundCharge },
  "retry-refund": { needs: "signed-in", run: retryRefund },
  "send-refund-onward": { needs: "signed-in", run: sendRefundOnward },
  "settle-refund-otherwise": { needs: "signed-in", run: settleRefundOtherwise },
  "open-refunds": { needs: "signed-in", run: reading.readOpenRefunds },

  "open-carried": { needs: "signed-in", run: readOpenCarried },
  "static-takings": { needs: "signed-in", run: staticTakings.readStaticTakings },
  "match-static-taking": { needs: "signed-in", run: staticTakings.matchStaticTaking },
  "write-off-static-taking": { needs: "signed-in", run: staticTakings.writeOffStaticTaking },

  "reconciliation-days": { needs: "signed-in", run: reconciling.readReconciliationDays },
  "reconciliation-day": { needs: "signed-in", run: reconciling.readReconciliationDay },
  findings: { needs: "signed-in", run: reconciling.readFindings },
  "run-reconciliation": { needs: "signed-in", run: reconciling.runReconciliation },
  "cancel-reconciliation": { needs: "signed-in", run: reconciling.cancelReconciliation },
  "ask-about-finding": { needs: "signed-in", run: askAboutFinding },
  "settle-finding": { needs: "signed-in", run: reconciling.settleFinding },
  "export-reconciliation": { needs: "signed-in", run: reconciling.exportReconciliation },

  enrol: { needs: "signed-in", run: syncing.enrol },
  "sync-now": { needs: "signed-in", run: syncing.syncNow },
  "agreement-days": { needs: "signed-in", run: syncing.readAgreementDays },
  "acknowledge-sync-alarm": { needs: "signed-in", run: syncing.acknowledgeSyncAlarm },
  "set-pin": { needs: "signed-in", run: syncing.setPin },

  ...shiftIntents,
  ...stockIntents,
  ...setupIntents,
  ...settingsIntents,
  ...deviceIntents,
  ...officeIntents,
  ...returnIntents,
  ...looseReturnIntents,
  ...pricingIntents,
  ...openPriceIntents,
  ...memberIntents,
  ...catalogIntents,
  ...itemImageIntents,
  ...labelIntents,
  ...reportIntents,
  ...peopleIntents,
  ...auditIntents,
  ...healthIntents,
  ...trainingIntents,
  ...backupIntents,
};

/** A code from the window instead of a device: typed by hand. */
export function scanOf(args: IntentArgs<"scan">, nowMs: number): Scan {
  return { deviceId: args.by, text: args.text, aim: null, source: "typed", atMs: nowMs };
}

function setLocale(till: TillContext, args: IntentArgs<"set-locale">): Outcome {
  till.state.locale = args.locale;
  till.changed("shop");
  return done;
}
