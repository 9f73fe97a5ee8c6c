import type { WedgeScannerConfig } from "#contract/config/devices.ts";
import type { TypedPairing } from "#contract/devices/pairing.ts";
import type { Scan } from "#main/till/ports/devices.ts";

/** The scanner that types into the till's window: no port to open, only keys to tell from a person's. */
export interface WedgeKeyboard {
  /** Which scanner to listen for; null: every key is a person's. */
  follow(scanner: WedgeScannerConfig | null): void;
  onScan(listener: (scan: Scan) => void): void;
  /** Tells when the pairing code is typed, by a scanner that is not followed (yet). Null: no more. */
  learn(code: string | null, onTyped: (typed: TypedPairing) => void): void;
}
