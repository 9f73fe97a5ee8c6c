import type { HostEvent } from "#contract/devices/messages.ts";
import type { TraceEvent, TracePiece } from "#contract/devices/trace.ts";
import { hasValidCheckDigit } from "#core/barcode/check-digit.ts";
import { walletShapeOf } from "#core/barcode/wallet-shape.ts";
import type { ScannedBytes } from "./scan-bytes.ts";

type Scan = Extract<HostEvent, { kind: "scan" }>;

/** Half of a payment code's digits would already be half a secret. */
const HARMLESS_DIGITS = 6;

/** Somebody's badge, or the beginning of one (core/access/badge.ts). */
const badgePart = /TWB\d/i;

/** A scan as the self-test page may show it: what may be a payment code, or a part of one, and a badge by its kind and length alone. */
export function traceScan(scan: Scan, source: string, { pieces, hasSuffix }: ScannedBytes): TraceEvent {
  const { text, aim } = scan;
  const raw = Buffer.concat(pieces.map(({ bytes }) => bytes)).toString("latin1");
  const wallet = walletShapeOf(text, aim) ?? walletShapeOf(raw, aim);
  const badge = badgePart.test(raw) || badgePart.test(text) ? "badge" : null;
  const hidden = wallet ?? badge ?? (!hasSuffix && mayBePart(text) ? "piece" : null);
  return {
    kind: "scan",
    source,
    aim,
    text: hidden === null ? text : null,
    hidden,
    length: text.length,
    pieces: pieces.map(({ bytes, atMs }, index): TracePiece => {
      const before = pieces[index - 1];
      return {
        gapMs: before === undefined ? null : atMs - before.atMs,
        length: bytes.length,
        hex: hidden === null ? hexOf(bytes) : null,
      };
    }),
  };
}

/** Digits that only a pause ended, and no check digit says that they are a whole product code. */
function mayBePart(text: string): boolean {
  if (!/^\d+$/.test(text) || text.length <= HARMLESS_DIGITS) return false;
  return !([8, 12, 13, 14].includes(text.length) && hasValidCheckDigit(text));
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
