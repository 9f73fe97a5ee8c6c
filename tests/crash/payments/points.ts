import type { GatewayCall } from "#tests/support/gateway-call.ts";
import type { Stage } from "#tests/support/gateway-relay.ts";
import { pick, type Random } from "#tests/support/random.ts";
import type { CourseName } from "./courses.ts";

/** When the till is killed, and on which ways through a payment that can happen. */
export interface Point {
  readonly name: string;
  readonly moment: Moment;
  /** Taken in turn, so that each visit comes another way. */
  readonly courses: readonly CourseName[];
}

/** What the cashier presses; each is the beginning of a commit. */
export type Key = "cash" | "code" | "qr" | "cancel" | "refund";

export type Moment =
  /** The key was pressed up to 10 ms ago: around commit 1, or the only commit of what is paid in cash. */
  | { readonly kind: "press"; readonly key: Key }
  /** One call to the gateway; once it is answered, commit 2 is at most 20 ms away. */
  | { readonly kind: "call"; readonly ask: Ask; readonly stage: Stage }
  /** The first call of a till that has just started again: a second kill while it takes up what the first one left. */
  | { readonly kind: "resume"; readonly stage: Stage }
  /** Any moment of the start. */
  | { readonly kind: "start" };

/** `confirm` is a query after a reverse. */
export type Ask = "pay" | "open" | "query" | "reverse" | "confirm" | "close" | "refund" | "refund-query";

export function isAsk(ask: Ask, call: GatewayCall, wasReversed: boolean): boolean {
  if (call.operation === "query") return ask === (wasReversed ? "confirm" : "query");
  return ask === call.operation;
}

/** What moves money may also arrive when the till that sent it is long dead. */
const moving: readonly Stage[] = ["arrived", "late", "taken", "half", "answered"];
const asking: readonly Stage[] = ["arrived", "taken", "half", "answered"];

const resumed: readonly CourseName[] = [
  ...(["v3 resumed, charged", "refund resumed", "v2 resumed, undoing", "QR resumed, paid"] as const),
  ...(["v2 resumed, charged", "v3 resumed, undoing", "QR resumed", "v3 resumed, waiting"] as const),
];

/** Every point, in the order of a payment's life. */
export const points: readonly Point[] = [
  press("cash", "cash: the amount is entered", "cash"),
  ...byCode("v3"),
  ...byCode("v2"),
  press("qr", "QR: it is shown", "QR paid", "QR cancelled"),
  press("cancel", "QR: cancel is pressed", "QR cancelled"),
  ...calls("QR", "open", moving, "QR paid", "QR cancelled"),
  ...calls("QR", "query", asking, "QR paid", "QR waiting"),
  ...calls("QR", "close", moving, "QR cancelled", "QR paid while it is cancelled"),
  press("refund", "refund: the manager's word is given", "refund of all", "refund of a part"),
  press("refund", "refund in cash: the manager's word is given", "refund in cash"),
  ...calls("refund", "refund", moving, "refund of all", "refund of a part"),
  ...calls("refund", "refund-query", asking, "refund under way", "refund given"),
  ...asking.map((stage): Point => ({
    name: `start: first call ${stage}`,
    moment: { kind: "resume", stage },
    courses: resumed,
  })),
  { name: "start: any moment", moment: { kind: "start" }, courses: resumed },
];

function byCode(protocol: "v3" | "v2"): readonly Point[] {
  const way = `code ${protocol}`;
  const undone: readonly CourseName[] = [
    ...([`${protocol} refused`, `${protocol} charged unheard, cancelled`] as const),
    ...([`${protocol} never answered`, `${protocol} ignored`] as const),
  ];
  const asked: readonly CourseName[] = [
    ...([`${protocol} password`, `${protocol} charged unheard`] as const),
    ...([`${protocol} waiting`, `${protocol} never answered`] as const),
  ];
  return [
    press("code", `${way}: it is scanned`, `${protocol} paid`, `${protocol} password`),
    press("cancel", `${way}: cancel is pressed`, `${protocol} charged unheard, cancelled`),
    ...calls(way, "pay", moving, `${protocol} paid`, `${protocol} password`, `${protocol} refused`),
    ...calls(way, "query", asking, ...asked),
    ...calls(way, "reverse", moving, ...undone),
    ...calls(way, "confirm", asking, ...undone),
  ];
}

function press(key: Key, name: string, ...courses: readonly CourseName[]): Point {
  return { name, moment: { kind: "press", key }, courses };
}

function calls(way: string, ask: Ask, stages: readonly Stage[], ...courses: readonly CourseName[]): readonly Point[] {
  return stages.map((stage) => ({ name: `${way}: ${ask} ${stage}`, moment: { kind: "call", ask, stage }, courses }));
}

export interface Visit {
  readonly point: Point;
  readonly course: CourseName;
}

/** So many visits, each point as often as the others, in an order that the seed shuffles anew for each round. */
export function visits(random: Random, count: number): readonly Visit[] {
  const first = new Map(points.map((point) => [point, pick(random, point.courses.length)]));
  const all: Visit[] = [];
  for (let round = 0; all.length < count; round += 1) {
    const order = shuffled(random, points);
    all.push(...order.map((point) => ({ point, course: courseOf(point, (first.get(point) ?? 0) + round) })));
  }
  return all.slice(0, count);
}

/** The courses of a point in turn, over and over. */
export function courseOf({ name, courses }: Point, turn: number): CourseName {
  const course = courses[turn % courses.length];
  if (course === undefined) throw new Error(`no course leads to ${name}`);
  return course;
}

function shuffled<T>(random: Random, from: readonly T[]): readonly T[] {
  const left = [...from];
  return from.map(() => left.splice(pick(random, left.length), 1)).flat();
}
