import type { EntryLine, EpochEnd } from "./written-line.ts";

/** Where an epoch's first entry says the journal stood before it. */
export interface Link {
  readonly line: number;
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
}

export interface Epochs {
  /** What is wrong with an entry's place in its chain, in words; empty for nothing. */
  take(entry: EntryLine, line: number): readonly string[];
  readonly ends: readonly EpochEnd[];
  /** Links to entries before an epoch's end: only another look at the file can tell. */
  readonly inner: readonly Link[];
  /** Links to entries that this file does not hold. */
  readonly outer: readonly Link[];
}

/** One is begun at an installation, a restored backup or a fork; more than this is no till's life. */
const mostEpochs = 10_000;
const nothing = "0".repeat(64);

/** Follows the chain of each epoch, one after the other, and what each says of the one before it. */
export function followEpochs(): Epochs {
  const ends: EpochEnd[] = [];
  const inner: Link[] = [];
  const outer: Link[] = [];

  function begin(entry: EntryLine, line: number): readonly string[] {
    if (ends.some(({ epoch }) => epoch === entry.epoch)) return [`epoch ${entry.epoch} comes a second time`];
    if (ends.length >= mostEpochs) return [`more than ${mostEpochs} epochs`];
    const wrong =
      entry.kind === "epoch-opened"
        ? linkFaults(entry, line)
        : [`epoch ${entry.epoch} begins with no epoch-opened entry`];
    ends.push({ epoch: entry.epoch, lastSeq: 0, lastHash: nothing });
    return wrong;
  }

  function linkFaults({ body, epoch }: EntryLine, line: number): readonly string[] {
    const link = linkOf(body, line);
    if (link === undefined) return [`epoch ${epoch} does not say what was before it`];
    if (link === null) return ends.length === 0 ? [] : [`epoch ${epoch} says that nothing was before it`];
    const end = ends.find((one) => one.epoch === link.epoch);
    if (end === undefined || link.seq > end.lastSeq) outer.push(link);
    else if (link.seq < end.lastSeq) inner.push(link);
    else if (link.hash !== end.lastHash) return [`epoch ${epoch} follows another entry ${link.seq} of ${link.epoch}`];
    return [];
  }

  return {
    ends,
    inner,
    outer,
    take(entry, line) {
      const wrong: string[] = [];
      if (ends.at(-1)?.epoch !== entry.epoch) {
        wrong.push(...begin(entry, line));
        if (ends.at(-1)?.epoch !== entry.epoch) return wrong;
      } else if (entry.kind === "epoch-opened") wrong.push(`epoch ${entry.epoch} is opened in its middle`);
      const last = ends.pop() ?? { lastSeq: 0, lastHash: nothing };
      const isNext = entry.seq === last.lastSeq + 1;
      if (!isNext) wrong.push(`entry ${entry.seq} stands where ${last.lastSeq + 1} belongs`);
      if (entry.prev !== last.lastHash)
        wrong.push(`entry ${entry.seq} is linked to another entry than the one before it`);
      // One damage is told once: from here on the chain is followed from this entry.
      ends.push({ epoch: entry.epoch, lastSeq: entry.seq, lastHash: entry.hash });
      return wrong;
    },
  };
}

/** Null: nothing was before. Undefined: the body says neither. */
function linkOf(body: string, line: number): Link | null | undefined {
  let told: unknown;
  try {
    told = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof told !== "object" || told === null || !("previous" in told)) return undefined;
  const { previous } = told;
  if (previous === null) return null;
  if (typeof previous !== "object" || previous === undefined) return undefined;
  if (!("epoch" in previous && "seq" in previous && "hash" in previous)) return undefined;
  const { epoch, seq, hash } = previous;
  const isLink = typeof epoch === "string" && typeof seq === "number" && typeof hash === "string";
  return isLink ? { line, epoch, seq, hash } : undefined;
}
