import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { LegacyFilesConfig } from "#contract/config/legacy-files.ts";
import type { Locale } from "#contract/config/terminal.ts";
import type { ImportJob } from "#contract/worker/catalog-messages.ts";
import { errorCode } from "#core/error-code.ts";
import type { Worker } from "#main/jobs/create-worker.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { moveDurably } from "./put-whole.ts";

/** A list that has looked the same for so long is whole: other systems seldom rename what they wrote. */
const lookEveryMs = 5_000;

export interface WatchedGoodsParts {
  readonly config: NonNullable<LegacyFilesConfig["goods"]>;
  /** The one that takes lists in by hand: one list at a time. */
  readonly worker: Worker;
  readonly catalogDb: string;
  readonly locale: Locale;
  /** Told of lists that were taken in. */
  readonly onApplied: () => void;
  readonly clock: Clock;
  readonly log: (what: string, facts: Readonly<Record<string, string | number>>) => void;
}

export interface WatchedGoods {
  start(): void;
  /** Takes in what has not changed since the look before; tests call it, otherwise it is called every 5 s. */
  look(): Promise<void>;
  stop(): void;
  /** True while a list is being taken in. */
  isImporting(): boolean;
}

/**
 * Lists of goods that another system puts into a folder, judged as a manager's own are: all of a list or none of it. Taken in
 * goes to `done`; one with faults goes to `failed`, with a list of its faults beside it, and changes nothing.
 */
export function createWatchedGoods(parts: WatchedGoodsParts): WatchedGoods {
  let cancel = (): void => {};
  let isStopped = false;
  let isImporting = false;
  let seen = new Map<string, string>();
  let trouble: string | null = null;

  const tell = (code: string | null): void => {
    if (code === trouble) return;
    trouble = code;
    if (code !== null) parts.log("the folder of lists of goods cannot be used", { code });
  };
  const goods: WatchedGoods = {
    start() {
      void goods.look().then(() => {
        if (!isStopped) cancel = parts.clock.after(lookEveryMs, goods.start);
      });
    },
    async look() {
      try {
        const found = await listsIn(parts.config.folder);
        const before = seen;
        seen = found;
        for (const [name, looks] of found) {
          if (isStopped || before.get(name) !== looks) continue;
          isImporting = true;
          await takeIn(parts, name);
        }
        tell(null);
      } catch (cause) {
        tell(errorCode(cause));
      } finally {
        isImporting = false;
      }
    },
    stop() {
      isStopped = true;
      cancel();
    },
    isImporting: () => isImporting,
  };
  return goods;
}

/** Lists by name, and what tells whether one has changed. */
async function listsIn(folder: string): Promise<Map<string, string>> {
  const lists = new Map<string, string>();
  for (const name of (await readdir(folder)).toSorted()) {
    if (!/\.(?:csv|txt|xlsx)$/iu.test(name) || name.startsWith(".")) continue;
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile() === true) lists.set(name, `${found.size} ${found.mtimeMs}`);
  }
  return lists;
}

async function takeIn({ config, worker, catalogDb, locale, ...parts }: WatchedGoodsParts, name: string): Promise<void> {
  const { folder, newCategories } = config;
  const file = join(folder, name);
  for (const part of ["done", "failed"]) await mkdir(join(folder, part), { recursive: true });
  const report = join(folder, "failed", `${name}.faults.csv`);
  const look: ImportJob = {
    ...{
      kind: "import-items",
      file,
      catalogDb,
      sha256: null,
      columns: null,
      newCategories,
      mode: "check",
      report: null,
    },
    ...{ locale, cashierId: "" },
  };
  const checked = await worker.run(look);
  if (!checked.ok || checked.value.of !== "import-items") {
    // Another look may find it readable, or the catalogue open; only a list itself is ever put aside.
    return parts.log("a list of goods was not read", { name, why: checked.ok ? "" : checked.fault.kind });
  }
  const { sha256, columns, refusal, wrong } = checked.value;
  if (refusal !== null || wrong > 0) {
    await worker.run({ ...look, sha256, columns, report });
    await moveDurably(file, join(folder, "failed", name));
    return parts.log("a list of goods has faults and was not taken in", { name, wrong, why: refusal?.kind ?? "" });
  }
  const applied = await worker.run({ ...look, sha256, columns, mode: "all" });
  if (!applied.ok || applied.value.of !== "import-items" || !applied.value.isApplied) {
    return parts.log("a list of goods was not taken in", { name, why: applied.ok ? "" : applied.fault.kind });
  }
  // Taken in twice, where the power went just here, it changes nothing the second time.
  await moveDurably(file, join(folder, "done", name));
  const { added, changed } = applied.value;
  parts.log("a list of goods was taken in", { name, added, changed });
  parts.onApplied();
}
