import type { Mutant } from "#tests/model/mutants.ts";

const ingest = "headoffice/journal/ingest.ts";
const upload = "core/sync/upload.ts";

/** Mistakes of others and of ours; each loses, doubles, changes or holds up sales somewhere. */
export const syncMutants: readonly Mutant[] = [
  {
    name: "no-dedup",
    mistake: "Head office takes what it has already for new: an answer that was lost makes the sale a stranger.",
    edits: [
      {
        file: ingest,
        find: "const fresh = batch.sound.filter(({ seq }) => seq > held.seq);",
        replace: "const fresh = batch.sound;",
      },
    ],
  },
  {
    name: "ack-all",
    mistake: "Head office acknowledges all that was sent, though it stopped at a gap.",
    edits: [
      {
        file: ingest,
        find: "const { taken } = outcome;",
        replace: `const last = entries.at(-1)!;
  const taken = outcome.taken.ok ? ok({ epoch, seq: last.seq, hash: last.hash }) : outcome.taken;`,
      },
    ],
  },
  {
    name: "ack-before-commit",
    mistake: "Head office answers before its commit is durable, and the power goes between them.",
    edits: [
      {
        file: ingest,
        find: "const outcome = await office.sql.transaction((tx) => takeIn(tx, intake));",
        replace: `let early: Outcome | undefined;
  await office.sql.transaction(async (tx) => (early = await takeIn(tx, intake))).catch(() => null);
  const outcome = early!;`,
      },
    ],
  },
  {
    name: "hash-not-compared",
    mistake: "Head office skips what it has without looking whether it is the same.",
    edits: [
      {
        file: ingest,
        find: "const other = overlap.find(({ seq, hash }) => hashes.get(seq) !== hash);",
        replace: "const other = overlap.find(({ seq }) => !hashes.has(seq));",
      },
    ],
  },
  {
    name: "wrong-cursor",
    mistake: "The till moves on to what it sent, whatever was acknowledged.",
    edits: [
      {
        file: upload,
        find: `step: { kind: "advance", to: acked } };`,
        replace: `step: { kind: "advance", to: { ...acked, seq: sent.throughSeq } } };`,
      },
    ],
  },
  {
    name: "silence-is-consent",
    mistake: "The till takes an answer that it does not understand for an acknowledgement.",
    edits: [
      {
        file: upload,
        find: `    case "not-understood": {`,
        replace: `    case "not-understood": {
      return { state, step: { kind: "advance", to: { epoch: sent.epoch, seq: sent.throughSeq, hash: "" } } };`,
      },
    ],
  },
  {
    name: "gives-up",
    mistake: "The till stops for good where it is refused once too often.",
    edits: [
      {
        file: upload,
        find: 'return waiting({ ...state, batchSize, reach: "offline" }, random, null);',
        replace: 'return slowly({ ...state, batchSize, reach: "offline" }, random * 1_000);',
      },
    ],
  },
];

/** The world's own mistake, beside those of the sources: commits that return before they are on the disk. */
export const fsyncDropped = "fsync-dropped";
