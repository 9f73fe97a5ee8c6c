import type { Locale } from "#contract/config/terminal.ts";
import type { PrinterTrouble } from "#contract/devices/messages.ts";
import type { DonePoints, SaleMemberView } from "#contract/ipc/member-view.ts";
import type { CarriedNotice, CarriedTyping } from "#contract/ipc/carried-view.ts";
import type { LegacyPaymentView } from "#contract/ipc/legacy-intents.ts";
import type { AskedPriceView } from "#contract/ipc/open-price-intents.ts";
import type { ExchangeView } from "#contract/ipc/return-view.ts";
import type { LookView } from "#contract/ipc/settings-intents.ts";
import type { WeighingView } from "#contract/ipc/weighing-view.ts";
import type { ConnectionTestView } from "#contract/ipc/setup-view.ts";
import type { StatusView } from "#contract/ipc/status-view.ts";
import type { SyncView } from "#contract/ipc/sync-view.ts";
import type { ReportsStatusView } from "#contract/ipc/report-intents.ts";
import type { ReconciliationStatusView } from "#contract/ipc/reconciliation-view.ts";
import type { Role } from "#core/access/role.ts";
import type { Gs1Refusal } from "#core/barcode/gs1/read-gs1.ts";
import type { Discount, LineSource, LineWeighing, Rounding } from "#core/cart/cart.ts";
import type { Fen } from "#core/money/fen.ts";
import type { Pack, PackState } from "#core/pack/pack.ts";
import type { StalePack, StaleState } from "#contract/ipc/stale-pack.ts";
import type { StockNotice } from "#contract/ipc/stock-notice.ts";
import type { Milli, Unit } from "#core/quantity/quantity.ts";
import type { AttemptKind, MoneyWord } from "#core/tender/attempt.ts";
import type { RefusedReason, UnknownCause } from "#core/tender/gateway-answer.ts";

/**
 * All that the till window shows. Main builds it, the renderer draws it and decides nothing. It is sent whole once and
 * then by section: a message carries the sections that changed, each whole (a 200-line cart is about 60 kB).
 */
export interface TillView {
  readonly shop: ShopView;
  readonly session: SessionView | null;
  /** Who may sign in, for the sign-in screen. */
  readonly people: readonly PersonView[];
  readonly shift: ShiftView | null;
  readonly sale: SaleView;
  readonly payment: PaymentView | null;
  /** The item that is on its way over the scale. */
  readonly weighing: WeighingView | null;
  /** The goods that wait for their price. */
  readonly askedPrice: AskedPriceView | null;
  readonly notices: readonly NoticeView[];
  readonly held: readonly HeldView[];
  readonly lastSales: readonly LastSaleView[];
  readonly status: StatusView;
  /** Payments of any sale whose end is not known: cashier and manager see them until they are resolved. */
  readonly openAttempts: readonly AttemptView[];
  /** How far a connection test is, or what it found; holds nothing of the set-up itself. */
  readonly connectionTest: ConnectionTestView;
  /** Null where the shop takes no WeChat Pay. */
  readonly reconciliation: ReconciliationStatusView | null;
  readonly sync: SyncView;
  readonly reports: ReportsStatusView;
}

export interface ShopView {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly terminalId: string;
  readonly locale: Locale;
  /** Minutes east of UTC: the shop's clock, whatever the machine's is set to. */
  readonly utcOffsetMinutes: number;
  readonly isDemo: boolean;
  /** Nothing here is a real sale: own books, simulated payments, marked papers. */
  readonly isTraining: boolean;
  readonly takesWechat: boolean;
  /** A merchant is set up and payments are off all the same: its keys cannot be used. */
  readonly isWechatBroken: boolean;
  /** A printer that prints on paper; without one receipts and slips are only shown. */
  readonly hasPrinter: boolean;
  readonly hasDrawer: boolean;
  /** Absent in a till without pages of settings: everything is as usual. */
  readonly look?: LookView;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Demo store only: shown on the sign-in screen. */
  readonly demoPin: string | null;
  readonly lockedUntilMs: number;
  /** False for somebody head office has just added: a manager gives them their PIN (`set-pin`). */
  readonly hasPin: boolean;
  /** Their badge was shown, and the shop wants the PIN too. */
  readonly hasShownBadge: boolean;
}

