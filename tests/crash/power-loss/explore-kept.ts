import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { assert } from "#core/result.ts";
import { pick, type Random, seededRandom } from "#tests/support/random.ts";
import { type CommitStates, commitStates, writeFiles } from "./commit-states.ts";
import type { DiskOp } from "./disk-op.ts";
import type { ActReport } from "./explore-day.ts";
import { type KeptThing, whatIsKept } from "./kept-things.ts";
import { recordProgram } from "./record-seller.ts";
import { inScratch } from "./scratch.ts";
import { powerLossKinds, SimulatedDisk } from "./simulated-disk.ts";

/** As a control that must be found out: a till that never asks the disk to keep anything; migrations cut in pieces. */
export type CarelessWith = "syncs" | "migrations" | null;

interface KeptExploration {
  readonly seed: number;
  /** Power cuts. */
  readonly cuts: number;
  /** Of a file's earlier versions, all or three. */
  readonly versions: "every" | "some";
  readonly careless: CarelessWith;
}

/** Records a till that keeps a thing some times over, cuts the power, and looks at what the next start has of it. */
export function exploreKept(thing: KeptThing, { seed, cuts, versions, careless }: KeptExploration): Promise<ActReport> {
  return inScratch(async (scratch) => {
    const [kept, found] = [join(scratch, "kept"), join(scratch, "found")];
    mkdirSync(kept);
    const ops = await recordProgram(kept, "keeper.ts", [
      ...[thing, careless === "migrations" ? "split" : "whole", versions],
    ]);
    const acts = actsOf(ops);
    const look = async (directory: string, act: string) => ({ digest: await looked(thing, directory, act) });
    const isMigration = thing.endsWith("of every earlier version");
    const { states, at, behind } = isMigration
      ? await broughtUpToDate(ops, acts, join(scratch, "look"), look)
      : await commitStates(ops, join(scratch, "look"), (directory) => look(directory, thing));
    const report: ActReport = { act: thing, states: 0, lost: 0, doubled: 0, half: 0, traces: 0, finding: null };
    const disk = new SimulatedDisk();
    const random = seededRandom(seed);
    let applied = 0;
    for (const { call, kind } of cutsOf(ops, cuts, random)) {
      for (; applied <= call; applied += 1) {
        const op = ops[applied];
        assert(op !== undefined, "a cut lies inside the recording");
        const isSync = op.kind === "sync" || op.kind === "sync-names";
        // What was there before is on the disk in any case.
        if (!(isSync && careless === "syncs" && applied > (acts[0]?.call ?? 0))) disk.apply(op);
      }
      writeFiles(found, disk.afterPowerLoss(kind, random));
      const { digest } = await look(found, acts.findLast((one) => one.call <= call)?.act ?? "");
      report.states += 1;
      const place = states.findLastIndex((state, index) => index <= behind(call) && state.digest === digest);
      if (place >= at(call)) continue;
      report[place < 0 ? "half" : "lost"] += 1;
      report.finding ??= `call ${call}, ${kind}: ${place < 0 ? digest.slice(0, 200) : "as it was before"}`;
    }
    return report;
  });
}

interface Begun {
  readonly call: number;
  readonly act: string;
}

function actsOf(ops: readonly DiskOp[]): readonly Begun[] {
  return ops.flatMap((op, call) =>
    op.kind === "told" && op.told.what === "begins" ? [{ call, act: op.told.act }] : [],
  );
}

function cutsOf(ops: readonly DiskOp[], cuts: number, random: Random) {
  const begins = actsOf(ops)[0]?.call ?? 0;
  const calls = Array.from({ length: ops.length - begins }, (_, index) => begins + index);
  // Where there are few calls, all of them with each kind.
  const all = calls.flatMap((call) => powerLossKinds.map((kind) => ({ call, kind })));
  if (all.length <= cuts) return all;
  const some = Array.from({ length: cuts }, () => ({
    call: begins + pick(random, calls.length),
    kind: powerLossKinds[pick(random, powerLossKinds.length)] ?? "none",
  }));
  return some.toSorted((a, b) => a.call - b.call);
}

/** What cannot be read at all is a word as well. */
async function looked(thing: KeptThing, directory: string, act: string): Promise<string> {
  try {
    return await whatIsKept(thing, directory, act);
  } catch (cause) {
    return String(cause);
  }
}

/** Each old file in its turn: whenever the power goes, the next start must make of it what a whole migration makes. */
async function broughtUpToDate(
  ops: readonly DiskOp[],
  acts: readonly Begun[],
  scratch: string,
  look: (directory: string, act: string) => Promise<{ readonly digest: string }>,
): Promise<Pick<CommitStates<{ readonly digest: string }>, "states" | "at" | "behind">> {
  const disk = new SimulatedDisk();
  for (const op of ops) disk.apply(op);
  writeFiles(
    scratch,
    disk.afterPowerLoss("all", () => 0),
  );
  const states: { readonly digest: string }[] = [];
  for (const { act } of acts) states.push(await look(scratch, act));
  const at = (call: number): number => acts.findLastIndex((one) => one.call <= call);
  return { states, at, behind: at };
}
