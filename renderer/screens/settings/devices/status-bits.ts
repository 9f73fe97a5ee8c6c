import type { DeviceKey } from "./device-texts.ts";
import type { SelfTest } from "./use-self-test.ts";

export interface StatusWord {
  readonly key: DeviceKey;
  /** Null for what is neither good nor bad. */
  readonly isGood: boolean | null;
}

/**
 * What a printer's answers to DLE EOT 1, 2 and 4 say, bit by bit. Source: Epson's ESC/POS reference, DLE EOT. Whether
 * pin 3 high means an open drawer depends on the drawer, so it is told as it is.
 */
export function statusWords(status: SelfTest["status"]): readonly StatusWord[] {
  const printer = status.get(1);
  const offlineCause = status.get(2);
  const paper = status.get(4);
  const words: (StatusWord | false)[] = [
    printer !== undefined && either(printer, 0b1000, "status.offline", "status.online"),
    offlineCause !== undefined && either(offlineCause, 0b100, "status.cover-open", "status.cover-closed"),
    offlineCause !== undefined && (offlineCause & 0b1000) !== 0 && { key: "status.feed", isGood: null },
    offlineCause !== undefined && either(offlineCause, 0b100_0000, "status.error", "status.no-error"),
    paper !== undefined && paperWord(paper),
    printer !== undefined && { key: (printer & 0b100) === 0 ? "drawer.pin-low" : "drawer.pin-high", isGood: null },
  ];
  return words.filter((word) => word !== false);
}

function either(byte: number, bit: number, bad: DeviceKey, good: DeviceKey): StatusWord {
  return (byte & bit) === 0 ? { key: good, isGood: true } : { key: bad, isGood: false };
}

function paperWord(byte: number): StatusWord {
  if ((byte & 0b0110_0000) !== 0) return { key: "status.paper-out", isGood: false };
  if ((byte & 0b0000_1100) !== 0) return { key: "status.paper-near-end", isGood: false };
  return { key: "status.paper-ok", isGood: true };
}
