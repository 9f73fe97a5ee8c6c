import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { LegacyFilesConfig } from "#contract/config/legacy-files.ts";
import type { Locale } from "#contract/config/terminal.ts";
import type { WatchedGoodsState } from "#contract/ipc/legacy-file-intents.ts";
import type { ImportJob } from "#contract/worker/catalog-messages.ts";
import { errorCode } from "#core/error-code.ts";
import type { Worker } from "#main/jobs/create-worker.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import { folderFaultOf } from "./folder-fault.ts";
import { moveDurably } from "./put-whole.ts";

/** A list that has looked the same for so long is whole: other systems seldom rename what they wrote. */
const lookEveryMs = 5_000;
/** Ten minutes between two tries of a list that cannot be read. */
const mostLooksBetween = 120;

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
  /** Resolves once no list is being taken in. */
  stop(): Promise<void>;
  /** True while a list is being taken in. */
  isImporting(): boolean;
  /** The newest list since it began, and why none is seen now. */
  state(): WatchedGoodsState;
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
  let looking: Promise<void> | null = null;
  let last: WatchedGoodsState["last"] = null;
  const unread = new Map<string, Unread>();

  const tell = (code: string | null): void => {
    if (code === trouble) return;
    trouble = code;
    if (code !== null) parts.log("the folder of lists of goods cannot be used", { code });
  };
  const goods: WatchedGoods = {
    start() {
      looking = goods.look();
      void looking.then(() => {
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
          const known = unread.get(name);
          if (known?.looks === looks && (known.looksLeft -= 1) > 0) continue;
          isImporting = true;
          const { why, ...outcome } = await takeIn(parts, name);
          last = { name, atMs: parts.clock.now(), ...outcome };
          if (why === null) unread.delete(name);
          else unread.set(name, noteUnread({ name, looks, why, before: known }, parts));
        }
        for (const name of unread.keys()) if (!found.has(name)) unread.delete(name);
        tell(null);
      } catch (cause) {
        tell(errorCode(cause));
      } finally {
        isImporting = false;
      }
    },
    async stop() {
      isStopped = true;
      cancel();
      await looking;
    },
    isImporting: () => isImporting,
    state: () => ({ last, fault: trouble === null ? null : folderFaultOf(trouble) }),
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

/** A list that could not be read or taken in, and lies where it was: the catalogue or the worker may be to blame for it. */
interface Unread {
  readonly looks: string;
  readonly why: string;
  readonly tries: number;
  /** Before it is tried again; one that has changed is tried at once. */
  looksLeft: number;
}

/** Told once for as long as the list and its trouble are the same, and tried again less and less often. */
function noteUnread(
  { name, looks, why, before }: Pick<Unread, "looks" | "why"> & { name: string; before: Unread | undefined },
  { log }: Pick<WatchedGoodsParts, "log">,
): Unread {
  const isSame = before?.looks === looks;
  if (!isSame || before.why !== why) log("a list of goods was not taken in", { name, why });
  const tries = isSame ? before.tries + 1 : 1;
  return { looks, why, tries, looksLeft: Math.min(2 ** tries, mostLooksBetween) };
}

interface Taken extends Omit<NonNullable<WatchedGoodsState["last"]>, "name" | "atMs"> {
  /** Why it lies where it was; null where it was put away. */
  readonly why: string | null;
}
const nothingTaken = { added: 0, changed: 0, wrong: 0 } as const;

async function takeIn(
  { config, worker, catalogDb, locale, ...parts }: WatchedGoodsParts,
  name: string,
): Promise<Taken> {
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
    const why = `not read: ${checked.ok ? "" : checked.fault.kind}`;
    return { ...nothingTaken, outcome: "unread", why };
  }
  const { sha256, columns, refusal, wrong } = checked.value;
  if (refusal !== null || wrong > 0) {
    await worker.run({ ...look, sha256, columns, report });
    await moveDurably(file, join(folder, "failed", name));
    parts.log("a list of goods has faults and was not taken in", { name, wrong, why: refusal?.kind ?? "" });
    return { ...nothingTaken, outcome: "refused", wrong, why: null };
  }
  const applied = await worker.run({ ...look, sha256, columns, mode: "all" });
  if (!applied.ok || applied.value.of !== "import-items" || !applied.value.isApplied) {
    return { ...nothingTaken, outcome: "unread", why: applied.ok ? "not applied" : applied.fault.kind };
  }
  // Taken in twice, where the power went just here, it changes nothing the second time.
  await moveDurably(file, join(folder, "done", name));
  const { added, changed } = applied.value;
  parts.log("a list of goods was taken in", { name, added, changed });
  parts.onApplied();
  return { outcome: "taken-in", added, changed, wrong: 0, why: null };
}
