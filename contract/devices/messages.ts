import type { DevicesConfig } from "#contract/config/devices.ts";
import type { PagesEnd, PrintPages } from "#contract/devices/print-page.ts";
import type { SetupEvent, SetupRequest } from "#contract/devices/setup-messages.ts";
import type { TestSheetRequest } from "#contract/devices/test-sheet.ts";
import type { PoleShow } from "#contract/devices/pole.ts";
import type { WeightReading } from "#contract/devices/scale.ts";
import type { PrintLine } from "#core/receipt/document.ts";

export type { PrintLine } from "#core/receipt/document.ts";

/** Life of one connection; `reason` in the state message says why it is not `ready`. */
export type DeviceState = "absent" | "opening" | "ready" | "stalled" | "closing" | "back-off";

/** What a device is to the till. */
export type DeviceRole = "scanner" | "printer" | "scale" | "display";

/** Which way a scan came. */
export type ScanSource = "serial" | "tcp" | "hid" | "keyboard" | "wedge";

/** What stands between a printer and its next line; each has its own sentence. */
export type PrinterTrouble = "paper-out" | "cover-open" | "offline" | "error";

/** From main to the device host. */
export type HostRequest =
  /** Replaces the whole set of devices; connections that did not change stay open. */
  | { readonly kind: "configure"; readonly devices: DevicesConfig }
  /** One job at a time; the host answers with `print-progress` until it is final. */
  | { readonly kind: "print"; readonly jobId: string; readonly lines: readonly PrintLine[] }
  /** Takes a job back that waits for its printer: `not-sent` when none of it has left; otherwise it goes on to its end. */
  | { readonly kind: "cancel-print"; readonly jobId: string }
  /** Never queued behind a job: a kick that cannot happen before `expiresInMs` is dropped and said so. */
  | { readonly kind: "kick-drawer"; readonly jobId: string; readonly expiresInMs: number }
  | SetupRequest
  | TestSheetRequest
  /** Somebody wants a weight: the scale is asked as fast as it answers, and says every reading. Off: once a second. */
  | { readonly kind: "weigh"; readonly isWanted: boolean }
  /** Replaces what the pole display shows; the newest is what counts, and it is shown again after a reconnection. */
  | { readonly kind: "show-on-pole"; readonly show: PoleShow }
  /** The operating system's printers by name, whenever they have changed and whenever a host is new. */
  | { readonly kind: "system-printers"; readonly names: readonly string[] }
  /** What became of a `print-pages`. */
  | { readonly kind: "pages-ended"; readonly jobId: string; readonly end: PagesEnd }
  | { readonly kind: "close" };

export type PrintProgress =
  | { readonly state: "waiting"; readonly trouble: PrinterTrouble | "not-connected" }
  | { readonly state: "sending" }
  /**
   * `confirmed`: the printer said so; otherwise all bytes were taken and it reported no trouble after. `isSpooled`: the
   * operating system's spooler took it, and more than that nobody can know.
   */
  | { readonly state: "printed"; readonly confirmed: boolean; readonly isSpooled?: true }
  /** Some bytes left and no answer tells whether they are on paper: a person decides, a reprint is marked. */
  | { readonly state: "unknown" }
  /** Nothing left for the printer: safe to send again. */
  | { readonly state: "not-sent"; readonly trouble: PrinterTrouble | "not-connected" };

/** From the device host to main. */
export type HostEvent =
  | { readonly kind: "host-ready" }
  | SetupEvent
  | {
      readonly kind: "device-state";
      readonly deviceId: string;
      readonly role: DeviceRole;
      readonly state: DeviceState;
      readonly reason: string | null;
      readonly trouble: PrinterTrouble | null;
    }
  | {
      readonly kind: "scan";
      readonly deviceId: string;
      /** At most 320 characters, control characters other than GS (0x1D) removed. */
      readonly text: string;
      /** AIM symbology identifier such as `]E0`, null when the scanner sends none. */
      readonly aim: string | null;
      readonly source: ScanSource;
      /** Milliseconds since the epoch when the last byte arrived. */
      readonly atMs: number;
    }
  | {
      readonly kind: "drawer-state";
      /** The printer it hangs on. */
      readonly deviceId: string;
      /** The level of its switch on the printer's connector: what set-up learns the drawer's way from. */
      readonly isPin3High: boolean;
      /** null as long as nobody said what the level means. */
      readonly isOpen: boolean | null;
    }
  /** A sentence for the log, in English. */
  | { readonly kind: "note"; readonly deviceId: string; readonly note: string }
  | {
      readonly kind: "weight";
      readonly deviceId: string;
      readonly reading: WeightReading;
      /** Milliseconds since the epoch at which the scale was asked, or its last byte arrived: never later than it weighed. */
      readonly atMs: number;
    }
  | { readonly kind: "print-progress"; readonly jobId: string; readonly progress: PrintProgress }
  /** Asks main to have this printed by the operating system; answered by `pages-ended`. `name` empty: the default printer. */
  | { readonly kind: "print-pages"; readonly jobId: string; readonly name: string; readonly pages: PrintPages }
  | {
      readonly kind: "drawer-kicked";
      readonly jobId: string;
      readonly outcome: "kicked" | "expired" | "no-drawer" | "unknown";
    };
