import type { WireFault } from "#contract/wire/fault.ts";
import type { Position } from "#contract/wire/journal.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Office } from "../office.ts";
import { faultOf } from "../service/faults.ts";
import type { Terminal } from "../terminals/terminal.ts";
import { noteForks } from "./note-forks.ts";
import type { ReadUpload } from "./read-upload.ts";
import { insertQuarantined } from "./stored-entries.ts";

/**
 * Keeps what a revoked till still has, apart from every total, until a person decides. Its entries must hold together among
 * themselves; that they continue what is stored is not asked, for nothing is built on them.
 */
export async function quarantine(
  office: Office,
  terminal: Terminal,
  { sent: { first }, checked }: ReadUpload,
): Promise<Result<Position, WireFault>> {
  const start = { epoch: first.epoch, seq: first.seq - 1, hash: first.prev };
  if (!checked.ok)
    return fail(faultOf("broken-chain", "the first entry is not the one that was sealed", { at: start }));
  const { sound } = checked.value;
  const nowMs = office.clock.now();
  const count = await office.sql.transaction(async (tx) => {
    const fresh = await insertQuarantined(tx, terminal, sound, nowMs);
    // A revoked till's entries are of no fork: they are what it would have sent.
    if (terminal.state === "active") await noteForks(tx, terminal, sound, nowMs);
    return fresh;
  });
  office.metrics.entries.inc({ outcome: "quarantined" }, count);
  const { epoch, seq, hash } = sound.at(-1) ?? start;
  return ok({ epoch, seq, hash });
}
