import type { NodeAddress, ScannerConfig } from "#contract/config/devices.ts";

/** Where a scanner that is being set up may be heard. */
export type PairingCandidate =
  /** `node` is where it stands now; `address` is what will be written down. */
  | { readonly kind: "serial"; readonly node: string; readonly address: NodeAddress }
  /** A scanner in HID-POS mode; anything that types, the keyboard of a person included, is listened to and left to all. */
  | { readonly kind: "hid" | "keyboard"; readonly node: string; readonly address: NodeAddress }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number };

/** Listens until the scanner that reads `text` has been found, or `withinMs` have passed. One pairing at a time. */
export interface PairRequest {
  readonly kind: "pair";
  readonly pairingId: string;
  /** What the barcode on the screen says: at least 8 printable ASCII characters. */
  readonly text: string;
  readonly candidates: readonly PairingCandidate[];
  readonly withinMs: number;
}

/** What ends each code of a scanner; `none`: it is read at the pause; `report`: HID-POS says by itself where it ends. */
export type ScanSuffix = "cr" | "lf" | "crlf" | "tab" | "etx" | "none" | "report";

export interface PairedScanner {
  readonly transport: ScannerConfig["transport"];
  readonly prefix: string;
  readonly suffix: ScanSuffix;
  /** The AIM identifier it sent, such as `]C0`; null for one that sends none. */
  readonly aim: string | null;
}

export type PairingPort = {
  /** The node, or the address on the network. */
  readonly name: string;
  /** Null where there is none: on the network, HID-POS, keys. */
  readonly baudRate: number | null;
  /** Why it is not listened on, in English; null while it is. */
  readonly reason: string | null;
  /** What was heard last: signs at another speed, or another code. */
  readonly heard: "noise" | "another-code" | null;
};

export type PairingProgress =
  | { readonly state: "listening"; readonly ports: readonly PairingPort[] }
  | { readonly state: "found"; readonly name: string; readonly scanner: PairedScanner }
  /** It was heard and cannot be used as it is set: more than 8 characters before each code, or characters after it. */
  | {
      readonly state: "unfit";
      readonly name: string;
      readonly why: "long-prefix" | "printable-suffix";
      readonly extra: string;
    }
  | { readonly state: "not-heard"; readonly ports: readonly PairingPort[] };

/** The pairing code as it was typed into the till's window, faster than any person types. */
export type TypedPairing =
  | {
      readonly kind: "fit";
      readonly prefix: string;
      readonly suffix: "enter" | "tab" | "none";
      readonly aim: string | null;
      readonly maxKeyGapMs: number;
    }
  | { readonly kind: "unfit"; readonly why: "long-prefix" | "printable-suffix"; readonly extra: string };
