import { assert } from "#core/result.ts";
import { checkJournalFile } from "#scripts/verify-journal/check-journal-file.ts";
import { chainOf, fileOf, saleTold } from "#tests/support/journal-file.ts";
import type { FuzzParser } from "../parser.ts";

const first = chainOf("epoch-a", [
  { kind: "epoch-opened", body: { previous: null } },
  saleTold(1, 700),
  saleTold(2, 500),
]);
const tip = first.at(-1);
const second = chainOf("epoch-b", [
  { kind: "epoch-opened", body: { previous: { epoch: "epoch-a", seq: tip?.seq, hash: tip?.hash }, why: "restored" } },
  saleTold(5, 300),
]);

/** Nothing is signed in it: every change must be seen all the same, or be no change. */
const whole = fileOf([...first, ...second], null);

export const journalExport: FuzzParser = {
  name: "journal-export",
  reads: "an exported journal, as `npm run verify-journal` checks it (scripts/verify-journal)",
  seeds: () => [whole],
  words: ["\n", '"sig":null', '"seq":', "1e999", "\\ud800", "epoch-opened"],
  twentieths: 10,
  async read(input) {
    const verdict = await checkJournalFile(() => [input], { keys: [] });
    const isSame = Buffer.from(input).equals(whole);
    assert(isSame === (verdict.damageCount === 0), "a file that was changed is told, and one that was not is not");
    assert(verdict.damages.length <= 1_000, "a file of rubbish does not fill the memory");
    return { isTaken: verdict.damageCount === 0, told: verdict };
  },
};
