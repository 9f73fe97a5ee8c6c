import type { LiveSettings } from "#main/settings/create-settings.ts";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import type { Finding } from "#core/reconciliation/finding.ts";
import type { AttemptTiming } from "#core/tender/attempt.ts";
import type { OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { OpenSalesStore, openSalesStore } from "#main/store/sales/open-sales-store.ts";
import type { SteadyClock } from "#main/store/sales/clock-watch.ts";
import type { TillDeps } from "#main/till/context.ts";
import type { DeviceSetup } from "#main/till/ports/device-setup.ts";
import type { LegacyDoors } from "#main/till/ports/legacy-doors.ts";
import type { LegacyFiles } from "#main/till/ports/legacy-files.ts";
import type { MerchantSetup } from "#main/till/ports/merchant-setup.ts";
import type { Latency } from "#main/till/ports/latency.ts";
import type { MachineHealth } from "#main/till/ports/machine-health.ts";
import type { OfficeSetup } from "#main/till/ports/office-setup.ts";
import type { BillGateway, PaymentGateway, RefundGateway } from "#main/till/ports/payment-gateway.ts";
import type { Sync } from "#main/till/ports/sync.ts";
import type { Inquiry } from "#main/till/reconciliation/inquiring.ts";
import type { VirtualClock } from "./virtual-clock.ts";

/** The files of a bench that was set aside, and how many ids it has given away. */
export interface SetAside {
  readonly directory: string;
  readonly ids: number;
}

/** What a till bench is given instead of its own. */
export interface TillBenchOptions {
  readonly config?: Partial<TerminalConfig>;
  /** Instead of the customer's gateway in memory, such as the client of a simulator. */
  readonly gateway?: PaymentGateway;
  /** Without one the shop gives no WeChat Pay money back. */
  readonly refunds?: Pick<RefundGateway, "refund" | "queryRefund"> & Partial<RefundGateway>;
  readonly clock?: VirtualClock;
  readonly steady?: SteadyClock;
  readonly merchantSetup?: MerchantSetup;
  readonly deviceSetup?: DeviceSetup;
  readonly officeSetup?: OfficeSetup;
  /** The door of old tills, where there is one. */
  readonly legacyDoors?: LegacyDoors;
  readonly legacyFiles?: LegacyFiles;
  readonly isTraining?: boolean;
  /** The pages of settings, over the bench's own folder. */
  readonly settings?: (directory: string, base: TerminalConfig, now: () => number) => LiveSettings;
  /** Made of the bench's own catalogue. */
  readonly goods?: (catalog: OpenCatalogStore) => TillDeps["goods"];
  /** Read at every use: one that needs the bench's own store is made after it. */
  readonly sync?: Sync | (() => Sync | null);
  /** What its ids begin with, where several tills must not make the same ones. */
  readonly idsBegin?: string;
  /** Called whenever a screen says something else than before. */
  readonly onScreen?: () => void;
  /** Where the stores lie; a folder in memory spares a test that proves nothing about disks their pace. */
  readonly parentFolder?: string;
  /** The folder itself, which is there already. */
  readonly directory?: string;
  /** Instead of the product's own: for a control that must be found out. */
  readonly openStore?: typeof openSalesStore;
  readonly timing?: AttemptTiming;
  /** Begins with a copy of what another bench left behind when it was closed; see `setAside`. */
  readonly from?: SetAside;
  /** Instead of one of its own; stays open when the bench is closed. */
  readonly catalog?: OpenCatalogStore;
  /** With the gateway's bills the till reconciles, with a worker process of its own. */
  readonly bills?: BillGateway;
  readonly inquiry?: Inquiry;
  /** Stands in for a comparison that is wrong. */
  readonly spoilFindings?: (findings: readonly Finding[]) => readonly Finding[];
  /** Reports are read by worker processes of its own. */
  readonly hasReports?: boolean;
  /** Over the bench's own folder and store. */
  readonly machine?: (directory: string, bench: { readonly store: OpenSalesStore }) => MachineHealth;
  readonly latency?: Latency;
  /** What the manager answers when asked where to save; closes the question without it. */
  readonly saveAs?: () => string | null;
}
