import type { DeviceSection } from "#contract/config/device-sections.ts";
import type { DevicesConfig, PrinterConfig } from "#contract/config/devices.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { DeviceRole } from "#contract/devices/messages.ts";
import type { PairedScanner } from "#contract/devices/pairing.ts";
import type { TraceLine } from "#contract/devices/trace.ts";
import type {
  DevicesView,
  DeviceSetupFault,
  DeviceView,
  PairingView,
  TestSheetView,
} from "#contract/ipc/devices-view.ts";
import type { Result } from "#core/result.ts";

/** What one device was and what it is; null where it was not there, or is not any more. */
export interface DeviceChange {
  readonly before: DeviceSection | null;
  readonly after: DeviceSection | null;
}

export interface NumberedLine {
  readonly seq: number;
  readonly line: TraceLine;
}

/** Setting devices up and looking at them, as the use cases see it: who may do it and what a scan means is theirs. */
export interface DeviceSetup {
  readonly shop: "real" | "demo";
  /** What hangs on the till from now on; changes without a restart. */
  configured(): DevicesConfig;
  devices(): readonly DeviceView[];
  found(): readonly FoundDevice[];
  /**
   * Writes it to terminal.json, then goes over to it. An id of `new` is replaced by a free one.
   * @param was the id it had, where it gets another
   */
  save(section: DeviceSection, was?: string): Result<DeviceChange, DeviceSetupFault>;
  remove(role: DeviceRole, deviceId: string): Result<DeviceChange, DeviceSetupFault>;
  restart(role: DeviceRole, deviceId: string): Result<null, DeviceSetupFault>;
  /** Prints the test sheet on a printer that need not be set up; how far it is stands in `sheet`. */
  printTestSheet(printer: PrinterConfig): void;
  sheet(): TestSheetView;
  drawer(): DevicesView["drawer"];
  pairing(): PairingView;
  /**
   * Listens on every port that is plugged in and free, and at one on the network where it is named. `onFound` is told
   * once, in a turn of its own, and answers what became of it.
   */
  pair(
    at: { readonly host: string; readonly port: number } | null,
    onFound: (scanner: PairedScanner) => Result<{ readonly deviceId: string }, DeviceSetupFault | "not-allowed">,
  ): Result<null, DeviceSetupFault>;
  /** Whether a scan is the pairing code, of this pairing or the last: a second pull of the trigger is no product. */
  isPairingCode(text: string): boolean;
  /** A scanner that the till has already has read the code. */
  pairedAlready(deviceId: string): void;
  /** Takes the scanner that typed the code into the window; `onFound` is told of it as of any other. */
  useTyped(): Result<null, DeviceSetupFault>;
  endPairing(): void;
  /** Has the lines traced for the next moments; asked again while somebody looks. */
  trace(): void;
  endTrace(): void;
  traceAfter(seq: number): readonly NumberedLine[];
  /** How long a scan took from its last byte until it was answered. */
  scanAnswered(deviceId: string, tookMs: number): void;
}
