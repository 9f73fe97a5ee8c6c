import type { WireEntry } from "#core/journal/wire-entry.ts";
import { ingest } from "#headoffice/journal/ingest.ts";
import { readEntries } from "#headoffice/journal/read-upload.ts";
import { entriesAfter, wireEntryOf } from "#headoffice/journal/stored-entries.ts";
import type { Office } from "#headoffice/office.ts";
import { findTerminal, type TerminalPlace } from "#headoffice/terminals/terminal.ts";
import type { Broken } from "./judge-day.ts";
import { differentRows, readBuilt } from "./replay.ts";

interface EpochRow {
  readonly store_code: string;
  readonly terminal_id: string;
  readonly epoch: string;
}

/** As a till sends them. */
const batch = 100;

/**
 * T9: the journals of one head office, sent to another over another engine, give the same rows there. What was built must
 * be as if every entry had come in its order, which `judgeReplay` sees to.
 */
export async function judgeOtherEngine(from: Office, to: Office): Promise<readonly Broken[]> {
  const epochs = await from.sql.rows<EpochRow>(
    "SELECT store_code, terminal_id, epoch FROM epochs ORDER BY store_code, terminal_id, ordinal",
  );
  for (const { store_code: storeCode, terminal_id: terminalId, epoch } of epochs)
    await copyEpoch(from, to, { storeCode, terminalId }, epoch);
  const [here, there] = [await readBuilt(from), await readBuilt(to)];
  return differentRows(here, there).map((what) => ({ promise: `T9 the same rows on ${to.sql.engine}`, what }));
}

async function copyEpoch(from: Office, to: Office, place: TerminalPlace, epoch: string): Promise<void> {
  const source = await findTerminal(from.sql, place);
  if (source === undefined) throw new Error("an epoch has a terminal");
  if ((await findTerminal(to.sql, place)) === undefined) await addTerminal(to, place, source.publicKey);
  const target = await findTerminal(to.sql, place);
  if (target === undefined) throw new Error("a terminal that was added");
  for (let after = 0; ;) {
    const entries: readonly WireEntry[] = (await entriesAfter(from.sql, source, epoch, after, batch)).map(wireEntryOf);
    const last = entries.at(-1);
    if (last === undefined) return;
    const read = readEntries(place.terminalId, entries);
    if (!read.ok) throw new Error(`${epoch}: ${JSON.stringify(read.fault)}`);
    const taken = await ingest(to, target, read.value);
    if (!taken.ok) throw new Error(`${epoch}: ${JSON.stringify(taken.fault)}`);
    after = last.seq;
  }
}

/** One that was revoked too: here only its journal is asked for. */
function addTerminal({ sql }: Office, { storeCode, terminalId }: TerminalPlace, publicKey: string): Promise<number> {
  return sql.transaction((tx) =>
    tx.run(
      `INSERT INTO terminals (store_code, terminal_id, public_key, state, enrolled_ms, last_seen_ms)
       VALUES (?, ?, ?, 'active', 0, 0)`,
      [storeCode, terminalId, publicKey],
    ),
  );
}
