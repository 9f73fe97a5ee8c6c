import type { AuditPageView, AuditRowView } from "#contract/ipc/audit-intents.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { AuditEntry, VerifyJournalResult } from "#contract/worker/audit-messages.ts";
import { ok } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { AuditBooks } from "#main/till/ports/audit-books.ts";
import { managersOnly } from "#main/till/reading.ts";

/** The journal for whoever sees the shop's reports: looked through, checked, and taken along. */
export const auditIntents = {
  "audit-page": { needs: "signed-in", run: readAuditPage },
  "audit-verify": { needs: "signed-in", run: verifyOn },
  "audit-export": { needs: "signed-in", run: exportAudit },
} as const;

async function readAuditPage(
  till: TillContext,
  { query, before }: IntentArgs<"audit-page">,
): Promise<Outcome<AuditPageView>> {
  const books = booksOf(till);
  if (!books.ok) return books;
  const page = await books.value.page(query, before);
  if (!page.ok) return refuse("audit-failed");
  const names = new Map(till.deps.store.listPeople().map(({ cashier }) => [cashier.id, cashier.name]));
  const { entries, ...rest } = page.value;
  return ok({ ...rest, rows: entries.map((entry) => rowOf(entry, names)) });
}

async function verifyOn(till: TillContext): Promise<Outcome<VerifyJournalResult>> {
  const books = booksOf(till);
  if (!books.ok) return books;
  const checked = await books.value.verifyOn();
  return checked.ok ? ok(checked.value) : refuse("audit-failed");
}

async function exportAudit(
  till: TillContext,
  { query }: IntentArgs<"audit-export">,
): Promise<Outcome<{ readonly rowCount: number } | null>> {
  const books = booksOf(till);
  if (!books.ok) return books;
  const { deps, state } = till;
  const by = state.cashier?.id ?? null;
  const day = localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes).slice(0, 10);
  const target = await deps.askWhereToSave(`journal-${deps.config.terminalId}-${day}.csv`);
  if (target === null) return ok(null);
  const written = await books.value.export(query, target, state.locale);
  if (!written.ok) return refuse("cannot-save-file");
  const { rowCount } = written.value;
  deps.store.appendJournal({ kind: "journal-exported", body: { rowCount, by } });
  till.changed("status");
  return ok({ rowCount });
}

function booksOf(till: TillContext): Outcome<AuditBooks> {
  const allowed = managersOnly(till);
  if (!allowed.ok) return allowed;
  const books = till.deps.audit ?? null;
  return books === null ? refuse("audit-failed") : ok(books);
}

function rowOf(entry: AuditEntry, names: ReadonlyMap<string, string>): AuditRowView {
  const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? id));
  return {
    ...entry,
    personName: nameOf(entry.personId),
    approverName: nameOf(entry.approverId),
    aboutName: nameOf(entry.aboutId),
  };
}
