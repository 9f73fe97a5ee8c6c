import Database from "better-sqlite3";
import fc from "fast-check";
import { expect, it } from "vitest";
import { groupCommit } from "./group-commit.ts";

const limits = { mostWaiting: 20, mostTogether: 4 };

/** A real database behind it, which counts its commits. */
function open() {
  const db = new Database(":memory:");
  db.pragma("foreign_keys = ON");
  db.exec(`CREATE TABLE sales (id INTEGER PRIMARY KEY);
           CREATE TABLE lines (sale INTEGER REFERENCES sales (id) DEFERRABLE INITIALLY DEFERRED)`);
  const seen = { commits: 0, answered: 0, answeredAtCommit: 0 };
  const committed = groupCommit(
    {
      begin: () => void db.exec("BEGIN IMMEDIATE"),
      commit() {
        seen.answeredAtCommit = seen.answered;
        db.exec("COMMIT");
        seen.commits += 1;
      },
      isOpen: () => db.inTransaction,
      rollback: () => void db.exec("ROLLBACK"),
    },
    limits,
  );
  const put = (id: number) =>
    committed(async () => void db.prepare("INSERT INTO sales VALUES (?)").run(id)).then(() => {
      seen.answered += 1;
    });
  const ids = () => db.prepare("SELECT id FROM sales ORDER BY id").pluck().all();
  return { db, seen, committed, put, ids };
}

it("commits what waits together at once, and answers nobody before", async () => {
  const { seen, put, ids } = open();
  await Promise.all([put(1), put(2), put(3)]);
  expect(seen).toEqual({ commits: 1, answered: 3, answeredAtCommit: 0 });
  expect(ids()).toEqual([1, 2, 3]);
});

it("takes no more together than it may, each in its turn", async () => {
  const { seen, put, ids } = open();
  await Promise.all(Array.from({ length: 10 }, (_, id) => put(id)));
  expect([seen.commits, ids().length]).toEqual([3, 10]);
});

it("lets whoever asks for it be alone", async () => {
  const { seen, put, committed } = open();
  let commitsBefore = -1;
  const alone = committed(async () => void (commitsBefore = seen.commits), { isAlone: true });
  await Promise.all([put(1), put(2), alone, put(3)]);
  expect([commitsBefore, seen.commits]).toEqual([0, 2]);
});

it("gives each piece of work its own outcome, whatever the others do", async () => {
  const works = fc.array(fc.tuple(fc.nat(8), fc.boolean()), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(works, async (all) => {
      const { committed, db, ids } = open();
      const outcomes = await Promise.allSettled(
        all.map(([id, fails]) =>
          committed(async () => {
            db.prepare("INSERT INTO sales VALUES (?)").run(id);
            if (fails) throw new Error("changed its mind");
            return id;
          }),
        ),
      );
      // One after another, alone: the first of an id that does not fail has it.
      const kept: number[] = [];
      const expected = all.map(([id, fails]) => {
        if (fails || kept.includes(id)) return "rejected";
        kept.push(id);
        return "fulfilled";
      });
      expect(outcomes.map(({ status }) => status)).toEqual(expected);
      expect(ids()).toEqual(kept.toSorted((a, b) => a - b));
    }),
  );
});

it("acknowledges none of a group whose commit fails, keeps nothing of it, and goes on", async () => {
  const { db, seen, committed, put, ids } = open();
  // Found at the commit: a line of no sale.
  const orphan = committed(async () => void db.prepare("INSERT INTO lines VALUES (99)").run());
  const outcomes = await Promise.allSettled([orphan, put(1), put(2)]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect([ids(), seen.commits]).toEqual([[], 0]);
  await put(3);
  expect(ids()).toEqual([3]);
});

it("refuses work that hides an error which has undone the transaction, and keeps that of others", async () => {
  const { db, committed, put, ids } = open();
  const careless = committed(async () => {
    db.prepare("INSERT INTO sales VALUES (7)").run();
    try {
      db.prepare("INSERT OR ROLLBACK INTO sales VALUES (7)").run();
    } catch {
      // Says nothing.
    }
  });
  const outcomes = await Promise.allSettled([put(1), careless, put(2)]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(ids()).toEqual([1, 2]);
});

it("turns away one more than may wait", async () => {
  const { put, ids } = open();
  const outcomes = await Promise.allSettled(Array.from({ length: 21 }, (_, id) => put(id)));
  expect(outcomes.map(({ status }) => status).indexOf("rejected")).toBe(20);
  expect(outcomes.at(-1)).toMatchObject({ reason: { name: "StoreUnavailable", reason: "busy" } });
  expect(ids()).toHaveLength(20);
});
