import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DiskOp } from "./disk-op.ts";
import { SimulatedDisk } from "./simulated-disk.ts";

/** What a recording goes through when no power is lost. */
export interface CommitStates<State> {
  /** In their order; no two neighbours are alike. */
  readonly states: readonly State[];
  /** After which call each state was first seen. */
  readonly firstSeen: readonly number[];
  /** The state of everything that was asked of the disk until a call, as far as it had been looked at. */
  at(call: number): number;
  /** The next state that is looked at behind a call: writes that were not synced may have made it. */
  behind(call: number): number;
}

/**
 * Plays a recording on a disk that loses nothing and looks at the folder wherever something can have come to an end: before
 * each sync, around each change of a name, and wherever somebody was told something; from the first such word on.
 */
export async function commitStates<State extends { readonly digest: string }>(
  ops: readonly DiskOp[],
  scratch: string,
  look: (directory: string) => State | Promise<State>,
): Promise<CommitStates<State>> {
  const disk = new SimulatedDisk();
  const states: State[] = [];
  const firstSeen: number[] = [];
  const looks: { readonly call: number; readonly state: number }[] = [];
  let isBegun = false;
  for (const [call, op] of ops.entries()) {
    // The file as it is made is of no interest: `sales-file.test.ts` and the migrations look at that.
    isBegun ||= op.kind === "told";
    if (isBegun && op.kind !== "write" && op.kind !== "truncate") {
      writeFiles(
        scratch,
        disk.afterPowerLoss("all", () => 0),
      );
      const state = await look(scratch);
      if (states.at(-1)?.digest !== state.digest) {
        states.push(state);
        firstSeen.push(call);
      }
      looks.push({ call, state: states.length - 1 });
    }
    disk.apply(op);
  }
  return {
    states,
    firstSeen,
    at: (call) => looks.findLast((one) => one.call <= call)?.state ?? 0,
    behind: (call) => looks.find((one) => one.call > call)?.state ?? states.length - 1,
  };
}

/** Makes a folder hold these files and nothing else. */
export function writeFiles(directory: string, files: ReadonlyMap<string, Buffer>): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory);
  for (const [name, bytes] of files) writeFileSync(join(directory, name), bytes);
}
