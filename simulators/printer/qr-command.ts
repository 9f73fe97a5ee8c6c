import { notMidLine, outOfRange } from "./command.ts";
import type { Complaint, PrintEngine } from "./print-engine.ts";

/** Bytes a version-40 symbol holds at each level (ISO/IEC 18004, byte mode). */
const capacityBytes = { L: 2_953, M: 2_331, Q: 1_663, H: 1_273 } as const;

/** GS ( k for QR codes: `cn fn` and the rest, after the length field. Other two-dimensional codes are refused. */
export function obeyQr(body: readonly number[], engine: PrintEngine): Complaint {
  const [cn, fn, n = 0] = body;
  if (cn !== 0x31) return `knows QR codes (49) only, not symbol type ${cn}`;
  const { qr } = engine.settings;
  switch (fn) {
    case 65: // Model 1 is obsolete and Micro QR needs another reader: a receipt carries model 2.
      return wrongLength(body, 4) ?? (n === 0x32 && body[3] === 0 ? undefined : outOfRange(n));
    case 67:
      if (n >= 1 && n <= 16) qr.moduleDots = n;
      return wrongLength(body, 3) ?? (n >= 1 && n <= 16 ? undefined : outOfRange(n));
    case 69: {
      const level = (["L", "M", "Q", "H"] as const)[n - 0x30];
      if (level !== undefined) qr.level = level;
      return wrongLength(body, 3) ?? (level === undefined ? outOfRange(n) : undefined);
    }
    case 80:
      return store(body, engine);
    case 81:
      return wrongLength(body, 3) ?? (n === 0x30 ? print(engine) : outOfRange(n));
    default:
      return `does not know QR function ${fn}`;
  }
}

/**
 * Function 180: keeps the data for the next print. A declared length shorter than the data cuts the last character or
 * spills the rest as text, a longer one swallows the commands that follow: text that is not UTF-8 and control bytes
 * inside it are therefore refused. (Text spilled after a store is caught where text is typed.)
 */
function store(body: readonly number[], engine: PrintEngine): Complaint {
  const data = Uint8Array.from(body.slice(3));
  if (body[2] !== 0x30) return outOfRange(body[2] ?? -1);
  if (data.length === 0) return "stores an empty QR code";
  if (data.some((byte) => byte < 0x20)) return "QR data holds a control byte: is its declared length too long?";
  try {
    engine.settings.qr.stored = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(data);
    return undefined;
  } catch {
    return "QR data is not UTF-8: is its declared length wrong?";
  }
}

/** Function 181. */
function print(engine: PrintEngine): Complaint {
  const { align, qr } = engine.settings;
  if (qr.stored === undefined) return "prints a QR code nobody stored";
  const bytes = Buffer.byteLength(qr.stored);
  if (bytes > capacityBytes[qr.level]) return `${bytes} bytes do not fit into a QR code of level ${qr.level}`;
  const complaint = notMidLine(engine);
  if (complaint !== undefined) return complaint;
  engine.element({ kind: "qr", align, text: qr.stored, moduleDots: qr.moduleDots, level: qr.level });
  // The printer keeps the data and would print it again; a receipt that relied on it would be a slip, so it is gone.
  qr.stored = undefined;
  return undefined;
}

function wrongLength(body: readonly number[], length: number): Complaint {
  return body.length === length ? undefined : `function ${body[1]} takes ${length} bytes, ${body.length} were declared`;
}
