import { isFlat } from "./judge-growth.ts";
import type { DayOptions, DayRun } from "./live-day.ts";

const mib = 1_048_576;
/** Twice what SQLite lets a write-ahead log grow to before it begins it anew. */
export const mostWalMib = 8;

/** What is said of a day; the last line is the verdict as JSON. */
export function tellDay(
  options: Pick<DayOptions, "seed" | "tills" | "sales">,
  run: DayRun,
): { readonly isGood: boolean; readonly lines: readonly string[] } {
  const { books, growth, memory, wal, complaints, isAgreed, crashes, ...counts } = run;
  const sum = (of: "sales" | "entries" | "lost" | "duplicated" | "chainBreaks" | "apartFen" | "apartSales") =>
    books.reduce((total, book) => total + book[of], 0);
  const wrong = { lost: sum("lost"), duplicated: sum("duplicated"), chainBreaks: sum("chainBreaks") };
  const apart = { apartFen: sum("apartFen"), apartSales: sum("apartSales") };
  const walMib = Math.max(...Object.values(wal)) / mib;
  const isFlatAll = Object.values(growth).every(isFlat);
  const isWell = [...Object.values(wrong), ...Object.values(apart)].every((count) => count === 0) && isAgreed;
  const isSold = sum("sales") === options.tills * options.sales;
  const isGood = isWell && isSold && crashes === 0 && isFlatAll && walMib <= mostWalMib;
  const verdict = {
    ...{ seed: options.seed, tills: options.tills, sales: sum("sales"), entries: sum("entries"), ...wrong, ...apart },
    ...{ memoryRatio: growth, walMib: rounded(walMib), ...counts, isAgreed, crashes },
  };
  const held = [...memory].map(([name, samples]) => {
    const peak = (of: "rssBytes" | "heapBytes") => rounded(Math.max(0, ...samples.map((one) => one[of])) / mib);
    return `${name}: ${samples.length} samples, at most ${peak("rssBytes")} MiB, ${peak("heapBytes")} MiB of them heap`;
  });
  const logs = Object.entries(wal).map(([name, bytes]) => `${name}-wal: at most ${rounded(bytes / mib)} MiB`);
  const findings = books.flatMap((book) => book.findings).slice(0, 100);
  const said = [...findings, ...(isGood ? [] : complaints.slice(-40)), ...held, ...logs];
  return { isGood, lines: [...said, JSON.stringify(verdict)] };
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}
