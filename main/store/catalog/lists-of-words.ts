import type Database from "better-sqlite3";
import { inAny, inBoth, unpackIds } from "./posting-ids.ts";
import type { Term } from "./question.ts";

/** Lists read for one beginning of four letters and more; what lies beyond is of words nobody finishes typing. */
const mostOfRange = 8_000;

/** Lists by the part they are in. */
type ByPart = ReadonlyMap<number, readonly Uint8Array[]>;

interface Row {
  readonly part: number;
  readonly ids: Uint8Array;
}

const nobody = new Int32Array(0);

/**
 * Parts of the index that are read at once: the lists of a common word are a megabyte in all of them, and whoever asks for
 * it mostly has enough after the first.
 */
const steps: readonly (readonly [from: number, to: number])[] = [
  [0, 3],
  [3, 11],
  [11, 2 ** 31],
];

type Step = (typeof steps)[number];

/** Reads the index for one question: ids part by part, so that whoever has enough of them stops. */
export function listsOfWords(db: Database.Database): (term: Term) => Generator<Int32Array> {
  const ofWord = db.prepare<[string, number, number], Row>(
    "SELECT part, ids FROM word_lists WHERE word = ? AND part >= ? AND part < ?",
  );
  // Every word of it is walked past, but no list is read that is of another part.
  const ofRange = db.prepare<[string, string, number, number, number], Row>(
    "SELECT part, ids FROM word_lists WHERE word >= ? AND word < ? AND part >= ? AND part < ? LIMIT ?",
  );

  function* idsOf(term: Term): Generator<Int32Array> {
    for (const step of steps) {
      const read = readAll(term, step, new Map());
      const parts = [...new Set([...read.values()].flatMap((byPart) => [...byPart.keys()]))].toSorted((a, b) => a - b);
      for (const part of parts) yield idsIn(term, part, read);
    }
  }

  /** The lists of every word and range in the term, each read once. */
  function readAll(term: Term, step: Step, read: Map<string, ByPart>): Map<string, ByPart> {
    if (term.kind === "all" || term.kind === "any") for (const each of term.terms) readAll(each, step, read);
    else if (!read.has(keyOf(term))) read.set(keyOf(term), byPart(rowsOf(term, step)));
    return read;
  }

  function rowsOf(term: Extract<Term, { kind: "word" | "range" }>, step: Step): readonly Row[] {
    if (term.kind === "word") return ofWord.all(term.word, ...step);
    return ofRange.all(term.start, `${term.start}\u{10ffff}`, ...step, mostOfRange);
  }

  return idsOf;
}

function keyOf(term: Extract<Term, { kind: "word" | "range" }>): string {
  return term.kind === "word" ? term.word : `${term.start}*`;
}

function byPart(rows: readonly Row[]): ByPart {
  const parts = new Map<number, Uint8Array[]>();
  for (const { part, ids } of rows) {
    const known = parts.get(part);
    if (known === undefined) parts.set(part, [ids]);
    else known.push(ids);
  }
  return parts;
}

function idsIn(term: Term, part: number, read: ReadonlyMap<string, ByPart>): Int32Array {
  if (term.kind === "any")
    return inAny(term.terms.map((each) => idsIn(each, part, read)).filter(({ length }) => length > 0));
  if (term.kind !== "all") return inAny((read.get(keyOf(term))?.get(part) ?? []).map(unpackIds));
  let both: Int32Array | null = null;
  for (const each of term.terms) {
    if (both?.length === 0) return both;
    const ids = idsIn(each, part, read);
    both = both === null ? ids : inBoth(both, ids);
  }
  return both ?? nobody;
}
