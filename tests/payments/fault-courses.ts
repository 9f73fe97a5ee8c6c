import { pick, type Random, seededRandom } from "#tests/support/random.ts";
import { type Cell, type Course, type Happening, healedAtMs, type Stage, stages, type Way, type Wrong } from "./course.ts";
import { type Fault, faultsOf, strike } from "./faults.ts";

const second = 1_000;
/** A customer who scans the QR, thinks and confirms. */
const scansQr = { paysAfterMs: 7 * second };

/**
 * Longest waits for a final word, counted from the request, or from the healing of a fault that lasts.
 * A payment code: 45 s until the till undoes it, up to 60 s until an undo may be believed without an order to see, one
 * step of the back-off, a time-out of 30 s on the way. A QR: shown for 150 s, then closed, the same again. A refund: its
 * first query comes after a minute, the next ones a step of the back-off later.
 * After healing: the step of the back-off that was begun before it (as long as all before together), then a time-out.
 */
export const limits = {
  v3: { passes: 150 * second, healed: 210 * second },
  v2: { passes: 150 * second, healed: 210 * second },
  native: { passes: 240 * second, healed: 210 * second },
  refund: { passes: 300 * second, healed: 400 * second },
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
  const cut = way === "refund" ? [interrupted("restart")] : [interrupted("cancel"), interrupted("restart")];
  return [passing, ...cut, ...(isOnce ? [] : [lasting])];
}

const people = { cancel: "cashier cancels", restart: "till restarts" } as const;

/** A fault that strikes until the network heals, with a restart of the till on the way. */
function lastingCourse(way: Way, stage: Stage, fault: Fault, random: Random): Course {
  return course(way, stage, `${fault.name} until healed, and the till restarts`, {
    wrongs: [...doubt(way, stage), ...strike(way, stage, fault, "until-healed")],
    happenings: [
      { kind: "restart", atMs: pick(random, healedAtMs) },
      ...(stage === "undo" && way !== "refund" ? ([{ kind: "cancel", atMs: 30 * second }] as const) : []),
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
  // The undo is what is struck: it has to come.
  const cancels = stage === "undo" && kind === "restart" ? ([{ kind: "cancel", atMs: 8 * second }] as const) : [];
  const password = { kind: "password", accepts: pick(random, 4) > 0, atMs: pick(random, 55 * second) } as const;
  const happenings: readonly Happening[] = [interruption, ...cancels, ...(stage === "first" ? [password] : [])];
  const paysAfterMs = pick(random, 3) === 0 ? null : pick(random, 60 * second);
  return { happenings, phone: stage === "first" ? "ask" : "pay", qr: { paysAfterMs } };
}

function course(way: Way, stage: Stage, name: string, more: Partial<Course>): Course {
  // Nobody scans a QR that is to be closed.
  const qr = way === "native" && stage === "undo" ? { paysAfterMs: null } : scansQr;
  const usual = { happenings: [], wrongs: [], phone: "pay", setUp: {}, limitMs: limits[way].passes } as const;
  return { ...usual, way, qr, name: `${stage}: ${name}`, ...more };
}

function seedOf(text: string): number {
  let seed = 0;
  for (const letter of text) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0;
  return seed;
}
