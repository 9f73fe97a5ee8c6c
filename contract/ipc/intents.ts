import { z } from "zod";
import type {
  CategoryView,
  DayView,
  FoundItemsView,
  ItemView,
  SaleDetailView,
  SaleRowView,
  CarriedView,
  StaticTakingsView,
} from "#contract/ipc/manager-view.ts";
import type { OtherSaleView, RefundView } from "#contract/ipc/refund-view.ts";
import type { FindingView, ReconciliationDayRow, ReconciliationDayView } from "#contract/ipc/reconciliation-view.ts";
import { auditSchemas, type AuditAnswers } from "#contract/ipc/audit-intents.ts";
import { type BackupAnswers, backupSchemas } from "#contract/ipc/backup-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { deviceSchemas, type DeviceAnswers } from "#contract/ipc/device-intents.ts";
import { officeSchemas, type OfficeAnswers } from "#contract/ipc/office-intents.ts";
import { healthSchemas, type HealthAnswers } from "#contract/ipc/health-intents.ts";
import { heldSchemas, type HeldAnswers } from "#contract/ipc/held-intents.ts";
import { peopleSchemas, type PeopleAnswers } from "#contract/ipc/people-intents.ts";
import { shiftSchemas, type ShiftAnswers } from "#contract/ipc/shift-intents.ts";
import type { PrintJobView } from "#contract/ipc/print-view.ts";
import { looseReturnSchemas, type LooseReturnAnswers } from "#contract/ipc/loose-return-intents.ts";
import { returnSchemas, type ReturnAnswers } from "#contract/ipc/return-intents.ts";
import { openPriceSchemas } from "#contract/ipc/open-price-intents.ts";
import { memberSchemas, type MemberAnswers } from "#contract/ipc/member-intents.ts";
import { pricingSchemas, type PricingAnswers } from "#contract/ipc/pricing-intents.ts";
import { catalogSchemas, type CatalogAnswers } from "#contract/ipc/catalog-intents.ts";
import { itemImageSchemas, type ItemImageAnswers } from "#contract/ipc/item-image-intents.ts";
import { stockSchemas, type StockAnswers } from "#contract/ipc/stock-intents.ts";
import { type LegacyFileAnswers, legacyFileSchemas } from "#contract/ipc/legacy-file-intents.ts";
import { type LegacyAnswers, legacySchemas } from "#contract/ipc/legacy-intents.ts";
import { type LabelAnswers, labelSchemas } from "#contract/ipc/label-intents.ts";
import { reportSchemas, type ReportAnswers } from "#contract/ipc/report-intents.ts";
import { setupSchemas } from "#contract/ipc/setup-intents.ts";
import type { SetupView } from "#contract/ipc/setup-view.ts";
import { settingsSchemas, type SettingsAnswers } from "#contract/ipc/settings-intents.ts";
import { syncSchemas, type SyncAnswers } from "#contract/ipc/sync-intents.ts";
import { trainingSchemas } from "#contract/ipc/training-intents.ts";
import type { TillView } from "#contract/ipc/till-view.ts";
import type { StaticTaking } from "#core/tender/static-taking.ts";

/**
 * Every intent the till window may send, with the shape of its arguments. Main checks the sender, parses the arguments
 * with these schemas, checks who is signed in, and only then acts.
 */

const id = z.string().min(1).max(64);
const amountFen = z.int().min(0).max(1_000_000_000);
const pin = z.string().regex(/^\d{4,8}$/);
const discount = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("amount"), amountFen: amountFen.min(1) }),
    z.strictObject({ kind: z.literal("percent"), basisPoints: z.int().min(1).max(10_000) }),
  ])
  .nullable();
/** A manager's PIN typed for this one action; asked for when an intent answers `approval-needed`. */
const approvalPin = pin.optional();
const none = z.strictObject({});
const billDay = z.iso.date();
const finding = z.strictObject({ day: billDay, key: z.string().min(1).max(128) });

