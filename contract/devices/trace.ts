import type { Wallet } from "#core/barcode/wallet-shape.ts";
import type { DeviceRole, DeviceState } from "./messages.ts";

/** Bytes that arrived together. */
export interface TracePiece {
  /** Since the piece before it; null for the first. Milliseconds. */
  readonly gapMs: number | null;
  readonly length: number;
  /** Pairs of hex digits with blanks; null where they may be a payment code. At most `mostTraceBytes` bytes. */
  readonly hex: string | null;
}

/** One thing that happened on a device's line, for the self-test page. Never holds a payment code, whole or in part. */
export type TraceLine = {
  readonly deviceId: string;
  readonly role: DeviceRole;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
} & TraceEvent;

export type TraceEvent =
  | {
      readonly kind: "scan";
      /** How it came, such as `serial`. */
      readonly source: string;
      readonly aim: string | null;
      /** Null where it may be a payment code or a badge; `hidden` then says what it looks like. */
      readonly text: string | null;
      /** `piece`: digits that no suffix ended, which may be a part of one. */
      readonly hidden: Wallet | "piece" | "badge" | null;
      readonly length: number;
      readonly pieces: readonly TracePiece[];
    }
  | { readonly kind: "sent" | "received"; readonly piece: TracePiece; readonly status: StatusAnswer | null }
  | { readonly kind: "state"; readonly state: DeviceState; readonly reason: string | null };

/** A printer's answer to DLE EOT n, as it came. */
export interface StatusAnswer {
  readonly question: 1 | 2 | 4;
  readonly byte: number;
}
