import type { Locale, TerminalConfig } from "#contract/config/terminal.ts";
import type { Sound } from "#contract/ipc/channels.ts";
import type { DonePoints } from "#contract/ipc/member-view.ts";
import type { ConnectionTestView } from "#contract/ipc/setup-view.ts";
import type { StatusView } from "#contract/ipc/status-view.ts";
import type { NoticeView, TillView } from "#contract/ipc/till-view.ts";
import type { Cashier } from "#core/access/role.ts";
import type { LabelTemplate } from "#core/barcode/label-template.ts";
import type { Fen } from "#core/money/fen.ts";
import type { Milli } from "#core/quantity/quantity.ts";
import type { Shift } from "#core/shift/shift.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { AttemptDriver } from "#main/till/attempts/attempt-driver.ts";
import type { AuditBooks } from "#main/till/ports/audit-books.ts";
import type { Backups } from "#main/till/ports/backups.ts";
import type { CatalogDesk } from "#main/till/ports/catalog-desk.ts";
import type { CatalogStore } from "#main/till/ports/catalog-store.ts";
import type { ImportDesk } from "#main/till/ports/import-desk.ts";
import type { ImageDesk } from "#main/till/ports/image-desk.ts";
import type { DeviceSetup } from "#main/till/ports/device-setup.ts";
import type { Latency } from "#main/till/ports/latency.ts";
import type { MachineHealth } from "#main/till/ports/machine-health.ts";
import type { LegacyDoors } from "#main/till/ports/legacy-doors.ts";
import type { LegacyFiles } from "#main/till/ports/legacy-files.ts";
import type { MerchantSetup } from "#main/till/ports/merchant-setup.ts";
import type { TillSettings } from "#main/till/ports/till-settings.ts";
import type { OfficeSetup } from "#main/till/ports/office-setup.ts";
import type { Clock, NewId } from "#main/till/ports/clock.ts";
import type { Devices, DeviceStatus } from "#main/till/ports/devices.ts";
import type { StoppedPack } from "#main/till/packs/stopped-pack.ts";
import type { PinVault } from "#main/till/ports/pin-vault.ts";
import type { Reports } from "#main/till/ports/reports.ts";
import type { ReceiptQueue } from "#main/till/ports/receipt-queue.ts";
import type { Reconciler } from "#main/till/reconciliation/reconciler.ts";
import type { Inquiry } from "#main/till/reconciliation/inquiring.ts";
import type { TrainingDoor } from "#main/till/ports/training-door.ts";
import type { Sync } from "#main/till/ports/sync.ts";
import type { RefundDriver } from "#main/till/refunds/refund-driver.ts";
import type { ReportsState } from "#main/till/reports/reports-state.ts";
import type { StockState } from "#main/till/stock/stock-state.ts";
import type { HeldMovesState } from "#main/till/held/moves-state.ts";
import type { LooseScans } from "#main/till/loose-returns/hearing.ts";
import type { AskedPrice } from "#main/till/open-price/asked-price.ts";
import type { HealthState } from "#main/till/health/health-state.ts";
import type { LegacyState } from "#main/till/legacy/legacy-state.ts";
import type { LabelScans } from "#main/till/labels/scanned-labels.ts";
import type { Draft, SalesStore } from "#main/till/ports/sales-store.ts";
import type { Tray, Weighing } from "#main/till/weighing/weighing-state.ts";

/**
 * What the till is built from; app.ts alone makes the real ones. Payments may go over to another merchant and devices may
 * be changed while it runs, so `config.devices`, `attempts`, `refunds` and `isWechatBroken` are read at every use and
 * never kept.
 */
