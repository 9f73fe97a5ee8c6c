import type { PrinterConfig } from "#contract/config/devices.ts";
import type { DeviceRole, DeviceState, PrinterTrouble, PrintLine, PrintProgress } from "#contract/devices/messages.ts";

export interface Scan {
  readonly deviceId: string;
  readonly text: string;
  readonly aim: string | null;
  readonly atMs: number;
}

export interface DeviceStatus {
  readonly deviceId: string;
  readonly role: DeviceRole;
  readonly state: DeviceState;
  readonly reason: string | null;
  readonly trouble: PrinterTrouble | null;
}

/** What the switch of a cash drawer says. */
export interface DrawerState {
  readonly deviceId: string;
  /** The bare level on the printer's connector, for set-up to learn from. */
  readonly isPin3High: boolean;
  /** null where nobody taught the till what the level means. */
  readonly isOpen: boolean | null;
}

export type DrawerOutcome = "kicked" | "expired" | "no-drawer" | "unknown";

/** The device host as main sees it; it lives in another process and may be killed and started again at any time. */
export interface Devices {
  onScan(listener: (scan: Scan) => void): void;
  onStatus(listener: (statuses: readonly DeviceStatus[]) => void): void;
  /** Calls `onProgress` until a final state; a host that dies mid-job ends it as `unknown` or `not-sent`. */
  print(jobId: string, lines: readonly PrintLine[], onProgress: (progress: PrintProgress) => void): void;
  /** Takes a job back from the printer: it ends `not-sent` when nothing of it has left. */
  cancelPrint(jobId: string): void;
  /** Told of every change; null when the printer that knows is gone. */
  onDrawer(listener: (state: DrawerState | null) => void): void;
  /** Prints the sheet that tells a printer's profile, on any printer that can be reached; as `print`. */
  printTestSheet(jobId: string, printer: PrinterConfig, onProgress: (progress: PrintProgress) => void): void;
  kickDrawer(jobId: string, expiresInMs: number): Promise<DrawerOutcome>;
}
