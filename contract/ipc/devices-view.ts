import type { DeviceSection } from "#contract/config/device-sections.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { DeviceState, PrinterTrouble, PrintProgress } from "#contract/devices/messages.ts";
import type { PairedScanner, PairingPort } from "#contract/devices/pairing.ts";
import type { WeightReading } from "#contract/devices/scale.ts";
import type { TraceLine } from "#contract/devices/trace.ts";
import type { ScanMeaning } from "#core/barcode/interpret-scan.ts";

/** What hangs on the till and what could. Asked for by the page while it is open; nothing of it is pushed. */
export interface DevicesView {
  /** `demo`: nothing can be saved, because there is no shop yet. */
  readonly shop: "real" | "demo";
  /** Whether whoever is signed in may change anything; main asks again. */
  readonly mayChange: boolean;
  readonly devices: readonly DeviceView[];
  /** What is plugged in, used or not. Empty for whoever may not change anything. */
  readonly found: readonly FoundDevice[];
  readonly pairing: PairingView;
  readonly testSheet: TestSheetView;
  /** What the cash drawer's switch says; null where nothing is known of one. */
  readonly drawer: { readonly isPin3High: boolean; readonly isOpen: boolean | null } | null;
}

/** The printer's test sheet, from the press of its key to the paper. */
export type TestSheetView =
  | { readonly kind: "none" }
  | { readonly kind: "printing" | "ended"; readonly progress: PrintProgress };

export interface DeviceView {
  readonly section: DeviceSection;
  readonly state: DeviceState;
  readonly reason: string | null;
  readonly trouble: PrinterTrouble | null;
  /** When it came into this state; null before the first. Milliseconds since the epoch, as all times here. */
  readonly sinceMs: number | null;
  /**
   * A printer's last answer to a question, the last scan from its last byte to the line on the screen, or the last
   * weight from the question (of a scale that is not asked: from its last byte) until it was here.
   */
  readonly latency: { readonly ms: number; readonly atMs: number } | null;
  readonly scans: { readonly count: number; readonly lastAtMs: number } | null;
  /** What a scale says now; null for everything else, and for a scale that has said nothing for some seconds. */
  readonly weight: Pick<WeightReading, "grams" | "isStable" | "isOver" | "isUnder"> | null;
  /** The last time it was not well, and why. */
  readonly lastFault: { readonly reason: string; readonly atMs: number } | null;
  /** What happened to it, newest first; at most 20. */
  readonly events: readonly DeviceEventView[];
}

export type DeviceEventView = { readonly atMs: number } & (
  | {
      readonly kind: "state";
      readonly state: DeviceState;
      readonly reason: string | null;
      readonly trouble: PrinterTrouble | null;
    }
  | { readonly kind: "changed" | "restarted" }
);

export type PairingView =
  | { readonly kind: "none" }
  | {
      readonly kind: "listening";
      /** What the barcode on the page says. */
      readonly text: string;
      readonly endsAtMs: number;
      readonly ports: readonly PairingPort[];
      /** A scanner typed the code into the till's window, and nothing better has heard it. */
      readonly typed: Pick<PairedScanner, "prefix" | "suffix" | "aim"> | null;
    }
  | {
      readonly kind: "found";
      readonly name: string;
      readonly deviceId: string;
      readonly learned: Omit<PairedScanner, "transport">;
    }
  /** It is one that the till has already. */
  | { readonly kind: "already"; readonly deviceId: string }
  | {
      readonly kind: "unfit";
      /** Empty for one that types into the window; so below `found`. */
      readonly name: string;
      readonly why: "long-prefix" | "printable-suffix";
      readonly extra: string;
    }
  | { readonly kind: "not-heard"; readonly ports: readonly PairingPort[] }
  /** It was found and could not be written down; the intent fault of the same name says why. */
  | { readonly kind: "not-saved"; readonly fault: DeviceSetupFault | "not-allowed" };

export type DeviceSetupFault =
  /** There is no shop to save it for. */
  | "setup-demo-store"
  /** terminal.json cannot be rewritten, or was made unusable meanwhile. */
  | "setup-file-unwritable"
  | "no-such-device"
  /** Another device of the till is at the same port or address. */
  | "device-in-use"
  | "too-many-scanners"
  /** Another device of the till has this name. */
  | "name-taken"
  /** Keys do not say which keyboard they come from. */
  | "only-one-wedge"
  /** The device host is starting again. */
  | "devices-away";

/** One line of the self-test, with what the till makes of a scan. */
export interface TraceEntry {
  /** Grows by one; the page asks for what came after the last it has. */
  readonly seq: number;
  readonly line: TraceLine;
  readonly meaning: TraceMeaning | null;
}

export interface TraceMeaning {
  readonly kind: ScanMeaning["kind"];
  /** The item it would sell; null where there is none, or the code means something else. */
  readonly item: { readonly nameZh: string; readonly nameEn: string } | null;
}

export interface SelfTestView {
  readonly entries: readonly TraceEntry[];
  readonly devices: DevicesView;
}