export const intentSchemas = {
  look: none,

  "sign-in": z.strictObject({ cashierId: id, pin }),
  "sign-out": none,
  "set-locale": z.strictObject({ locale: z.enum(["zh-CN", "en"]) }),

  /** A code typed by hand. */
  scan: z.strictObject({ text: z.string().min(1).max(256), by: z.literal("typed") }),
  /** An item sold by weight goes over the scale first, unless a multiplier says what it weighs. */
  "add-item": z.strictObject({ sku: id, quantity: z.int().min(1).max(99_999_000), by: z.enum(["search", "tile"]) }),
  /** Takes what the scale weighs, which must still be the grams the screen showed. */
  "take-weight": z.strictObject({
    grams: z.int().min(1).max(999_999),
    /** The cashier's word that the next goods weigh what the last ones did: the tray was not seen to change. */
    sameAgain: z.boolean().optional(),
  }),
  /** A weight typed by hand, tare included; the line remembers that it was typed. */
  "type-weight": z.strictObject({ grams: z.int().min(1).max(99_999_000) }),
  "set-tare": z.strictObject({ grams: z.int().min(0).max(30_000) }),
  "leave-weighing": none,
  /** Sells a pack that was stopped for its date, by a manager's word. */
  "sell-stopped-pack": z.strictObject({ stopId: id, approvalPin }),
  "add-open-price": z.strictObject({
    name: z.string().trim().min(1).max(40),
    priceFen: amountFen.min(1),
    barcode: z.string().max(128).nullable(),
  }),
  "set-quantity": z.strictObject({ lineId: id, quantity: z.int().min(1).max(99_999_000) }),
  /** The next scan or tap adds this many (`3*`); null forgets it. Thousandths. */
  "set-multiplier": z.strictObject({ quantity: z.int().min(1).max(99_999_000).nullable() }),
  "select-line": z.strictObject({ lineId: id }),
  "void-line": z.strictObject({ lineId: id }),
  "void-sale": z.strictObject({ approvalPin }),
  "discount-line": z.strictObject({ lineId: id, discount, approvalPin }),
  "discount-sale": z.strictObject({ discount, approvalPin }),
  "set-rounding": z.strictObject({ rounding: z.enum(["none", "jiao", "yuan"]) }),
  /** `forEveryTill`: it is given away as soon as it is held; where nobody answers it stays here. */
  "hold-sale": z.strictObject({ label: z.string().trim().max(20), forEveryTill: z.boolean().optional() }),
  "recall-sale": z.strictObject({ saleId: id }),

  /** Opens the dialog; in it, leads from an ended attempt back to choosing, and finishes a sale with nothing left to pay. */
  "take-payment": none,
  /** Steps back to the cart; refused while an attempt is unfinished. */
  "leave-payment": none,
  "pay-cash": z.strictObject({ receivedFen: amountFen.min(1) }),
  /**
   * What the customer paid to the shop's printed code, as the cashier has seen it on their phone: all that is left or a
   * part. A manager's PIN, except while the gateway is out of reach.
   */
  "pay-static-code": z.strictObject({ amountFen: amountFen.min(1), approvalPin }),
  /** Shows a QR on the customer display for what is left, or for a part of it. */
  "show-qr": z.strictObject({ amountFen: amountFen.min(1).nullable() }),
  /** The part of a split that the next scanned payment code pays; null is all that is left. */
  "set-code-amount": z.strictObject({ amountFen: amountFen.min(1).nullable() }),
  "cancel-attempt": z.strictObject({ outTradeNo: id }),
  /** The request for the customer's phone, onto the customer's display, while WeChat Pay is out of reach. */
  "show-carried": z.strictObject({ amountFen: amountFen.min(1).nullable() }),
  /** The eight digits the phone shows once it has paid, with or without their gap. */
  "type-carried-code": z.strictObject({ outTradeNo: id, code: z.string().regex(/^\s*\d{4}[\s-]?\d{4}\s*$/) }),
  /** Asks WeChat about a payment whose end is not known at once, instead of at its next turn. */
  "ask-attempt": z.strictObject({ outTradeNo: id }),
  /** Puts the sale aside while its attempt is resolved in the background, so that the queue moves on. */
  "park-sale": none,
  /** Cash, or a static-code taking: what the cashier's word alone has made a tender. */
  "remove-tender": z.strictObject({ tenderId: id }),
  /** Leaves the "done" panel at once. */
  "next-sale": none,

  "dismiss-notice": z.strictObject({ noticeId: id }),
  "reprint-receipt": z.strictObject({ saleId: id }),
  "resolve-print": z.strictObject({ jobId: id, as: z.enum(["printed", "print-again"]) }),

  /** The last papers, for a manager; and taking out of the queue one that waits. */
  "print-jobs": none,
  "cancel-print": z.strictObject({ jobId: id }),

  "search-items": z.strictObject({ text: z.string().max(64), limit: z.int().min(1).max(200) }),
  "list-categories": none,
  "list-items": z.strictObject({ categoryId: id.nullable(), limit: z.int().min(1).max(500), afterSku: id.nullable() }),

  day: z.strictObject({ businessDate: z.iso.date().nullable() }),
  "day-sales": z.strictObject({
    businessDate: z.iso.date().nullable(),
    limit: z.int().min(1).max(200),
    before: id.nullable(),
  }),
  "sale-detail": z.strictObject({ saleId: id }),
  /** By what is printed on our receipt, or the payment number (商户单号) in the customer's WeChat bill. */
  "find-sale": z.strictObject({ text: z.string().trim().min(1).max(256) }),
  /** Another till's sale that `find-sale` has found. */
  "other-sale": z.strictObject({ saleId: id }),

  /** Gives back part of one payment of a sale; always by a manager's word. */
  "refund-sale": z.strictObject({
    /** Made when the dialog opens and kept for every press of its key: a second press gives nothing twice. */
    requestId: id,
    saleId: id,
    tenderId: id,
    amountFen: amountFen.min(1),
    /** The customer reads it in the bill; may be empty. */
    reason: z.string().trim().max(40),
    /** Cash from the drawer for what was paid by phone; only where the gateway does not give it back. */
    inCash: z.boolean().optional(),
    approvalPin,
  }),
  /**
   * Gives back a payment that no sale books: cancelled here, charged at the gateway. The whole of it, once; main asks
   * the gateway first. Refused again: under the same number; closed: under a new one.
   */
  "refund-charge": z.strictObject({
    /** As of `refund-sale`: kept for every press of the key. */
    requestId: id,
    outTradeNo: id,
    reason: z.string().trim().max(40),
    approvalPin,
  }),
  /** A refused refund again, or a closed one under a new number. */
  "retry-refund": z.strictObject({ refundNo: id, approvalPin }),
  /** Where the money of a stuck refund goes. Card and name go to the gateway, sealed, and are kept nowhere. */
  "send-refund-onward": z.strictObject({
    refundNo: id,
    onward: z.discriminatedUnion("to", [
      z.strictObject({ to: z.literal("shop-account") }),
      z.strictObject({
        to: z.literal("customer-card"),
        bankType: z.string().regex(/^[A-Z0-9_]{3,16}$/),
        account: z.string().regex(/^\d{12,19}$/),
        name: z.string().trim().min(1).max(32),
      }),
    ]),
    approvalPin,
  }),
  /** A manager has seen to a refund that did not reach the customer, such as by giving the money another way. */
  "settle-refund-otherwise": z.strictObject({ refundNo: id, approvalPin }),
  /** Takings by the shop's printed code: the open ones, oldest first, then the last ended ones. For a manager. */
  "static-takings": none,
  /** Payments on customers' phones that head office does not agree on yet. For a manager. */
  "open-carried": none,
  /** Found in the shop's WeChat records under this number (交易单号): 28 digits today, up to 32 by WeChat's documents. */
  "match-static-taking": z.strictObject({
    tenderId: id,
    transactionId: z
      .string()
      .trim()
      .regex(/^\d{10,32}$/),
    approvalPin,
  }),
  /** Looked for and not there: the money never came. */
  "write-off-static-taking": z.strictObject({
    tenderId: id,
    reason: z.string().trim().min(2).max(100),
    approvalPin,
  }),
  /** Refunds whose end is not known yet, and those that did not reach the customer. */
  "open-refunds": none,

  /** The gateway's bills, day by day in Beijing; newest first. */
  "reconciliation-days": none,
  "reconciliation-day": z.strictObject({ day: billDay }),
  findings: z.strictObject({
    day: billDay,
    group: z.enum([
      ...["open", "missing-here", "missing-there", "amount", "twice", "refunds", "midnight", "matched"],
    ] as const),
    limit: z.int().min(1).max(200),
    /** A position of the last row known; 0 begins. */
    after: z.int().min(0),
  }),
  /** Fetches a day's bill and compares it; how far it is stands in the view. */
  "run-reconciliation": z.strictObject({ day: billDay }),
  "cancel-reconciliation": none,
  /** Asks the gateway about a finding, or has the till's own open attempt asked about at once. */
  "ask-about-finding": finding,
  /** A manager's word that this finding is dealt with, and how. */
  "settle-finding": finding.extend({ reason: z.string().trim().min(2).max(100), approvalPin: pin }),
  /** Asks where to, and writes the day's findings there as CSV. */
  "export-reconciliation": z.strictObject({ day: billDay }),

  ...heldSchemas,
  ...shiftSchemas,
  ...returnSchemas,
  ...looseReturnSchemas,
  ...reportSchemas,
  ...stockSchemas,
  ...peopleSchemas,
  ...auditSchemas,
  ...healthSchemas,
  ...trainingSchemas,
  ...backupSchemas,
  ...setupSchemas,
  ...settingsSchemas,
  ...deviceSchemas,
  ...officeSchemas,
  ...syncSchemas,
  ...pricingSchemas,
  ...openPriceSchemas,
  ...memberSchemas,
  ...catalogSchemas,
  ...itemImageSchemas,
  ...labelSchemas,
  ...legacySchemas,
  ...legacyFileSchemas,
} as const;

