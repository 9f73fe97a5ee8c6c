import type { WireFault } from "#contract/wire/fault.ts";
import { uploadSchema } from "#contract/wire/journal.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { readEntry, type Reading } from "../projections/read-entry.ts";
import { faultOf } from "../service/faults.ts";
import { readBodyAtOnce } from "../service/read-body.ts";
import { checkBatch, type CheckedBatch, type SoundEntry } from "./check-batch.ts";
import { packBodies } from "./packed-bodies.ts";

/** An upload as it arrived; who sent it is known. */
export interface RawUpload {
  readonly terminalId: string;
  /** The bytes on the wire. */
  readonly body: Uint8Array;
  readonly contentEncoding: string | undefined;
}

/** A sound entry and what head office makes of it. */
export interface ReadEntry extends SoundEntry {
  readonly reading: Reading;
}

/** What is sound of an upload, read and packed. */
export interface ReadBatch extends CheckedBatch<ReadEntry> {
  /** The bodies of all of `sound`. */
  readonly packed: Uint8Array;
}

/** An upload whose every check that needs no database is done. */
export interface ReadUpload {
  /** What was sent, sound or not. */
  readonly sent: {
    readonly count: number;
    readonly first: Pick<WireEntry, "epoch" | "seq" | "prev">;
    readonly last: Pick<WireEntry, "epoch" | "seq" | "hash">;
  };
  /** `broken-at-first`: not even the first entry is what was sealed. */
  readonly checked: Result<ReadBatch, "broken-at-first">;
}

/**
 * Unpacks an upload, checks its shape and its chain and reads its entries: two thirds of the work of an upload, and pure,
 * so that it can be done beside the one thread that writes (upload-readers.ts). Faults: bad-request, too-large.
 */
export function readUpload({ terminalId, body, contentEncoding }: RawUpload): Result<ReadUpload, WireFault> {
  const upload = readBodyAtOnce(uploadSchema, body, contentEncoding);
  return upload.ok ? readEntries(terminalId, upload.value.entries) : upload;
}

/** The same of entries that are unpacked. */
export function readEntries(terminalId: string, wire: readonly WireEntry[]): Result<ReadUpload, WireFault> {
  const [first, last] = [wire[0], wire.at(-1)];
  if (first === undefined || last === undefined) return fail(faultOf("bad-request", "no entries"));
  const sent = {
    count: wire.length,
    first: { epoch: first.epoch, seq: first.seq, prev: first.prev },
    last: { epoch: last.epoch, seq: last.seq, hash: last.hash },
  };
  const checked = checkBatch(terminalId, wire);
  if (checked.ok) {
    // The sound ones are the first of all.
    const read = (entry: SoundEntry, index: number) => ({ ...entry, reading: readEntry(wire[index] ?? noEntry) });
    const { sound } = checked.value;
    const packed = packBodies(sound.map(({ body }) => body));
    return ok({ sent, checked: ok({ ...checked.value, sound: sound.map(read), packed }) });
  }
  const { fault } = checked;
  return fault === "broken-at-first"
    ? ok({ sent, checked: fail(fault) })
    : fail(faultOf("bad-request", `the entries are ${fault}`));
}

const noEntry = { kind: "", v: 0, body: "" };
