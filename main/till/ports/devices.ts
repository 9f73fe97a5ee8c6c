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

export type DrawerOutcome = "kicked" | "expired" | "no-drawer" | "unknown";

/** The device host as main sees it; it lives in another process and may be killed and started again at any time. */
export interface Devices {
  onScan(listener: (scan: Scan) => void): void;
  onStatus(listener: (statuses: readonly DeviceStatus[]) => void): void;
  /** Calls `onProgress` until a final state; a host that dies mid-job ends it as `unknown` or `not-sent`. */
  print(jobId: string, lines: readonly PrintLine[], onProgress: (progress: PrintProgress) => void): void;
  kickDrawer(jobId: string, expiresInMs: number): Promise<DrawerOutcome>;
}
