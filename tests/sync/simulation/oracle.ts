import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { OfficeWord, Upload } from "./model-office.ts";

/** Says what head office must answer, from docs and contract alone, and remembers what it must hold. */
export interface Oracle {
  /**
   * Judges one upload head office has worked on; `word` is null where it died over it and `isCommitted` whether it did so
   * after its commit. What is wrong, in words; null for nothing.
   */
  judge(
    terminalKey: string,
    upload: Upload,
    outcome: { readonly word: OfficeWord | null; readonly isCommitted: boolean },
  ): string | null;
  revoke(terminalKey: string): void;
  /** Whether head office must hold this entry, in its journal or apart. */
  isHeld(terminalKey: string, at: { readonly epoch: string; readonly seq: number; readonly hash: string }): boolean;
  /** Hashes head office must hold in its journal, by `key epoch`, in their order. */
  readonly held: ReadonlyMap<string, readonly string[]>;
  /** Hashes head office must hold in quarantine, by terminal. */
  readonly apart: ReadonlyMap<string, ReadonlySet<string>>;
}

const noHash = "0".repeat(64);

export function createOracle(): Oracle {
  const held = new Map<string, string[]>();
  const apart = new Map<string, Set<string>>();
  const revoked = new Set<string>();

  /** The first entries without a gap between them. */
  function contiguous(entries: readonly WireEntry[]): readonly WireEntry[] {
    const from = entries[0]?.seq ?? 1;
    const gap = entries.findIndex(({ seq }, index) => seq !== from + index);
    return gap < 0 ? entries : entries.slice(0, gap);
  }

  function expected(
    terminalKey: string,
    { entries, by }: Upload,
  ): { readonly word: OfficeWord; readonly hashes: readonly string[] } {
    const batch = contiguous(entries);
    const epoch = batch[0]?.epoch ?? "";
    const known = held.get(`${terminalKey} ${epoch}`) ?? [];
    const at = (seq: number) => ({ epoch, seq, hash: known[seq - 1] ?? noHash });
    if (revoked.has(terminalKey)) return { word: { kind: "refused", fault: "revoked", at: null }, hashes: known };
    const other = batch.find(({ seq, hash }) => seq <= known.length && known[seq - 1] !== hash);
    if (other !== undefined) return { word: { kind: "refused", fault: "fork", at: at(other.seq) }, hashes: known };
    const fresh = batch.filter(({ seq }) => seq > known.length);
    const [next] = fresh;
    // What a relay brings beyond a gap waits, unless it continues what stands apart: then it belongs there too.
    const isApart = by === "relay" && next !== undefined && apart.get(terminalKey)?.has(next.prev) === true;
    if (isApart && next.seq > known.length + 1)
      return { word: { kind: "refused", fault: "fork", at: at(known.length) }, hashes: known };
    if (next === undefined || next.seq > known.length + 1)
      return { word: { kind: "acked", acked: at(known.length) }, hashes: known };
    if (next.prev !== (known.at(-1) ?? noHash))
      return { word: { kind: "refused", fault: "fork", at: at(known.length) }, hashes: known };
    const hashes = [...known, ...fresh.map(({ hash }) => hash)];
    return { word: { kind: "acked", acked: { epoch, seq: hashes.length, hash: hashes.at(-1) ?? noHash } }, hashes };
  }

  return {
    held,
    apart,
    isHeld: (terminalKey, { epoch, seq, hash }) =>
      held.get(`${terminalKey} ${epoch}`)?.[seq - 1] === hash || apart.get(terminalKey)?.has(hash) === true,
    revoke: (terminalKey) => void revoked.add(terminalKey),
    judge(terminalKey, upload, { word, isCommitted }) {
      const { entries, isQuarantine } = upload;
      if (isQuarantine) {
        const last = contiguous(entries).at(-1);
        if (last === undefined) return null;
        if (isCommitted) {
          const kept = apart.get(terminalKey) ?? new Set<string>();
          for (const { hash } of contiguous(entries)) kept.add(hash);
          apart.set(terminalKey, kept);
        }
        return differs(word, { kind: "acked", acked: { epoch: last.epoch, seq: last.seq, hash: last.hash } });
      }
      const right = expected(terminalKey, upload);
      if (isCommitted && right.word.kind === "acked")
        held.set(`${terminalKey} ${right.word.acked.epoch}`, [...right.hashes]);
      // A refusal changes nothing, so there is nothing to commit.
      if (word?.kind === "acked" && !isCommitted) return "head office acknowledges what it has not committed";
      return differs(word, right.word);
    },
  };
}

function differs(word: OfficeWord | null, right: OfficeWord): string | null {
  if (word === null || JSON.stringify(word) === JSON.stringify(right)) return null;
  return `head office says ${JSON.stringify(word)} where it must say ${JSON.stringify(right)}`;
}
