import { afterEach, beforeEach, expect, it } from "vitest";
import { daysOut, salesOut } from "#contract/config/legacy-files.ts";
import type { OutgoingWritten } from "#contract/ipc/legacy-file-intents.ts";
import { ok } from "#core/result.ts";
import type { LegacyFiles } from "#main/till/ports/legacy-files.ts";
import { people } from "#tests/support/bench-shop.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

const [name, day] = ["again-T01-days-2026-03-01.csv", "2026-03-01"];
let written: OutgoingWritten;
const files: LegacyFiles = {
  view: () => ({
    ...{ shop: "real", files: {}, state: { sales: null, days: null, goods: null } },
    usual: { sales: salesOut.parse({ folder: "-" }), days: daysOut.parse({ folder: "-" }) },
  }),
  chooseFolder: async () => null,
  sample: () => ({ text: "", isOwn: false }),
  write: async () => written,
  save: async (after) => ok({ before: null, after }),
};

let bench: TillBench;
beforeEach(async () => {
  bench = await openTillBench({ legacyFiles: files }).atWork();
});
afterEach(() => bench.close());

it("only a manager has a file written by hand; the journal has what was written, and nothing of what was not", async () => {
  expect(await bench.send("write-legacy-file", { of: "days", day })).toEqual({
    ok: false,
    fault: { kind: "not-allowed" },
  });
  await bench.must("sign-out", {});
  await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
  const view = await bench.must("legacy-files", {});
  for (const one of [
    { kind: "nothing" },
    { kind: "not-written", why: "disk-full" },
    { kind: "written", name, rowCount: 1 },
  ] as const) {
    written = one;
    expect(await bench.must("write-legacy-file", { of: "days", day })).toEqual({ ...view, written: one });
  }
  expect(journalBodies(bench.directory, "legacy-file-written")).toEqual([
    { of: "days", day, name, rowCount: 1, cashierId: people.manager.id },
  ]);
});