export interface SessionView {
  readonly cashierId: string;
  readonly name: string;
  readonly role: Role;
  /** Nothing of the till is shown until somebody says who they are; the sale behind it stays. */
  readonly isLocked: boolean;
  /** By the shop's rights: the day's figures, and what they lead to. */
  readonly seesReports: boolean;
}

export interface ShiftView {
  readonly shiftId: string;
  readonly openedAtMs: number;
  readonly openedByName: string;
  readonly businessDate: string;
  readonly floatFen: Fen;
}

export interface LineView {
  readonly lineId: string;
  readonly number: number;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly unit: Unit;
  readonly unitPriceFen: Fen;
  readonly quantity: Milli;
  readonly source: LineSource;
  /** Quantity cannot be changed: a scale's word, on a label or over the wire. */
  readonly isQuantityFixed: boolean;
  /** Of a line that was weighed at this till. */
  readonly weighing: LineWeighing | null;
  readonly discount: Discount | null;
  /** Lot and dates read off the pack, and how it stands today; absent where nothing was read. */
  readonly pack?: Pack & { readonly state: PackState };
  readonly grossFen: Fen;
  readonly discountFen: Fen;
  /** Gross less the line's own discount and promotions on its goods. */
  readonly amountFen: Fen;
  /** Promotions on goods that take something off this line; absent where none does. */
  readonly promotions?: readonly SavingView[];
  /** 原价: what it costs in the catalogue, where a person has set another price; absent where none has. */
  readonly overrides?: { readonly fromFen: Fen; readonly reason: string };
  /** 开放价: the price was typed at the till. */
  readonly isTypedPrice?: true;
}

/** What a promotion saves, by the name the customer reads. */
export interface SavingView {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly savedFen: Fen;
  /** 会员价: because the sale is a member's. */
  readonly isMemberOnly?: true;
}

/** A coupon in the sale; `isUsed` where its promotion takes something off now. */
export interface CouponView {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly isUsed: boolean;
}

export interface SaleView {
  readonly saleId: string;
  readonly lines: readonly LineView[];
  readonly currentLineId: string | null;
  /** Grows with every scan answered, found or not; the renderer flashes and tests measure by it. */
  readonly scanCount: number;
  /** Typed before a scan (`3*`): what the next scan or tap adds; null is one. */
  readonly multiplier: Milli | null;
  readonly pieceCount: number;
  readonly grossFen: Fen;
  readonly lineDiscountFen: Fen;
  /** What all promotions take off, those on goods and on the sale; absent, as all of the next, where there is none. */
  readonly promotionFen?: Fen;
  /** Promotions on the sale, by name. */
  readonly salePromotions?: readonly SavingView[];
  readonly coupons?: readonly CouponView[];
  readonly member?: SaleMemberView;
  readonly saleDiscount: Discount | null;
  readonly saleDiscountFen: Fen;
  readonly rounding: Rounding;
  readonly roundingFen: Fen;
  readonly totalFen: Fen;
  /** Goods brought back that pay for these; left out where there are none. */
  readonly exchange?: ExchangeView;
}

export type TenderView =
  | {
      readonly kind: "cash";
      readonly tenderId: string;
      readonly amountFen: Fen;
      readonly receivedFen: Fen;
      readonly changeFen: Fen;
    }
  | { readonly kind: "wechat"; readonly tenderId: string; readonly amountFen: Fen; readonly method: AttemptKind }
  /** To the shop's printed code, by the cashier's word: not verified. */
  | { readonly kind: "static-code"; readonly tenderId: string; readonly amountFen: Fen };

export interface AttemptView {
  readonly outTradeNo: string;
  readonly saleId: string;
  readonly kind: AttemptKind;
  readonly amountFen: Fen;
  readonly word: MoneyWord;
  /** What is going on, finer than the word; the sentence on the screen comes from it. */
  readonly phase:
    | "sending"
    | "customer-enters-password"
    | "waiting-for-answer"
    | "qr-shown"
    | "cancelling"
    | "paid"
    | "refused"
    | "reversed"
    | "abandoned"
    | "needs-manager";
  readonly refusedReason: RefusedReason | null;
  readonly unknownCause: UnknownCause | null;
  /** True when money had moved and went back to the customer. */
  readonly wasRefunded: boolean;
  readonly startedAtMs: number;
  readonly deadlineAtMs: number | null;
  readonly canCancel: boolean;
  /** `ask-attempt` would put a question. */
  readonly canAsk: boolean;
  /** The undo was not confirmed in the gateway's days: a manager may have the charge given back (`refund-charge`). */
  readonly canGiveBack: boolean;
  /** What the QR says while the customer may scan it, for a copy of the QR on the cashier's side. */
  readonly codeUrl: string | null;
  readonly carried?: CarriedTyping;
}

