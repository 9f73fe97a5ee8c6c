import { readThreeBooks } from "#tests/crash/books.ts";
import { judge } from "#tests/crash/judge.ts";
import type { Random } from "#tests/support/random.ts";
import { Cycle } from "./cycle.ts";
import { type Finding, judgeOldTill } from "./judge.ts";
import type { Note, OldTillWord } from "./old-till-words.ts";
import { openPlace, type Place } from "./place.ts";
import { type Claim, untrueClaims } from "./truth.ts";
import type { Visit } from "./visits.ts";

export interface Verdict {
  /** Payments and reversals in whose middle somebody's power went. */
  readonly kills: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Requests without an answer, and payments whose end is not known. */
  readonly unresolved: number;
  /** Answers to TransactionStatus that were not so. */
  readonly untrue: number;
  /** Kills whose moment never came. */
  readonly missed: number;
  /** Sales of the old till. */
  readonly paid: number;
  readonly notPaid: number;
  readonly givenBack: number;
}

/** Has a sale paid for each visit and kills at its step; then compares what was told, what is booked and what was charged. */
export async function killEitherSide(run: {
  readonly visits: readonly Visit[];
  readonly random: Random;
  readonly forgets: boolean;
}): Promise<Verdict> {
  let cycle: Cycle | null = null;
  let isWaiting = false;
  const place = await openPlace(run.forgets, (word: OldTillWord) => {
    isWaiting = word.kind === "next";
    cycle?.hear(word);
  });
  const claims: Claim[] = [];
  let missed = 0;
  try {
    for (const [index, visit] of run.visits.entries()) {
      cycle = new Cycle(place, visit, run.random);
      if (index === 0) place.startOldTill();
      const began = performance.now();
      await cycle.run(isWaiting);
      claims.push(...cycle.claims());
      if (!cycle.isStruck()) missed += 1;
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      const { side, step, category, customer, door } = visit;
      const fell = cycle.isStruck() ? "" : ", and the kill never came";
      const told = cycle.told().map(({ service, word }) => `${service} ${word}`);
      const at = `${index + 1}/${run.visits.length}: ${side}, ${category} ${step}, ${door}; ${customer}`;
      console.log(`${at}: ${told.join(", then ")}${fell}, ${seconds} s`);
    }
    return await conclude(place, claims, { kills: run.visits.length - missed, missed });
  } finally {
    for (const line of place.complaints) console.log(line);
    await place.close();
  }
}

async function conclude(
  place: Place,
  claims: readonly Claim[],
  counts: Pick<Verdict, "kills" | "missed">,
): Promise<Verdict> {
  const notes = await place.end();
  const done = (of: Note["category"]) => notes.filter(({ category, word }) => category === of && word === "Success");
  const books = await readThreeBooks(place.shop, { sales: [], givenBack: [], baskets: [] });
  const { findings, verdict } = judge(books);
  const all: readonly Finding[] = [...findings, ...judgeOldTill(notes, books), ...untrueClaims(claims, notes)];
  for (const { kind, what } of all) console.log(`${kind}: ${what}`);
  const count = (kind: Finding["kind"]): number => all.filter((finding) => finding.kind === kind).length;
  const paid = new Set(done("Payment").map(({ number }) => number)).size;
  return {
    ...counts,
    ...{ lost: count("lost"), duplicated: count("duplicated"), unresolved: count("unresolved") + verdict.unresolved },
    untrue: count("untrue"),
    ...{ paid, notPaid: new Set(notes.map(({ number }) => number)).size - paid, givenBack: done("Reversal").length },
  };
}
