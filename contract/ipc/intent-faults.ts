import type { OtherSaleFault } from "#contract/ipc/refund-view.ts";
import type { PlainAuditFault } from "#contract/ipc/audit-intents.ts";
import type { BackupFaultKind } from "#contract/ipc/backup-intents.ts";
import type { DeviceSetupFault } from "#contract/ipc/devices-view.ts";
import type { OfficeFault } from "#contract/ipc/office-intents.ts";
import type { HeldFault, PlainHeldFault } from "#contract/ipc/held-intents.ts";
import type { PlainPeopleFault } from "#contract/ipc/people-intents.ts";
import type { PlainShiftFault, ShiftFault } from "#contract/ipc/shift-intents.ts";
import type { LooseReturnFault } from "#contract/ipc/loose-return-intents.ts";
import type { PlainReturnFault, ReturnIntentFault } from "#contract/ipc/return-intents.ts";
import type { PlainHealthFault } from "#contract/ipc/health-intents.ts";
import type { OpenPriceFault, PlainOpenPriceFault } from "#contract/ipc/open-price-intents.ts";
import type { MemberFault } from "#contract/ipc/member-intents.ts";
import type { PricingFault } from "#contract/ipc/pricing-intents.ts";
import type { CatalogFault, PlainCatalogFault } from "#contract/ipc/catalog-intents.ts";
import type { ItemImageFault } from "#contract/ipc/item-image-intents.ts";
import type { ReportFault } from "#contract/ipc/report-intents.ts";
import type { BoundMoney } from "#contract/ipc/setup-view.ts";
import type { PlainStockFault, StockFault } from "#contract/ipc/stock-intents.ts";
import type { PlainSettingsFault, SettingsFault } from "#contract/ipc/settings-intents.ts";
import type { SyncFault } from "#contract/ipc/sync-intents.ts";
import type { PlainTrainingFault } from "#contract/ipc/training-intents.ts";
import type { CarriedRefusal } from "#core/carried/proof.ts";
import type { Fen } from "#core/money/fen.ts";

/** Refusals that need no fact beside their name. */
export type PlainFaultKind =
  | "bad-arguments"
  | "not-signed-in"
  | "not-allowed"
  | "approval-needed"
  | "approval-refused"
  | "no-shift"
  | "shift-already-open"
  | "shift-has-open-sale"
  | "empty-cart"
  /** An old till's payment has the screen: it is finished or cancelled first. */
  | "legacy-payment"
  | "too-many-old-tills"
  | "cart-busy"
  | "no-such-line"
  | "no-such-item"
  | "no-such-sale"
  | "no-such-tender"
  | "no-such-refund"
  | "no-such-return"
  | "refund-not-ended"
  /** A taking by the shop's printed code: not there, ended already, never received, or another payment's number. */
  | "no-such-taking"
  | "taking-has-ended"
  | "taking-never-received"
  | "transaction-used"
  | "refund-too-old"
  | "refund-too-many"
  | OtherSaleFault
  | "no-such-day"
  | "no-such-finding"
  | "finding-is-over"
  | "cannot-ask"
  | "bill-not-ready"
  | "bill-too-old"
  | "cannot-save-file"
  | "no-such-payment"
  | "refund-same-way"
  | "refund-not-stuck"
  | "payment-without-sale"
  | "payment-has-sale"
  | "payment-not-ended"
  | "charge-not-paid"
  | "charge-already-back"
  | "gateway-unclear"
  | "quantity-out-of-range"
  | "weighing-under-way"
  | "not-weighing"
  | "weight-not-ready"
  | "weight-changed"
  | "label-quantity-fixed"
  | "serial-already-in-cart"
  | "no-such-pack"
  | "discount-too-large"
  | "amount-out-of-range"
  | "amount-over-left"
  | "payment-under-way"
  | "not-taking-payment"
  | "wechat-not-set-up"
  /** WeChat Pay is out of reach by its last answer: nothing was sent, and no code is kept. */
  | "gateway-away"
  /** Payments on the customer's phone are for while WeChat Pay is out of reach, by a till that head office has given a secret. */
  | "carried-not-now"
  /** Head office alone gives such a payment back. */
  | "carried-by-office"
  | "cannot-cancel"
  | "no-printer"
  | "no-such-print"
  | "no-drawer"
  | "too-much-cash"
  | "setup-not-begun"
  | "setup-incomplete"
  | "setup-nothing-to-import"
  | "setup-keys-not-kept"
  | DeviceSetupFault
  | OfficeFault
  | SyncFault
  | PlainHeldFault
  | PlainShiftFault
  | PlainReturnFault
  | PricingFault
  | PlainOpenPriceFault
  | MemberFault
  | PlainCatalogFault
  | ItemImageFault
  | ReportFault
  | PlainStockFault
  | PlainPeopleFault
  | PlainAuditFault
  | PlainHealthFault
  | PlainTrainingFault
  | BackupFaultKind
  | PlainSettingsFault
  | "storage-trouble"
  | "disk-full"
  | "internal";

/** Why an intent was not carried out; each has its sentence in resources/locales. */
export type IntentFault =
  | { readonly kind: PlainFaultKind }
  | { readonly kind: "wrong-pin"; readonly triesLeft: number }
  | { readonly kind: "locked"; readonly untilMs: number }
  | { readonly kind: "cart-full"; readonly limit: number }
  /** A proof of a payment on the customer's phone that does not count. */
  | { readonly kind: "carried-refused"; readonly why: CarriedRefusal; readonly triesLeft: number }
  /** More than what remains to be given back of this payment. */
  | { readonly kind: "over-refundable"; readonly remainingFen: Fen }
  /** Money is under way with the present merchant, so the till stays with it. */
  | { readonly kind: "setup-bound"; readonly money: readonly BoundMoney[] }
  | HeldFault
  | ShiftFault
  | ReturnIntentFault
  | LooseReturnFault
  | CatalogFault
  | OpenPriceFault
  | StockFault
  | SettingsFault
  /** Refunds of one payment stand a minute apart. */
  | { readonly kind: "refund-too-soon"; readonly waitMs: number };
