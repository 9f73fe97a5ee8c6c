import type { WireFault } from "#contract/wire/fault.ts";
import type { Position } from "#contract/wire/journal.ts";
import { fail, type Result } from "#core/result.ts";
import { ingest } from "../journal/ingest.ts";
import { quarantine } from "../journal/quarantine.ts";
import type { ReadUpload } from "../journal/read-upload.ts";
import type { Office } from "../office.ts";
import { faultOf } from "../service/faults.ts";
import { keysOf } from "../terminals/keys-of.ts";
import type { Terminal, TerminalPlace } from "../terminals/terminal.ts";
import { judgeVouched } from "./vouched-batch.ts";

/** Takes in what a relay brings of a till, where the till vouches for all of it, whatever the relay says. */
export async function takeBrought(
  office: Office,
  till: Terminal,
  upload: ReadUpload,
  goesTo: "journal" | "quarantine",
): Promise<Result<Position, WireFault>> {
  const vouched = judgeVouched(await keysOf(office.sql, till), upload.checked, upload.sent.count);
  if (!vouched.ok) return vouched;
  if (goesTo === "quarantine") return quarantine(office, till, upload);
  if (till.state === "revoked") return fail(faultOf("revoked", "this till was revoked at head office"));
  const taken = await ingest(office, till, upload);
  if (!taken.ok || !(await isOfBranch(office, till, upload, taken.value))) return taken;
  return fail(faultOf("fork", "it continues what was put apart", { at: taken.value }));
}

/**
 * Entries beyond a gap would wait for those before them. Where those stand in quarantine, because the till had lost its past
 * and gone on from a copy, they never come into the journal: what continues them belongs beside them. A till learns of its
 * fork and begins a new epoch; a dead one does not, and a relay may have kept hours of it.
 */
async function isOfBranch(
  { sql }: Office,
  { storeCode, terminalId }: TerminalPlace,
  { sent: { first } }: ReadUpload,
  held: Position,
): Promise<boolean> {
  if (first.seq <= held.seq + 1) return false;
  const before = await sql.first(
    `SELECT seq FROM quarantined_entries
     WHERE store_code = ? AND terminal_id = ? AND epoch = ? AND seq = ? AND hash = ?`,
    [storeCode, terminalId, first.epoch, first.seq - 1, first.prev],
  );
  return before !== undefined;
}
