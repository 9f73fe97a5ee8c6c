import type { WireFault } from "#contract/wire/fault.ts";
import type { Kept } from "#contract/wire/relay.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { checkBatch } from "../journal/check-batch.ts";
import type { Office } from "../office.ts";
import { faultOf } from "../service/faults.ts";
import type { Terminal } from "../terminals/terminal.ts";
import { keepBatch } from "./shelf.ts";
import { judgeVouched } from "./vouched-batch.ts";

/**
 * Puts a till's upload on this relay's shelf. Resolves only after it is durable there, so that the till may be told.
 * Faults: bad-request, bad-signature, busy where the shelf of this till is full.
 */
export async function keepUpload(
  relay: Pick<Office, "sql" | "clock" | "metrics">,
  terminal: Terminal,
  entries: readonly WireEntry[],
): Promise<Result<Kept, WireFault>> {
  const vouched = judgeVouched([terminal.publicKey], checkBatch(terminal.terminalId, entries), entries.length);
  const last = entries.at(-1);
  if (!vouched.ok) return vouched;
  if (last === undefined) return fail(faultOf("bad-request", "no entries"));
  const nowMs = relay.clock.now();
  const kept = await keepBatch(relay.sql, terminal, entries, nowMs);
  if (!kept.ok) return fail(faultOf("busy", "this relay keeps as much of this till as it can"));
  relay.metrics.entries.inc({ outcome: "stored" }, entries.length);
  const { epoch, seq, hash } = last;
  return ok({ kept: { epoch, seq, hash }, serverTime: new Date(nowMs).toISOString() });
}
