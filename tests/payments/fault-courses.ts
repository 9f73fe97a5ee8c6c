import { pick, type Random, seededRandom } from "#tests/support/random.ts";
import {
  type Cell,
  type Course,
  type Happening,
  healedAtMs,
  type Stage,
  stages,
  type Way,
  type Wrong,
} from "./course.ts";
import { type Fault, faultsOf, strike } from "./faults.ts";

const second = 1_000;
/** A customer who scans the QR, thinks and confirms. */
const scansQr = { paysAfterMs: 7 * second };

/**
 * Longest waits for a final word on the virtual clock, counted from the request, or from the healing where the fault
 * lasts that long. Each is the sum of its parts:
 * - a code: 45 s until the till undoes it, 15 s more until an undo may be believed of an order that is nowhere to be
 *   seen, and three undos in a row that are given up after 30 s each, with the back-off between them;
 * - a QR: shown for 150 s, then the same undos;
 * - a refund: the manager waits for nothing, the word comes by itself: queries a minute after it was accepted, then two,
 *   four and eight minutes later, of which three may fail;
 * - after the healing at 200 s: the step of the back-off that was begun before, 320 s at most with a restart between,
 *   and one time-out.
 */
export const limits = {
  v3: { passes: 180 * second, healed: 360 * second },
  v2: { passes: 180 * second, healed: 360 * second },
  native: { passes: 240 * second, healed: 360 * second },
  refund: { passes: 600 * second, healed: 360 * second },
} as const;

export function faultCells(way: Way): readonly Cell[] {
  return stages.flatMap((stage) =>
    faultsOf(way, stage).map((fault) => ({
      ...{ way, stage, fault: fault.name },
      courses: coursesOf(way, stage, fault),
    })),
  );
}

function coursesOf(way: Way, stage: Stage, fault: Fault): readonly Course[] {
  const random = seededRandom(seedOf(`${way} ${stage} ${fault.name}`));
  const lasting = lastingCourse(way, stage, fault, random);
  if (stage === "all") return [lasting];
  // A code is posted once: nothing can strike that request again.
  const isOnce = stage === "first" && (way === "v3" || way === "v2");
  const often = isOnce ? 1 : 3;
  const passing = course(way, stage, `${fault.name} ${often === 1 ? "once" : "three times"}`, {
    wrongs: [...doubt(way, stage), ...strike(way, stage, fault, often)],
    happenings: stage === "undo" ? [{ kind: "cancel", atMs: 6 * second }] : [],
  });
  const interrupted = (kind: "cancel" | "restart"): Course =>
    course(way, stage, `${fault.name} ${often === 1 ? "once" : "twice"}, and the ${people[kind]}`, {
      wrongs: [...doubt(way, stage), ...strike(way, stage, fault, isOnce ? 1 : 2)],
      ...chance(way, stage, kind, random),
    });
  return [
    passing,
    ...(way === "refund" || stage === "undo" ? [] : [interrupted("cancel")]),
    // On the later stages the fault that lasts meets a restart.
    ...(stage === "first" ? [interrupted("restart")] : []),
    ...(isOnce ? [] : [lasting]),
  ];
}

const people = { cancel: "cashier cancels", restart: "till restarts" } as const;

/** A fault that strikes until the network heals, with a restart of the till on the way. */
function lastingCourse(way: Way, stage: Stage, fault: Fault, random: Random): Course {
  return course(way, stage, `${fault.name} until healed, and the till restarts`, {
    wrongs: [...doubt(way, stage), ...strike(way, stage, fault, "until-healed")],
    happenings: [
      { kind: "restart", atMs: pick(random, healedAtMs) },
      ...(stage === "undo" && way !== "refund" ? ([{ kind: "cancel", atMs: 6 * second }] as const) : []),
      { kind: "heal", atMs: healedAtMs },
    ],
    limitMs: limits[way].healed,
  });
}

/** Queries and undos come only where the first answer decides nothing: the customer types the password for a while. */
function doubt(way: Way, stage: Stage): readonly Wrong[] {
  if (way === "native" || way === "refund" || stage === "first" || stage === "all") return [];
  const settleAfterMs = (stage === "query" ? 12 : 13) * second;
  return [{ operation: "codepay", outcome: "userpaying-success", times: 1, params: { settleAfterMs } }];
}

/** A moment of the cashier or of the power, and a customer who pays at another one. */
function chance(way: Way, stage: Stage, kind: "cancel" | "restart", random: Random): Partial<Course> {
  const most = way === "native" ? 155 : 50;
  const interruption: Happening = { kind, atMs: pick(random, most * second) };
  const password = { kind: "password", accepts: pick(random, 4) > 0, atMs: pick(random, 55 * second) } as const;
  const happenings: readonly Happening[] = [interruption, ...(stage === "first" ? [password] : [])];
  const paysAfterMs = pick(random, 3) === 0 ? null : pick(random, 60 * second);
  return { happenings, phone: stage === "first" ? "password" : "pay", qr: { paysAfterMs } };
}

/** A course of `way` with everything as usual but what `more` says. */
export function course(way: Way, stage: Cell["stage"], name: string, more: Partial<Course>): Course {
  // Nobody scans a QR that is to be closed.
  const qr = way === "native" && stage === "undo" ? { paysAfterMs: null } : scansQr;
  const setUp = way === "v2" ? ({ codepayProtocol: "v2" } as const) : {};
  const usual = { happenings: [], wrongs: [], phone: "pay", setUp, limitMs: limits[way].passes } as const;
  return { ...usual, way, qr, name: `${stage}: ${name}`, ...more };
}

function seedOf(text: string): number {
  let seed = 0;
  for (const letter of text) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0;
  return seed;
}
