import { rmSync } from "node:fs";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { Mark } from "#core/sync/upload.ts";
import type { StoreFault } from "../fault.ts";
import { openSalesStore, salesMigrations } from "../sales/open-sales-store.ts";

export interface SealParts {
  readonly path: string;
  readonly terminalId: string;
  readonly nowMs: number;
  readonly newId: () => string;
  /** Numbers up to these are never given again. */
  readonly saleNumber: number;
  readonly attemptNumber: number;
  /** For the journal: whose word it was, which backup, what was set aside. */
  readonly body: { readonly by: string | null; readonly [fact: string]: unknown };
  /** Hash of the first manager's new PIN, where the PINs of these books cannot be checked on this machine; else null. */
  readonly pinHash: string | null;
}

/**
 * Makes books of a backup ready to be put in place of the till's: the newest shape, and a new epoch as their last word. So
 * the file that is put in place has begun its epoch before anybody can sell on it. Papers that waited for the printer are
 * of an unknown end, because they may have been printed since. On the disk when this returns, as one file.
 */
export function sealRestored(parts: SealParts): Result<{ readonly epoch: string }, StoreFault> {
  const { path, terminalId, nowMs, newId, body } = parts;
  const opened = openSalesStore({ path, terminalId, now: () => nowMs, newId });
  if (!opened.ok) return fail(opened.fault);
  const store = opened.value;
  try {
    const { epoch, lastSeq: seq, lastHash: hash } = store.journalStatus();
    const previous: Mark = { epoch, seq, hash };
    store.outbox.openEpoch({
      ...{ cause: "restored", previous, forks: [], lost: [], alarm: null },
      ...{ saleNumber: parts.saleNumber, attemptNumber: parts.attemptNumber },
    });
    store.appendJournal({ kind: "backup-restored", body: { ...body, from: previous } });
    for (const { jobId, state } of store.unfinishedPrintJobs()) {
      if (state !== "unknown") store.setPrintState(jobId, "unknown");
    }
    if (parts.pinHash !== null) replacePins(store, parts.pinHash);
    return ok({ epoch: store.journalStatus().epoch });
  } finally {
    // Closing the last connection empties the log into the file and takes it away.
    store.close();
    for (let version = 1; version <= salesMigrations.length; version += 1)
      rmSync(`${path}.before-v${version}`, { force: true });
  }
}

type OpenStore = Extract<ReturnType<typeof openSalesStore>, { ok: true }>["value"];

/** Hashes of PINs and badges made with another machine's secret let nobody in, and would only say "wrong" for ever. */
function replacePins(store: OpenStore, pinHash: string): void {
  const people = store.listPinRecords();
  const first = people.find(({ cashier }) => cashier.role === "manager");
  assert(first !== undefined, "books have a manager");
  for (const { cashier } of people) {
    const isFirst = cashier.id === first.cashier.id;
    store.setPin(cashier.id, isFirst ? pinHash : "", {
      kind: "pin-set",
      body: { cashierId: cashier.id, by: null, why: "restored-on-another-machine" },
    });
  }
  for (const { cashier, badgeSinceMs } of store.listPeople()) {
    if (badgeSinceMs === null) continue;
    store.setBadge(cashier.id, null, { kind: "badge-revoked", body: { cashierId: cashier.id, by: null } });
  }
}
