import { isOneSpelling } from "./signature.ts";

/** First line of the file. */
export interface HeaderLine {
  readonly format: string;
  readonly terminalKey: string;
  readonly publicKey: string | null;
  readonly exportedAt: string;
}

export interface EntryLine {
  readonly epoch: string;
  readonly seq: number;
  readonly kind: string;
  readonly v: number;
  readonly atWall: string;
  readonly atMono: number;
  readonly body: string;
  readonly prev: string;
  readonly hash: string;
  readonly sig: string | null;
}

/** How far an epoch goes. */
export interface EpochEnd {
  readonly epoch: string;
  readonly lastSeq: number;
  readonly lastHash: string;
}

/** Last line of the file. */
export interface ClosingLine {
  readonly entries: number;
  readonly epochs: readonly EpochEnd[];
  /** Of every byte before this line. */
  readonly sha256: string;
  readonly sig: string | null;
}

export type WrittenLine =
  | { readonly kind: "header"; readonly header: HeaderLine }
  | { readonly kind: "entry"; readonly entry: EntryLine }
  /** `vouched`: the text the signature covers. */
  | { readonly kind: "closing"; readonly closing: ClosingLine; readonly vouched: string }
  | { readonly kind: "unreadable"; readonly what: string };

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Check>>;

const isText: Check = (value) => typeof value === "string" && value.length > 0 && value.isWellFormed();
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isFrom1: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 1;
const isMono: Check = (value) => typeof value === "number" && value >= 0;
const isHash: Check = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isKind: Check = (value) => typeof value === "string" && /^[a-z][a-z0-9-]{0,63}$/.test(value);
const isEpoch: Check = (value) => typeof value === "string" && /^[0-9a-zA-Z-]{1,40}$/.test(value);
const isTerminal: Check = (value) => typeof value === "string" && /^[A-Z0-9]{2,4}-[A-Z0-9]{2,4}$/.test(value);
const isSignature: Check = (value) => value === null || isOneSpelling(value, 64);
const isKey: Check = (value) => value === null || isOneSpelling(value, 32);

// Names in the order in which they are written.
const headerFields: Fields = { format: isText, terminalKey: isTerminal, publicKey: isKey, exportedAt: isText };
const entryFields: Fields = {
  ...{ epoch: isEpoch, seq: isFrom1, kind: isKind, v: isFrom1, atWall: isText, atMono: isMono, body: isText },
  ...{ prev: isHash, hash: isHash, sig: isSignature },
};
const epochFields: Fields = { epoch: isEpoch, lastSeq: isFrom1, lastHash: isHash };
const areEpochs: Check = (value) =>
  Array.isArray(value) && value.every((one: unknown) => isObject(one) && faultOf(one, epochFields) === null);
const closingFields: Fields = { entries: isCount, epochs: areEpochs, sha256: isHash, sig: isSignature };

/** Reads one line as docs/JOURNAL.md has it written; the same JSON in other bytes is refused, so that no byte is free. */
export function readWrittenLine(bytes: Uint8Array): WrittenLine {
  const text = textOf(bytes);
  if (text === null) return unreadable("it is not UTF-8");
  const read = parsed(text);
  if (!isObject(read)) return unreadable("it is not a JSON object");
  const kind = "format" in read ? "header" : "entries" in read ? "closing" : "entry";
  const fields = { header: headerFields, closing: closingFields, entry: entryFields }[kind];
  const fault = faultOf(read, fields);
  if (fault !== null) return unreadable(fault);
  if (rewritten(read, fields) !== text)
    return unreadable("it is not written as it must be: other order, spaces or escapes");
  // Every field was checked above.
  if (kind === "header") return { kind, header: read as unknown as HeaderLine };
  // As above.
  if (kind === "entry") return { kind, entry: read as unknown as EntryLine };
  // As above.
  return { kind, closing: read as unknown as ClosingLine, vouched: text.slice(0, text.lastIndexOf(',"sig":')) };
}

function unreadable(what: string): WrittenLine {
  return { kind: "unreadable", what };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function faultOf(read: Readonly<Record<string, unknown>>, fields: Fields): string | null {
  const stranger = Object.keys(read).find((name) => !Object.hasOwn(fields, name));
  if (stranger !== undefined) return `the field ${JSON.stringify(stranger)} is not known`;
  const wrong = Object.entries(fields).find(([name, check]) => !Object.hasOwn(read, name) || !check(read[name]));
  return wrong === undefined ? null : `the field "${wrong[0]}" is missing or not of its form`;
}

function rewritten(read: Readonly<Record<string, unknown>>, fields: Fields): string {
  const inOrder = (from: Readonly<Record<string, unknown>>, names: Fields) =>
    Object.fromEntries(Object.keys(names).map((name) => [name, from[name]]));
  const { epochs } = read;
  const rest = Array.isArray(epochs)
    ? { ...read, epochs: epochs.map((one: Readonly<Record<string, unknown>>) => inOrder(one, epochFields)) }
    : read;
  return JSON.stringify(inOrder(rest, fields));
}
