import type { WedgeScannerConfig } from "#contract/config/devices.ts";

/** What is known of a run of keys that follow each other faster than anybody types. */
export interface Burst {
  /** Characters and ends of codes (CR), in order. */
  readonly text: string;
  /** How long this process did not look at keys while they came in, milliseconds. */
  readonly stallMs: number;
}

export type BurstVerdict =
  | { readonly kind: "typed" }
  | { readonly kind: "scan"; readonly text: string; readonly aim: string | null }
  /** Too fast for a person and no whole code: two scanners at once, a lost key, a wrong setting. */
  | { readonly kind: "garbled" };

/** Where a code ends: Enter or Tab. */
export const codeEnd = "\r";

/** Keys a hand rolls over at once; a code has at least as many, behind a prefix. */
export const fewestMarked = 3;
/** Fewest characters of a code without a prefix: no hand is that fast for six keys. */
const fewestCharacters = 6;
/** Longer than any code a shop scans; contract/devices says so too. */
const mostCharacters = 320;
/** Nobody types digits faster than 16 keys a second: so many may have come by hand while nobody looked. */
const fastestHandMs = 60;

type Rules = Pick<WedgeScannerConfig, "prefix" | "transport">;

/** Whether a run of keys was a scanner's, and what it read. Told at its end, after which nothing followed for a while. */
export function judgeBurst({ text, stallMs }: Burst, { prefix, transport }: Rules): BurstVerdict {
  const body = text.endsWith(codeEnd) ? text.slice(0, -1) : text;
  const isEnded = body !== text || transport.suffix === "none";
  const scan = readCode(body, prefix);
  const isWhole = isEnded && scan !== null && !body.includes(codeEnd);
  const isMarked = prefix !== "" && body.length >= prefix.length + fewestMarked;
  if (isMarked && isWhole && !scan.text.includes(prefix)) return { kind: "scan", ...scan };
  if (!isTooFast(text, stallMs)) return { kind: "typed" };
  return prefix === "" && isWhole ? { kind: "scan", ...scan } : { kind: "garbled" };
}

/** So many characters without a pause are no person's; keys that came in while this process was busy only look so fast. */
export function isTooFast(text: string, stallMs: number): boolean {
  const byHand = fewestMarked + Math.ceil(stallMs / fastestHandMs);
  return text.replaceAll(codeEnd, "").length >= Math.max(fewestCharacters, byHand);
}

/** Whether keys that read so may be the beginning of a code: anything may where the scanner sends no prefix. */
export function mayBegin(text: string, prefix: string): boolean {
  if (prefix === "") return true;
  const behindAim = /^\](?:$|[A-Za-z](?:$|[0-9A-Za-z](.*)$))/s.exec(text);
  if (behindAim !== null && mayContinue(behindAim[1] ?? "", prefix)) return true;
  return mayContinue(text, prefix);
}

function mayContinue(text: string, prefix: string): boolean {
  return text.startsWith(prefix) || prefix.startsWith(text);
}

/** The code without prefix and AIM identifier, which stand in either order; null where the prefix is missing. */
function readCode(body: string, prefix: string): { readonly text: string; readonly aim: string | null } | null {
  const before = body.startsWith(prefix) ? body.slice(prefix.length) : body;
  const aim = /^\][A-Za-z][0-9A-Za-z]/.exec(before)?.[0] ?? null;
  const behind = aim === null ? before : before.slice(aim.length);
  const hadPrefix = before !== body;
  if (prefix !== "" && !hadPrefix && !(aim !== null && behind.startsWith(prefix))) return null;
  const text = prefix !== "" && !hadPrefix ? behind.slice(prefix.length) : behind;
  return text.trim() === "" || text.length > mostCharacters ? null : { text, aim };
}
