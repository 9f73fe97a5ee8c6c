import Database from "better-sqlite3";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AuditEntry, AuditQuery } from "#contract/worker/audit-messages.ts";
import { auditFacts } from "#core/journal/audit-facts.ts";
import { auditGroupOf, auditGroups } from "#core/journal/audit-groups.ts";
import type { JournalKind } from "#core/journal/entry.ts";
import { type AuditBooks, openAuditBooks } from "./audit-books.ts";
import { type OpenSalesStore, openSalesStore } from "./open-sales-store.ts";

const everything: AuditQuery = {
  ...{ fromMs: null, toMs: null, personId: null, group: null, amountFen: null, saleNumber: null, text: null },
};
const startMs = Date.parse("2026-03-02T02:00:00Z");
const minuteMs = 60_000;
const kinds = ["signed-in", "discount-granted", "drawer-opened", "rights-changed", "line-voided"] as const;
const people = ["c1", "c2", "m1"] as const;
const entryCount = 240;

/** A journal in which every filter finds some and not all. */
const written = Array.from({ length: entryCount }, (_, index) => {
  const kind: JournalKind = kinds[index % kinds.length] ?? "signed-in";
  const body = {
    cashierId: people[index % people.length],
    ...(index % 7 === 0 ? { approvedBy: "m1" } : {}),
    ...(index % 4 === 0 ? { amountFen: index % 3 === 0 ? 350 : 3500 } : {}),
    ...(index % 11 === 0 ? { reason: "可乐 Spilled" } : {}),
  };
  return { kind, body, atMs: startMs + index * minuteMs };
});

let directory: string;
let store: OpenSalesStore;
let books: AuditBooks;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "tillway-audit-"));
  let nowMs = startMs - minuteMs;
  const opened = openSalesStore({
    ...{ path: join(directory, "sales.db"), terminalId: "T01", now: () => nowMs, newId: () => "epoch-1" },
  });
  if (!opened.ok) throw new Error(opened.fault.kind);
  store = opened.value;
  for (const { kind, body, atMs } of written) {
    nowMs = atMs;
    store.appendJournal({ kind, body });
  }
  books = openAuditBooks(join(directory, "sales.db"));
}, 60_000);
afterAll(() => {
  books?.close();
  store?.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Every page of a search, as the page on the screen asks for them. */
function all(query: AuditQuery, step: number): readonly AuditEntry[] {
  const found: AuditEntry[] = [];
  for (let before: number | null = null; ;) {
    const page = books.page(query, before, step);
    found.push(...page.entries);
    if (page.before === null) return found;
    before = page.before;
  }
}

/** The same, by looking at each entry that was written. */
function expected(query: AuditQuery): readonly number[] {
  return written
    .flatMap(({ kind, body, atMs }, index) => {
      const facts = auditFacts(kind, body);
      const isFound =
        (query.fromMs === null || atMs >= query.fromMs) &&
        (query.toMs === null || atMs < query.toMs) &&
        (query.personId === null || [facts.personId, facts.approverId].includes(query.personId)) &&
        (query.group === null || auditGroupOf(kind) === query.group) &&
        (query.amountFen === null || facts.amountFen === query.amountFen) &&
        (query.text === null || JSON.stringify(body).toLowerCase().includes(query.text));
      return isFound ? [index + 2] : [];
    })
    .toReversed();
}

it("finds exactly what was asked for, newest first, whatever the pages and however far one search looks", () => {
  const query = fc.record({
    fromMs: fc.option(fc.nat(entryCount).map((index) => startMs + index * minuteMs)),
    toMs: fc.option(fc.nat(entryCount).map((index) => startMs + index * minuteMs)),
    personId: fc.option(fc.constantFrom(...people, "nobody")),
    group: fc.option(fc.constantFrom(...auditGroups)),
    amountFen: fc.option(fc.constantFrom(350, 3500, 35)),
    saleNumber: fc.constant(null),
    text: fc.option(fc.constantFrom("spilled", "可乐", "no such word")),
  });
  fc.assert(
    fc.property(query, fc.constantFrom(1, 7, 60, 1_000), (asked, step) => {
      // The first entry of the file opens its epoch, and is the system's.
      const found = all(asked, step).filter(({ kind }) => kind !== "epoch-opened");
      expect(found.map(({ position }) => position)).toEqual(expected(asked));
    }),
    { numRuns: 60 },
  );
});

it("comes back after a bounded look, and says how far it came", () => {
  const page = books.page({ ...everything, text: "no such word" }, null, 100);
  expect(page).toEqual({
    entries: [],
    before: entryCount + 2 - 100,
    reachedMs: startMs + (entryCount - 100) * minuteMs,
  });
});

it("takes an amount for the whole of it and not for a part of another", () => {
  const amounts = new Set(all({ ...everything, amountFen: 350 }, 1_000).map(({ amountFen }) => amountFen));
  expect([...amounts]).toEqual([350]);
});

it("checks the chain in stretches and gets to its end", () => {
  expect(books.verify(0, 100)).toEqual({ through: 100, total: entryCount + 1, broken: null });
  expect(books.verify(100, 1_000)).toEqual({ through: entryCount + 1, total: entryCount + 1, broken: null });
});

it("names the entry that was changed behind the till's back", () => {
  const copy = join(directory, "changed.db");
  store.appendJournal({ kind: "signed-out", body: { cashierId: "c1" } });
  const db = new Database(join(directory, "sales.db"));
  db.prepare("VACUUM INTO ?").run(copy);
  db.close();
  const changed = new Database(copy);
  changed.exec("DROP TRIGGER journal_is_never_changed");
  changed.prepare("UPDATE journal SET body = ? WHERE position = 50").run(Buffer.from('{"cashierId":"c2"}'));
  changed.close();
  const spoilt = openAuditBooks(copy);
  try {
    expect(spoilt.verify(0, 1_000)).toMatchObject({ through: 49, broken: { seq: 50, why: "wrong-hash" } });
  } finally {
    spoilt.close();
  }
});