export type IntentName = keyof typeof intentSchemas;
type SetupIntent = keyof typeof setupSchemas;
export type IntentArgs<N extends IntentName> = z.input<(typeof intentSchemas)[N]>;

interface IntentAnswers
  extends
    Record<SetupIntent, SetupView>,
    DeviceAnswers,
    OfficeAnswers,
    SettingsAnswers,
    SyncAnswers,
    HeldAnswers,
    CatalogAnswers,
    ItemImageAnswers,
    LabelAnswers,
    LegacyAnswers,
    LegacyFileAnswers,
    PricingAnswers,
    MemberAnswers,
    ReportAnswers,
    StockAnswers,
    PeopleAnswers,
    AuditAnswers,
    BackupAnswers,
    HealthAnswers,
    ShiftAnswers,
    LooseReturnAnswers,
    ReturnAnswers {
  look: TillView;
  "print-jobs": readonly PrintJobView[];
  "search-items": FoundItemsView;
  "list-categories": readonly CategoryView[];
  "list-items": readonly ItemView[];
  day: DayView;
  "day-sales": readonly SaleRowView[];
  "sale-detail": SaleDetailView;
  "find-sale": { readonly saleId: string; readonly isOther: boolean };
  "other-sale": OtherSaleView;
  "refund-sale": RefundView;
  "refund-charge": RefundView;
  "retry-refund": RefundView;
  "send-refund-onward": RefundView;
  "settle-refund-otherwise": RefundView;
  "open-refunds": readonly RefundView[];
  "static-takings": StaticTakingsView;
  "open-carried": CarriedView;
  "match-static-taking": StaticTaking;
  "write-off-static-taking": StaticTaking;
  "reconciliation-days": readonly ReconciliationDayRow[];
  "reconciliation-day": ReconciliationDayView;
  findings: readonly FindingView[];
  "ask-about-finding": FindingView;
  "settle-finding": FindingView;
  /** Null: the question where to was closed. */
  "export-reconciliation": { readonly rowCount: number } | null;
}

/** What an intent answers when it succeeds; most change the view and answer nothing. */
export type IntentAnswer<N extends IntentName> = N extends keyof IntentAnswers ? IntentAnswers[N] : null;

export type IntentResult<N extends IntentName> =
  | { readonly ok: true; readonly value: IntentAnswer<N> }
  | { readonly ok: false; readonly fault: IntentFault };
