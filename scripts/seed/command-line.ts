import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { fail, ok, type Result } from "#core/result.ts";
import type { SeedOptions } from "./seed-directory.ts";

export const usage = `npm run seed -- --data-dir DIR [--items N] [--sales N] [--seed N] [--until YYYY-MM-DD]

  Makes the data directory of a shop after a year of trade, which npm start -- --data-dir DIR opens.

  --data-dir DIR  where to; a folder that is empty or not there yet
  --items N       items in the catalogue, 100 to 2,000,000; 10,000 if left out
  --sales N       finished sales, 100 to 10,000,000; 50,000 if left out
  --seed N        another shop; the same number and last day are the same goods, sales and sums. 1 if left out
  --until DAY     the last business day; yesterday if left out

  Ctrl-C ends it after the shift that is under way: what was sold by then is a whole data directory too.`;

type Asked = Omit<SeedOptions, "onProgress" | "writes" | "stop">;

const minMax = { items: [100, 2_000_000], sales: [100, 10_000_000], seed: [0, 4_000_000_000] } as const;

/** What was asked for, or what to print instead. @param todayMs milliseconds since 1970 */
export function readCommandLine(args: readonly string[], todayMs: number): Result<Asked, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...{ "data-dir": { type: "string" }, items: { type: "string" }, sales: { type: "string" } },
        ...{ seed: { type: "string" }, until: { type: "string" }, help: { type: "boolean" } },
      },
    });
    if (values.help === true || values["data-dir"] === undefined) return fail(usage);
    const numbers = { items: "10000", sales: "50000", seed: "1", ...definedOf(values) };
    for (const name of ["items", "sales", "seed"] as const) {
      const [least, most] = minMax[name];
      if (!/^\d+$/.test(numbers[name]) || Number(numbers[name]) < least || Number(numbers[name]) > most)
        return fail(`--${name} takes a whole number from ${least} to ${most}, not ${numbers[name]}\n\n${usage}`);
    }
    const yesterday = new Date(todayMs - 16 * 3_600_000).toISOString().slice(0, 10);
    const until = values.until ?? yesterday;
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until) && !Number.isNaN(Date.parse(until));
    if (!isDay || until > yesterday)
      return fail(`--until takes a day that is over, such as ${yesterday}, not ${until}\n\n${usage}`);
    return ok({
      dataDir: resolve(values["data-dir"]),
      ...{ itemCount: Number(numbers.items), saleCount: Number(numbers.sales), seed: Number(numbers.seed), until },
    });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function definedOf(values: Readonly<Record<string, string | boolean | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