/** The payment dialog; it exists from "take payment" until the next sale begins or the cashier steps back. */
export interface PaymentView {
  readonly stage:
    /** Choosing how to pay; a payment code may be scanned. */
    | "choose"
    /** One WeChat attempt is under way or has just ended without money: see `attempt`. */
    | "wechat"
    /** The sale is committed. */
    | "done";
  readonly totalFen: Fen;
  readonly tenders: readonly TenderView[];
  readonly leftFen: Fen;
  /** The part of a split that the next WeChat payment takes; null is all that is left. */
  readonly codeAmountFen: Fen | null;
  readonly offersCarried: boolean;
  /** Distinct quick amounts for cash, the exact one first. */
  readonly quickCashFen: readonly Fen[];
  readonly attempt: AttemptView | null;
  /** Who has asked for it, where an old till has: WeChat Pay alone, and the whole amount. Absent for a sale of this till. */
  readonly legacy?: LegacyPaymentView;
  readonly done: {
    readonly saleId: string;
    readonly saleNumber: string;
    readonly totalFen: Fen;
    readonly changeFen: Fen;
    /** Of the total, what only the cashier's word says is paid. */
    readonly staticCodeFen: Fen;
    /** Given back beside an exchange; left out where nothing was. */
    readonly back?: { readonly cashFen: Fen; readonly wechatFen: Fen };
    /** Of a member's sale. */
    readonly points?: DonePoints;
    readonly receipt: ReceiptStatus;
  } | null;
}

/** `spooled`: the operating system's print queue has it, and cannot say whether it is on paper. */
export type ReceiptStatus = "waiting" | "printing" | "printed" | "spooled" | "unknown" | "not-printed" | "shown-only";

export interface HeldView {
  readonly saleId: string;
  readonly label: string;
  readonly heldAtMs: number;
  readonly cashierName: string;
  readonly lineCount: number;
  readonly totalFen: Fen;
  readonly paidFen: Fen;
  readonly hasOpenAttempt: boolean;
  /** On its way to every till, or from them to this one, and nobody has said yet whose it is. */
  readonly move: "giving" | "taking" | null;
}

export interface LastSaleView {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly completedAt: string;
  readonly totalFen: Fen;
  readonly changeFen: Fen;
}

