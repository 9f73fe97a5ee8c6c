import { readThreeBooks } from "#tests/crash/books.ts";
import { judge } from "#tests/crash/judge.ts";
import type { Random } from "#tests/support/random.ts";
import { Cycle } from "./cycle.ts";
import { type Finding, judgeOldTill } from "./judge.ts";
import type { OldTillWord } from "./old-till-words.ts";
import { openPlace, type Place } from "./place.ts";
import type { Visit } from "./visits.ts";

export interface Verdict {
  /** Payments in whose middle somebody's power went. */
  readonly kills: number;
  readonly lost: number;
  readonly duplicated: number;
  /** Requests without an answer, and payments whose end is not known. */
  readonly unresolved: number;
  /** Kills whose moment never came. */
  readonly missed: number;
  /** Sales of the old till. */
  readonly paid: number;
  readonly notPaid: number;
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
  let missed = 0;
  try {
    for (const [index, visit] of run.visits.entries()) {
      cycle = new Cycle(place, visit, run.random);
      if (index === 0) place.startOldTill();
      const began = performance.now();
      await cycle.run(isWaiting);
      if (!cycle.isStruck()) missed += 1;
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      const { side, step, customer, door } = visit;
      const fell = cycle.isStruck() ? "" : ", and the kill never came";
      const told = cycle.told().join(", then ");
      console.log(
        `${index + 1}/${run.visits.length}: ${side}, ${step}, ${door}; ${customer}: ${told}${fell}, ${seconds} s`,
      );
    }
    return await conclude(place, { kills: run.visits.length - missed, missed });
  } finally {
    for (const line of place.complaints) console.log(line);
    await place.close();
  }
}

async function conclude(place: Place, counts: Pick<Verdict, "kills" | "missed">): Promise<Verdict> {
  const notes = await place.end();
  const told = notes.filter(({ word }) => word === "Success");
  const books = await readThreeBooks(place.shop, { sales: [], givenBack: [], baskets: [] });
  const { findings, verdict } = judge(books);
  const all: readonly Finding[] = [...findings, ...judgeOldTill(notes, books)];
  for (const { kind, what } of all) console.log(`${kind}: ${what}`);
  const count = (kind: Finding["kind"]): number => all.filter((finding) => finding.kind === kind).length;
  const paid = new Set(told.map(({ number }) => number)).size;
  return {
    ...counts,
    ...{ lost: count("lost"), duplicated: count("duplicated"), unresolved: count("unresolved") + verdict.unresolved },
    ...{ paid, notPaid: new Set(notes.map(({ number }) => number)).size - paid },
  };
}
