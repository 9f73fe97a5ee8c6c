import type { WedgeScannerConfig } from "#contract/config/devices.ts";
import type { Scan } from "#main/till/ports/devices.ts";

/** The scanner that types into the till's window: no port to open, only keys to tell from a person's. */
export interface WedgeKeyboard {
  /** Which scanner to listen for; null: every key is a person's. */
  follow(scanner: WedgeScannerConfig | null): void;
  onScan(listener: (scan: Scan) => void): void;
}