/** A sentence for the cashier that does not block; newest last, at most 5. */
export type NoticeView = { readonly id: string; readonly atMs: number } & (
  | { readonly kind: "unknown-barcode"; readonly text: string }
  | { readonly kind: "bad-check-digit"; readonly text: string }
  | { readonly kind: "unknown-label-item"; readonly scaleCode: string }
  | { readonly kind: "payment-code-too-early" }
  | { readonly kind: "other-wallet-code"; readonly wallet: "alipay" | "unionpay" }
  | { readonly kind: "scan-while-not-selling"; readonly why: "signed-out" | "no-shift" | "paying" }
  | { readonly kind: "scan-unreadable" }
  /** One of our own receipts: the sale may be opened or printed again. */
  | { readonly kind: "receipt-scanned"; readonly saleNumber: string; readonly saleId: string }
  /** A receipt of another till of the shop; `text` is what `find-sale` is asked with. */
  | { readonly kind: "other-receipt-scanned"; readonly saleNumber: string; readonly text: string }
  /** A code that was understood and could not be taken; the intent fault of the same name says why. */
  | {
      readonly kind: "scan-refused";
      readonly fault:
        | "quantity-out-of-range"
        | "amount-out-of-range"
        | "amount-over-left"
        | "wechat-not-set-up"
        | "gateway-away"
        | "weighing-under-way"
        | "price-asked"
        /** A coupon before any goods. */
        | "empty-cart"
        | "coupon-not-now"
        | "coupon-spent"
        | "coupon-already-in-cart"
        | "too-many-coupons"
        /** A card that is no member's of this till. */
        | "member-unknown";
    }
  /** A scale's label that contradicts its item. */
  | {
      readonly kind: "label-refused";
      readonly why: "empty-label" | "label-does-not-fit-item" | "amount-and-weight-disagree";
    }
  /** The payment of a sale that was put aside has ended. */
  | {
      readonly kind: "parked-payment-ended";
      readonly saleId: string;
      readonly amountFen: Fen;
      readonly word: "paid" | "not-paid";
    }
  /** An old till's payment has ended and took nothing; its own screen says why. */
  | { readonly kind: "legacy-not-paid"; readonly saleSystem: string; readonly amountFen: Fen }
  /** A pack past its date: not in the cart, and only a manager's word puts it there (`sell-stopped-pack`). */
  | ({ readonly kind: "pack-stopped"; readonly stopId: string; readonly why: StaleState } & StalePack)
  /** Sold all the same; the cashier tells the customer. */
  | ({ readonly kind: "pack-past-best-before" } & StalePack)
  | StockNotice
  /** The same pack a second time: it is in the cart already. */
  | { readonly kind: "double-scan"; readonly nameZh: string; readonly nameEn: string; readonly serial: string }
  /** GS1 data that is not taken; `ai` is the application identifier it is about, empty where there is none. */
  | { readonly kind: "gs1-refused"; readonly why: Gs1Refusal["kind"]; readonly ai: string }
  | { readonly kind: "cart-full" }
  | { readonly kind: "printer-trouble"; readonly trouble: PrinterTrouble | "not-connected"; readonly waiting: number }
  | { readonly kind: "print-unknown"; readonly jobId: string; readonly saleNumber: string | null }
  /** A job whose stored lines are no receipt any more. */
  | { readonly kind: "print-failed"; readonly jobId: string; readonly saleNumber: string | null }
  /** The next sale is being paid and the drawer still stands open. */
  | { readonly kind: "drawer-open" }
  | { readonly kind: "drawer-not-opened"; readonly why: "expired" | "no-drawer" | "unknown" }
  | { readonly kind: "late-payment-reversed"; readonly saleId: string; readonly amountFen: Fen }
  | CarriedNotice
  /**
   * A refund through WeChat Pay has ended; `not-given-back` waits for a manager, and so does `at-shop`: stuck money that
   * was sent on to the shop's own account.
   */
  | {
      readonly kind: "refund-ended";
      /** Null where no sale books the payment. */
      readonly saleId: string | null;
      /** The sale's number, or the payment's own where no sale books it. */
      readonly number: string;
      readonly refundNo: string;
      readonly amountFen: Fen;
      readonly word: "given-back" | "not-given-back" | "at-shop";
    }
  /** The money left and did not arrive, or nothing definite came for days: somebody must look at the gateway. */
  | {
      readonly kind: "refund-stuck";
      readonly refundNo: string;
      readonly number: string;
      readonly amountFen: Fen;
    }
  /** What became of a held sale that was on its way, when nobody waited for it any more. */
  | {
      readonly kind: "held-move-ended";
      readonly saleId: string;
      readonly totalFen: Fen;
      readonly end: "came" | "taken" | "gone" | "kept";
      /** Which till has it, where `taken`. */
      readonly by: string | null;
    }
  | { readonly kind: "storage-trouble" }
  /** Nothing was written, and the same may be done again once there is room. */
  | { readonly kind: "disk-full" }
  /** The disk failed, and the till is about to start again to see what it holds. */
  | { readonly kind: "disk-restart" }
  /** It has done so. */
  | { readonly kind: "disk-checked" }
  /** A newer version was put in, did not pass its self-check, and the one before runs again. */
  | { readonly kind: "update-failed"; readonly version: string }
  /** catalog.db could not be read and is fetched from head office again. */
  | { readonly kind: "catalogue-damaged" }
  /** `unknown`: nobody's any more. `locked`: too many wrong tries. `paying`: a payment is under way. */
  | { readonly kind: "badge-refused"; readonly why: "unknown" | "locked" | "paying" }
  /** The machine's calendar was set; both as `2026-03-02 10:15` in the shop. */
  | { readonly kind: "clock-jumped"; readonly from: string; readonly to: string }
);

export type TillViewPatch = { readonly [K in keyof TillView]?: TillView[K] };
