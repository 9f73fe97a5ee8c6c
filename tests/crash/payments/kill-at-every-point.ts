import type { Random } from "#tests/support/random.ts";
import { openRelayedShop } from "#tests/support/relayed-shop.ts";
import { readThreeBooks } from "../books.ts";
import { judge, type Verdict } from "../judge.ts";
import { sweepTill } from "../sweep-till.ts";
import { createCounter, type Counter, type Setup } from "./counter.ts";
import { courses, type CourseName } from "./courses.ts";
import { endTheDay } from "./end-the-day.ts";
import { openFound } from "./found.ts";
import { goOn } from "./go-on.ts";
import { createNotebook, type Notebook } from "./notebook.ts";
import { courseOf, points, type Visit, visits } from "./points.ts";
import { beginSelling } from "#tests/support/open-till.ts";

export interface PaymentVerdict extends Verdict {
  /** Points there are, points a kill has hit, and visits whose kill never came. */
  readonly points: number;
  readonly reached: number;
  readonly missed: number;
  /** Rules of the gateway that the till broke; its wait of 15 s before a reverse is shortened here and not counted. */
  readonly violations: number;
  /** Payment codes, openids and keys found in the till's files or on its console. */
  readonly secretsFound: number;
  /** What the three books say was taken for good, by code and by QR. */
  readonly onScreenFen: number;
  readonly inBooksFen: number;
  readonly atGatewayFen: number;
}

type PlannedVisit = Visit & { readonly setup: Setup };

/** A kill that does not come is waited for this many times, each on another course. */
const mostTries = 3;

/** Kills the till `cycles` times, at every point in turn, and compares the books at the end. */
export async function killAtEveryPoint(run: {
  readonly cycles: number;
  readonly random: Random;
}): Promise<PaymentVerdict> {
  const { cycles, random } = run;
  const shop = await openRelayedShop();
  const pins = new Map<string, string>();
  const counter = createCounter(shop, random, pins);
  const notebook = createNotebook();
  const tally = new Map(points.map((point) => [point.name, new Map<string, number>()]));
  const plan = visits(random, cycles).map((visit) => ({ ...visit, setup: setupOf(random, visit) }));
  let missed = 0;
  try {
    const first = plan[0]?.setup;
    await counter.start(first);
    await beginSelling(counter.till());
    const found = openFound(shop.dataDir);
    for (const [at, visit] of plan.entries()) {
      const began = performance.now();
      const next = plan[at + 1]?.setup ?? visit.setup;
      const hit = await visitPoint(counter, notebook, visit, next, found);
      if (hit === null) missed += 1;
      else count(tally, visit.point.name, hit.found);
      const seconds = ((performance.now() - began) / 1_000).toFixed(1);
      const what = hit === null ? "never came to the kill" : `found ${hit.found} (${hit.course})`;
      console.log(`cycle ${at + 1}/${cycles}: ${visit.point.name}: ${what}, ${seconds} s`);
    }
    return await conclude(counter, notebook, tally, missed);
  } finally {
    await counter.close();
    await shop.close();
  }
}

function setupOf(random: Random, { point, course }: Visit): Setup {
  const isPatient = point.moment.kind === "call" && point.moment.stage === "late";
  const protocol = courses[course].protocol ?? (random() < 0.5 ? "v3" : "v2");
  return { protocol, isPatient };
}

/** One kill and everything until the shop sells again; null when no course came to the point. */
async function visitPoint(
  counter: Counter,
  notebook: Notebook,
  visit: PlannedVisit,
  next: Setup,
  found: ReturnType<typeof openFound>,
): Promise<{ readonly course: CourseName; readonly found: string } | null> {
  const { point } = visit;
  const begin = point.courses.indexOf(visit.course);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const course = courseOf(point, begin + tries);
    const setup = tries === 0 ? visit.setup : setupOf(counter.random, { point, course });
    await changeTo(counter, setup);
    await counter.shop.control("POST", "/gateway/script/clear");
    const before = found.mark();
    counter.aimAt(point);
    const isStruck = await ride(counter, notebook, course);
    const story = found.since(before);
    const isLast = isStruck || tries === mostTries - 1;
    if (!isStruck) await counter.close();
    await goOn(counter, notebook, isLast ? next : counter.setup());
    if (isStruck) return { course, found: story };
  }
  return null;
}

async function changeTo(counter: Counter, setup: Setup): Promise<void> {
  const { protocol, isPatient } = counter.setup();
  if (protocol === setup.protocol && isPatient === setup.isPatient) return;
  await counter.close();
  await counter.start(setup);
  await beginSelling(counter.till());
}

/** Goes the course until the till is killed, or to its end. */
async function ride(counter: Counter, notebook: Notebook, course: CourseName): Promise<boolean> {
  let broken: { readonly cause: unknown } | null = null;
  try {
    await courses[course].run(counter, notebook);
  } catch (cause) {
    broken = { cause };
  }
  const isStruck = await counter.letGo();
  // The till died under our hands, which is the point; anything else is a fault of the till or of this harness.
  if (broken !== null && !isStruck) throw new Error(`on the course ${course}`, { cause: broken.cause });
  return isStruck;
}

function count(tally: Map<string, Map<string, number>>, point: string, found: string): void {
  const of = tally.get(point) ?? new Map<string, number>();
  of.set(found, (of.get(found) ?? 0) + 1);
  tally.set(point, of);
}

async function conclude(
  counter: Counter,
  notebook: Notebook,
  tally: ReadonlyMap<string, ReadonlyMap<string, number>>,
  missed: number,
): Promise<PaymentVerdict> {
  const { shop } = counter;
  const days = await endTheDay(counter, notebook);
  const books = await readThreeBooks(shop, notebook.seen());
  const { verdict, findings } = judge(books);
  for (const { kind, what } of findings) console.log(`${kind}: ${what}`);
  const broken = books.charged.flatMap(({ outTradeNo, violations }) =>
    violations.filter(({ rule }) => rule !== "reversed-too-soon").map(({ rule }) => `${outTradeNo} ${rule}`),
  );
  for (const what of broken) console.log(`rule broken: ${what}`);
  const secretsFound = sweepTill(shop, counter.console());
  for (const [name, found] of tally) {
    const hits = [...found.values()].reduce((sum, times) => sum + times, 0);
    const stories = [...found].map(([story, times]) => `${story} ×${times}`).join("; ");
    console.log(`${String(hits).padStart(3)} ${name}${hits === 0 ? "" : ` (${stories})`}`);
  }
  const taken = (sums: { readonly wechatFen: number; readonly refundWechatFen: number }): number =>
    sums.wechatFen - sums.refundWechatFen;
  return {
    ...verdict,
    points: points.length,
    reached: [...tally.values()].filter((found) => found.size > 0).length,
    missed,
    violations: broken.length,
    secretsFound,
    onScreenFen: taken(days),
    inBooksFen: taken(books.stored.days),
    atGatewayFen: books.charged.reduce((sum, order) => sum + order.chargedFen - order.refundedFen, 0),
  };
}