export interface TillDeps {
  readonly config: TerminalConfig;
  readonly labelTemplates: readonly LabelTemplate[];
  readonly store: SalesStore;
  readonly catalog: CatalogStore;
  readonly devices: Pick<Devices, "onScan" | "kickDrawer" | "onWeight" | "wantWeight" | "showOnPole"> &
    /** What must not be in the print queue's books is printed here; absent where nothing can print. */
    Partial<Pick<Devices, "print" | "cancelPrint">>;
  readonly receipts: ReceiptQueue;
  readonly attempts: AttemptDriver | null;
  /** Null where the shop takes no WeChat Pay. */
  readonly refunds: RefundDriver | null;
  /** True where a merchant is set up whose keys cannot be used: what is under way goes on waiting, nothing new begins. */
  readonly isWechatBroken?: boolean;
  /** Null in a till that is set up by hand alone. */
  readonly merchantSetup?: MerchantSetup | null;
  /** As above. */
  readonly deviceSetup?: DeviceSetup | null;
  /** What is set on the till's own pages; absent in a till that has no such pages. */
  readonly settings?: TillSettings;
  /** As above. */
  readonly officeSetup?: OfficeSetup | null;
  /** Goods that are edited, imported and exported here; null in a till that only sells them. */
  readonly goods?: {
    readonly desk: CatalogDesk;
    readonly lists: ImportDesk;
    /** Null or absent in a till that keeps no images. */
    readonly images?: ImageDesk | null;
  } | null;
  /** Null where the shop takes no WeChat Pay; so is `inquiry`. */
  readonly reconciler: Reconciler | null;
  readonly inquiry: Inquiry | null;
  /** Looks into the journal beside the till; absent in a till that nobody looks into. */
  readonly audit?: AuditBooks | null;
  /** What the machine says of itself; null or absent in a till that nobody looks after. */
  readonly machine?: MachineHealth | null;
  /** Absent where nothing is timed. */
  readonly latency?: Latency;
  /** Null or absent where no head office is configured. */
  readonly sync?: Sync | null;
  /** The door of old tills over HTTPS; null or absent where there is none. */
  readonly legacyDoors?: LegacyDoors | null;
  /** Files to and from other systems; null or absent where there are none. */
  readonly legacyFiles?: LegacyFiles | null;
  /** Null or absent in a till without workers: its reports are refused. */
  readonly reports?: Reports | null;
  /** Asks the manager for a place and a name; null when they close the question. */
  readonly askWhereToSave: (suggestedName: string) => Promise<string | null>;
  /** Writes rows to a file that appears when it is whole; false where the disk refuses. Absent: nothing can be saved. */
  readonly saveTable?: (path: string, rows: readonly (readonly string[])[]) => Promise<boolean>;
  readonly pins: PinVault;
  readonly clock: Clock;
  readonly newId: NewId;
  /** PINs to show on the sign-in screen, demo store only. */
  readonly demoPins: ReadonlyMap<string, string>;
  /** Sales here are for learning: own books, simulated payments, marked papers, and a drawer that stays shut. */
  readonly isTraining?: boolean;
  /** Null or absent where nobody can go through. */
  readonly training?: TrainingDoor | null;
  /** Null or absent in training: its books are nobody's. */
  readonly backups?: Backups | null;
  /** The screen locks by itself where the shop has set nothing. */
  readonly locksItself?: boolean;
  /** A version that was tried here and taken back; null or absent where there is none. */
  readonly failedUpdate?: string | null;
  /** The process before this one ended because the disk had failed. */
  readonly isAfterDiskTrouble?: boolean;
  readonly playSound: (sound: Sound) => void;
  readonly logFault: (what: string, cause: unknown) => void;
}

/** The payment dialog's own state; what is paid lives in the draft, on disk. */
export interface PaymentState {
  /** The attempt whose progress or end the dialog shows. */
  readonly attempt: Attempt | null;
  /** What the next scanned payment code pays; null is all that is left. */
  readonly codeAmountFen: Fen | null;
  readonly done: PaymentDone | null;
}

export interface PaymentDone {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly totalFen: Fen;
  readonly changeFen: Fen;
  readonly staticCodeFen: Fen;
  /** Given back beside an exchange. */
  readonly back?: { readonly cashFen: Fen; readonly wechatFen: Fen };
  /** Of a member's sale. */
  readonly points?: DonePoints;
  readonly printJobId: string;
}

/** Everything the till knows that is not on disk, and the part of the disk it works on. */
export interface TillState {
  cashier: Cashier | null;
  /** Somebody is signed in, and the screen asks who is there. */
  isLocked: boolean;
  /** When the till was last touched; and whether somebody waits for it to be idle. */
  touchedAtMs: number;
  isWatchingIdleness: boolean;
  /** Whose badge was shown where the shop wants the PIN too. */
  badgeShown: string | null;
  /** Badges in a row that are nobody's, and until when none is looked at. */
  unknownBadges: number;
  badgePausedUntilMs: number;
  locale: Locale;
  shift: Shift | null;
  /** The sale being rung up; an empty one is not on disk yet. */
  draft: Draft;
  multiplier: Milli | null;
  scanCount: number;
  weighing: Weighing | null;
  tray: Tray;
  askedPrice: AskedPrice | null;
  payment: PaymentState | null;
  notices: readonly NoticeView[];
  /** Packs stopped for their date, until a manager's word or the end of the sale; at most as many as notices. */
  stoppedPacks: readonly StoppedPack[];
  deviceStatuses: readonly DeviceStatus[];
  /** What the drawer's switch says; null where nobody can tell. */
  isDrawerOpen: boolean | null;
  gateway: StatusView["gateway"];
  /** The gateway is away and is being asked whether it is back. */
  isLookingForGateway: boolean;
  connectionTest: ConnectionTestView;
  /** Until then scans are looked at instead of sold. */
  selfTestUntilMs: number;
  /** The page of head office: until when a scanned enrolment code is its own, and the last one. */
  officeCode: {
    readonly listenUntilMs: number;
    readonly scanned: { readonly code: string; readonly atMs: number } | null;
  };
  labelScans: LabelScans;
  readonly legacy: LegacyState;
  looseScans: LooseScans;
  heldMoves: HeldMovesState;
  readonly reports: ReportsState;
  readonly stock: StockState;
  readonly health: HealthState;
  /** How often days and findings changed since the start. */
  reconciliationChanges: number;
  /** The customer display goes back to idle a while after the thank-you. */
  isThanking: boolean;
}

export type Section = keyof TillView;

/** Handed to every use case: the ports, the state, and how to say what changed. */
export interface TillContext {
  readonly deps: TillDeps;
  readonly state: TillState;
  /** Marks sections of the view as changed; they are built and sent once, after the current turn. */
  readonly changed: (...sections: readonly Section[]) => void;
}
