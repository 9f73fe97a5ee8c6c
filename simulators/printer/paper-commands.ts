import { notMidLine, numberOrDigit, one, outOfRange, unprintedQr, type Command } from "./command.ts";
import type { Complaint, PrintEngine } from "./print-engine.ts";

const DLE = 0x10;
const ESC = 0x1b;
const GS = 0x1d;

/** Moving and cutting the paper, pulsing the drawer, and what the host asks of the printer. */
export const paperCommands: readonly Command[] = [
  one("ESC d", [ESC, 0x64], feedLines),
  one("ESC J", [ESC, 0x4a], (n, engine) => {
    if (!engine.isLineEmpty) engine.printLine();
    if (n > 0) engine.element({ kind: "feed", unit: "dots", count: n });
    return undefined;
  }),
  {
    // GS W nL nH: the width of the printing area in dots, taken at the beginning of a line only (Epson reference).
    name: "GS W",
    prefix: [GS, 0x57],
    length: 2,
    obey: ([low = 0, high = 0], engine) => {
      const dots = low + high * 256;
      if (dots === 0 || dots > engine.headDots) return `sets an area of ${dots} dots on a head of ${engine.headDots}`;
      const complaint = notMidLine(engine);
      if (complaint === undefined) engine.settings.areaDots = dots;
      return complaint;
    },
  },
  {
    name: "GS V",
    prefix: [GS, 0x56],
    length: ([m]) => (m === undefined || [0, 1, 48, 49].includes(m) ? 1 : feedingCuts.includes(m) ? 2 : outOfRange(m)),
    obey: cut,
  },
  {
    name: "ESC p",
    prefix: [ESC, 0x70],
    length: 3,
    obey: ([m = 0, t1 = 0, t2 = 0], engine) => {
      const pin = connectorPin(m);
      if (pin === undefined) return outOfRange(m);
      engine.element({ kind: "drawer-pulse", pin, onMs: t1 * 2, offMs: t2 * 2 });
      return undefined;
    },
  },
  one("DLE EOT", [DLE, 0x04], (n, engine) => {
    if (n < 1 || n > 4) return outOfRange(n);
    engine.request({ kind: "real-time-status", n });
    return undefined;
  }),
  {
    name: "DLE DC4",
    prefix: [DLE, 0x14],
    length: ([fn]) => (fn === undefined ? 1 : fn === 1 ? 3 : `does not know function ${fn}`),
    obey: ([, m = 0, t = 0], engine) => {
      const pin = m > 1 ? undefined : connectorPin(m);
      if (pin === undefined || t < 1 || t > 8) return outOfRange(pin === undefined ? m : t);
      engine.request({ kind: "real-time-pulse", pin, onMs: t * 100 });
      return undefined;
    },
  },
  one("GS a", [GS, 0x61], (mask, engine) => {
    if (mask > 0x0f) return `asks for status items ${mask}, which are undefined`;
    engine.request({ kind: "automatic-status", mask });
    return undefined;
  }),
  one("GS r", [GS, 0x72], (n, engine) => {
    const sensor = ([undefined, "paper", "drawer"] as const)[numberOrDigit(n)];
    if (sensor === undefined) return outOfRange(n);
    engine.request({ kind: "sensor-status", sensor });
    return undefined;
  }),
  one("GS I", [GS, 0x49], (n, engine) => {
    const isNumber = n <= 3 || (n >= 49 && n <= 51);
    if (n === 0 || (!isNumber && (n < 65 || n > 68))) return outOfRange(n);
    engine.request({ kind: "printer-id", n: isNumber ? numberOrDigit(n) : n });
    return undefined;
  }),
  {
    name: "GS ( H",
    prefix: [GS, 0x28, 0x48],
    // Refused at once: a wrong length would swallow what follows.
    length: ([low, high]) =>
      low === undefined || high === undefined ? 2 : low === 6 && high === 0 ? 8 : "takes a length of 06 00",
    obey: askProcessId,
  },
];

/** GS V forms that feed first: B feeds to the cutter, C cuts once it gets there, D comes back afterwards. */
const feedingCuts = [65, 66, 97, 98, 103, 104];

function feedLines(n: number, engine: PrintEngine): Complaint {
  const wasEmpty = engine.isLineEmpty;
  if (!wasEmpty) engine.printLine();
  // The line just printed moved the paper by the first of the n lines.
  const count = wasEmpty ? n : n - 1;
  if (count > 0) engine.element({ kind: "feed", unit: "lines", count });
  return !wasEmpty && n === 0 ? "prints without feeding: the next line goes over this one" : undefined;
}

function cut([m = 0, n = 0]: readonly number[], engine: PrintEngine): Complaint {
  const complaint = notMidLine(engine) ?? unprintedQr(engine);
  if (complaint !== undefined) return complaint;
  if (n > 0) engine.element({ kind: "feed", unit: "dots", count: n });
  // In every form the even place is the full cut: 0, 48, 65, 97, 103; the odd one leaves a bridge.
  const isFull = [0, 48, 65, 97, 103].includes(m);
  engine.element({ kind: "cut", cut: isFull ? "full" : "partial" });
  return undefined;
}

/** GS ( H function 48: four bytes of 0x20–0x7E (Epson: 32 ≤ d ≤ 126) that come back when the paper is printed. */
function askProcessId(parameters: readonly number[], engine: PrintEngine): Complaint {
  const [, , fn, m, a = 0, b = 0, c = 0, d = 0] = parameters;
  if (fn !== 0x30 || m !== 0x30) return "is not a request for a process id (06 00 30 30 and four bytes)";
  if ([a, b, c, d].some((byte) => byte < 0x20 || byte > 0x7e)) return "the process id takes bytes 32 to 126 only";
  engine.request({ kind: "process-id", id: [a, b, c, d] });
  return undefined;
}

/** Connector pin of ESC p m: 0 or "0" is pin 2, 1 or "1" pin 5. */
function connectorPin(m: number): 2 | 5 | undefined {
  return m === 0 || m === 0x30 ? 2 : m === 1 || m === 0x31 ? 5 : undefined;
}
