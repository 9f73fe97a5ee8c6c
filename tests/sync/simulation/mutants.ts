import type { Mutant } from "#tests/model/mutants.ts";

const ingest = "headoffice/journal/ingest.ts";
const upload = "core/sync/upload.ts";
const sendOn = "headoffice/relay/send-on.ts";

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
        find: "return outcome;",
        replace: `const { seq, hash } = sent.last;
  return outcome.taken.ok ? { ...outcome, taken: ok({ epoch, seq, hash }) } : outcome;`,
      },
    ],
  },
  {
    name: "ack-before-commit",
    mistake: "Head office answers before its commit is durable, and the power goes between them.",
    edits: [
      {
        file: ingest,
        find: "const outcome = await sql.transaction((tx) => takeIn(tx, intake));",
        replace: `let early: Outcome | undefined;
  await sql.transaction(async (tx) => (early = await takeIn(tx, intake))).catch(() => null);
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
  {
    name: "kept-before-commit",
    mistake: "A relay says that it keeps what it has not committed, and its power goes.",
    edits: [
      {
        file: "headoffice/relay/keep-upload.ts",
        find: "await keepBatch(relay.sql, terminal, entries, nowMs);",
        replace: "await keepBatch(relay.sql, terminal, entries, nowMs).catch(() => ok(null));",
      },
    ],
  },
  {
    name: "relay-leaves-a-gap",
    mistake: "A relay brings the newest first and takes any answer for its own: what was before it never follows.",
    edits: [
      { file: "headoffice/relay/shelf.ts", find: "MIN(batch) AS batch", replace: "MAX(batch) AS batch" },
      {
        file: sendOn,
        find: "if (epoch === head.epoch && seq >= head.lastSeq) await dropBatch",
        replace: "if (epoch !== undefined && seq !== undefined) await dropBatch",
      },
    ],
  },
  {
    name: "relay-takes-silence-for-consent",
    mistake: "A relay drops what it has sent, whether head office answers or not.",
    edits: [
      {
        file: sendOn,
        find: `if (answer.kind === "no-answer") return this.note(answer);
    if (answer.kind === "refused") return this.refused`,
        replace: `if (answer.kind === "no-answer") {
      await dropBatch(relay.sql, head);
      return this.note(answer);
    }
    if (answer.kind === "refused") return this.refused`,
      },
    ],
  },
  {
    name: "kept-is-acked",
    mistake: "The till counts what its relay keeps as what head office has: it sends it no more, and would prune it.",
    edits: [
      {
        file: "main/sync/send-to-relay.ts",
        find: "outbox.keptAtRelay(last);",
        replace: "outbox.advance(last);",
      },
    ],
  },
  {
    name: "branch-waits-for-ever",
    mistake: "What continues a dead till's fork waits on the relay's shelf for entries that never come.",
    edits: [
      {
        file: "headoffice/relay/take-brought.ts",
        find: "if (first.seq <= held.seq + 1) return false;",
        replace: "if (first.seq <= held.seq + 1 || held.seq >= 0) return false;",
      },
    ],
  },
];

/** The world's own mistake, beside those of the sources: commits that return before they are on the disk. */
export const fsyncDropped = "fsync-dropped";
