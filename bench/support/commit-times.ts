import { join } from "node:path";
import { assert } from "#core/result.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";

/**
 * Has the till's main process note how long each transaction that adds a sale takes, from its BEGIN to the end of its
 * COMMIT: by the database's own statements, whatever called them.
 */
export async function timeCommits(till: TillUnderTest): Promise<void> {
  await till.app.evaluate(
    (_electron, root) => {
      const { createRequire } = process.getBuiltinModule("node:module");
      // The very module the till has loaded: its statements share one prototype.
      const Database = createRequire(root)("better-sqlite3");
      const statement = Object.getPrototypeOf(new Database(":memory:").prepare("SELECT 1"));
      const { run } = statement;
      const times: number[] = [];
      let [beganMs, hasSale] = [0, false];
      statement.run = function timed(this: { readonly source: string }, ...values: readonly unknown[]) {
        const { source } = this;
        if (source.startsWith("BEGIN")) [beganMs, hasSale] = [performance.now(), false];
        if (/^\s*INSERT INTO sales /.test(source)) hasSale = true;
        const answer = run.apply(this, values);
        if (source === "COMMIT" && hasSale) times.push(performance.now() - beganMs);
        return answer;
      };
      Object.assign(globalThis, { benchCommits: times });
    },
    join(projectRoot, "package.json"),
  );
}

/** The times noted since the last look, in milliseconds. */
export async function takenCommits(till: TillUnderTest): Promise<readonly number[]> {
  const times = await till.app.evaluate(() => {
    // Put there when the timing began.
    const noted = Reflect.get(globalThis, "benchCommits") as number[];
    return noted.splice(0);
  });
  assert(times.length > 0, "sales were committed");
  return times;
}
