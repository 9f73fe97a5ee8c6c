import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFiles } from "./commit-states.ts";
import type { AcknowledgedSale, DiskOp } from "./disk-op.ts";
import { examineFiles } from "./examine-files.ts";
import { pick, type Random, seededRandom } from "#tests/support/random.ts";
import { recordSeller } from "./record-seller.ts";
import { powerLossKinds, SimulatedDisk } from "./simulated-disk.ts";

export interface PowerLossReport {
  /** Promises looked for, over all states. */
  readonly acknowledged: number;
  /** Promised sales that were gone or changed, over all states. */
  readonly lost: number;
  /** States the store could not open, or whose file or journal is damaged. */
  readonly corrupt: number;
  /** States with a part of a sale. */
  readonly half: number;
  /** The first few findings in words, to make them again by seed and state. */
  readonly findings: readonly string[];
}

/** Enough for several checkpoints of 1,000 pages, where the database file itself is written. */
const salesSold = 120;

const mostFindings = 5;

/**
 * Sells on the real store once, then cuts the power `states` times at points chosen by `seed`, each time with another
 * part of the unsynced writes on the platter, and opens what is left. FULL must lose nothing; NORMAL is the control.
 */
export async function powerLossStates(options: {
  readonly states: number;
  readonly seed: number;
  readonly synchronous: "FULL" | "NORMAL";
}): Promise<PowerLossReport> {
  // In memory where there is such a place: that the images themselves survive a power cut is of no interest.
  const scratch = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "tillway-power-"));
  try {
    const sold = join(scratch, "sold");
    mkdirSync(sold);
    const ops = await recordSeller(sold, salesSold, options.synchronous);
    const random = seededRandom(options.seed);
    return cutThePower(ops, cutPoints(ops, options.states, random), random, join(scratch, "found"));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Every third cut is while the database file is written: a checkpoint is short, and the likeliest place for damage. */
function cutPoints(ops: readonly DiskOp[], states: number, random: Random): readonly number[] {
  const inCheckpoints = ops.flatMap((op, index) => (op.kind === "write" && op.file === "sales.db" ? [index] : []));
  const points = Array.from({ length: states }, (_, state) =>
    state % 3 === 0 ? (inCheckpoints[pick(random, inCheckpoints.length)] ?? 0) : pick(random, ops.length),
  );
  return points.toSorted((a, b) => a - b);
}

function cutThePower(
  ops: readonly DiskOp[],
  points: readonly number[],
  random: Random,
  directory: string,
): PowerLossReport {
  const disk = new SimulatedDisk();
  const promised: AcknowledgedSale[] = [];
  const report = { acknowledged: 0, lost: 0, corrupt: 0, half: 0, findings: [] as string[] };
  let applied = 0;
  for (const [state, point] of points.entries()) {
    for (; applied <= point; applied += 1) {
      const op = ops[applied];
      if (op === undefined) continue;
      if (op.kind === "acknowledged") promised.push(op.sale);
      disk.apply(op);
    }
    const kind = powerLossKinds[pick(random, powerLossKinds.length)] ?? "none";
    writeFiles(directory, disk.afterPowerLoss(kind, random));
    const { lost, corrupt, half } = examineFiles(directory, promised);
    report.acknowledged += promised.length;
    report.lost += lost.length;
    report.corrupt += corrupt === null ? 0 : 1;
    report.half += half.length === 0 ? 0 : 1;
    if (lost.length === 0 && corrupt === null && half.length === 0) continue;
    const words = [corrupt ?? "opens", ...half, `${lost.length} of ${promised.length} lost ${lost[0] ?? ""}`].join(
      "; ",
    );
    if (report.findings.length < mostFindings) report.findings.push(`state ${state}, call ${point}, ${kind}: ${words}`);
  }
  return report;
}
