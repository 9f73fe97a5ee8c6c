/** What a printer does the moment the bytes arrive, whatever waits in its buffer. */
export type RealTimeRequest =
  | { readonly kind: "status"; readonly n: 1 | 2 | 3 | 4 }
  | { readonly kind: "pulse"; readonly pin: 2 | 5; readonly onMs: number };

/**
 * Finds DLE EOT and DLE DC4 in the raw stream, as the receiving interrupt of a printer does: it knows nothing of
 * commands, so the same bytes inside a picture are obeyed too. That is a real trap for a driver, kept on purpose.
 */
export class RealTimeScanner {
  #seen: number[] = [];

  /** The request this byte completes, if it does. */
  take(byte: number): RealTimeRequest | undefined {
    this.#seen.push(byte);
    const [, code, a, b, c] = this.#seen;
    if (code === undefined) {
      if (byte !== DLE) this.#seen = [];
      return undefined;
    }
    if (code === EOT && a === undefined) return undefined;
    if (code === DC4 && (a === undefined || (a === 1 && (b === undefined || c === undefined)))) return undefined;
    const request = realTimeRequest(code, a, b, c);
    // DLE DLE EOT 1: the second DLE begins what the first did not.
    this.#seen = request === undefined && byte === DLE ? [DLE] : [];
    return request;
  }

  forget(): void {
    this.#seen = [];
  }
}

function realTimeRequest(code: number, a?: number, b?: number, c = 0): RealTimeRequest | undefined {
  if (code === EOT && (a === 1 || a === 2 || a === 3 || a === 4)) return { kind: "status", n: a };
  const isPulse = code === DC4 && a === 1 && (b === 0 || b === 1) && c >= 1 && c <= 8;
  return isPulse ? { kind: "pulse", pin: b === 0 ? 2 : 5, onMs: c * 100 } : undefined;
}

const DLE = 0x10;
const EOT = 0x04;
const DC4 = 0x14;
