import type { WireFault } from "#contract/wire/fault.ts";
import { fail, type Result } from "#core/result.ts";
import type { Sql } from "../store/sql.ts";
import { usedBefore } from "../terminals/authenticate.ts";
import { claimNonce, type NonceClaim } from "../terminals/nonces.ts";
import type { Terminal } from "../terminals/terminal.ts";
import { ingestInto, type Outcome, type Sender } from "./ingest.ts";
import { type RawUpload, readUpload, type ReadUpload } from "./read-upload.ts";

/** A till's upload with a signature that was verified; whether its nonce was seen before is to be found out. */
export interface TillUpload extends Omit<RawUpload, "terminalId"> {
  readonly terminal: Terminal;
  readonly claim: NonceClaim;
  /** When it came. Milliseconds since 1970. */
  readonly nowMs: number;
}

/** Reads an upload and takes it in (ingest.ts). The nonce is claimed whatever is answered. */
export async function takeUpload(sql: Sql, { body, contentEncoding, ...sender }: TillUpload): Promise<Outcome> {
  const { terminalId } = sender.terminal;
  return takeRead(sql, sender, readUpload({ terminalId, body, contentEncoding }));
}

async function takeRead(
  sql: Sql,
  sender: Sender & Pick<TillUpload, "claim">,
  upload: Result<ReadUpload, WireFault>,
): Promise<Outcome> {
  if (upload.ok && upload.value.checked.ok) return ingestInto(sql, sender, upload.value);
  // No transaction follows that could remember it.
  const { terminal, claim, nowMs } = sender;
  const isFirst = await claimNonce({ sql, clock: { now: () => nowMs } }, terminal, claim);
  if (isFirst && upload.ok) return ingestInto(sql, { ...sender, claim: null }, upload.value);
  return { taken: fail(isFirst && !upload.ok ? upload.fault : usedBefore()), stored: 0, known: 0, flagged: 0 };
}
