import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "#tests/support/poll.ts";
import { pick, pickOne, type Random, seededRandom } from "#tests/support/random.ts";
import { drawnFaults, startFaultyProxy } from "#tests/sync/proxy.ts";
import { type BooksVerdict, judgeBooks } from "./judge-books.ts";
import { type Killable, killable } from "./killable.ts";
import { type OfficeUnderFire, officeIn, storeCode } from "./office-under-fire.ts";
import { hear, type TillAtWork, waitUntilAgreed } from "./till-at-work.ts";

export interface ChaosRun {
  readonly tills: readonly BooksVerdict[];
  readonly kills: { readonly tills: number; readonly office: number };
  /** How often one of them ended without being killed. */
  readonly crashes: number;
  readonly requests: number;
  readonly faults: number;
  /** Every till has sent all, and both sides agree on every day. */
  readonly isAgreed: boolean;
  readonly complaints: readonly string[];
}

/** Of all requests, while things are killed. */
const faultyShare = 0.3;
const longestFaultMs = 1_500;
/** After the line is whole and nothing dies any more: within this everything is sent and compared. */
const drainMs = 90_000;

/** Tills that sell and a head office, killed at random over a line that fails, for so long; then judged. */
export async function killEverything(options: {
  readonly seed: number;
  readonly seconds: number;
  readonly tillCount?: number;
}): Promise<ChaosRun> {
  const random = seededRandom(options.seed);
  const folder = mkdtempSync(join(tmpdir(), "tillway-chaos-"));
  const complaints: string[] = [];
  const office = officeIn(folder, complaints);
  const tills: TillAtWork[] = [];
  try {
    office.process.start();
    await until("head office is ready", () => office.process.isReady(), 60_000);
    for (let index = 1; index <= (options.tillCount ?? 2); index += 1)
      tills.push(await enrolledTill(folder, `T0${index}`, office, complaints, random));
    for (const { process } of tills) process.start();
    await until("the tills sell", () => tills.every(({ printed }) => printed.length > 0), 60_000);

    const kills = await killFor(
      options.seconds * 1_000,
      [office.process, ...tills.map(({ process }) => process)],
      random,
    );
    const isAgreed = await drain(office.process, tills);
    await endAll(office.process, tills);
    const counts = tills.map(({ proxy }) => proxy.counts);
    const verdicts: BooksVerdict[] = [];
    for (const { dataDir, terminalId, printed } of tills)
      verdicts.push(await judgeBooks({ dataDir, officeDb: office.db, storeCode, terminalId, printed }));
    return {
      ...{ tills: verdicts, kills, isAgreed, complaints },
      crashes: [office.process, ...tills.map(({ process }) => process)].reduce((sum, one) => sum + one.crashes(), 0),
      requests: counts.reduce((sum, { requests }) => sum + requests, 0),
      faults: counts.reduce((sum, { faults }) => sum + faults, 0),
    };
  } finally {
    await Promise.all([office.process.kill(), ...tills.map(({ process }) => process.kill())]);
    for (const { proxy } of tills) await proxy.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A till that head office knows; it has ended again, in peace, and sells from its next start on. */
async function enrolledTill(
  folder: string,
  terminalId: string,
  office: OfficeUnderFire,
  complaints: string[],
  random: Random,
): Promise<TillAtWork> {
  const enrolmentCode = await office.code(terminalId);
  const dataDir = join(folder, terminalId);
  mkdirSync(dataDir);
  const proxy = await startFaultyProxy(`http://127.0.0.1:${office.port()}`);
  const till: TillAtWork = {
    ...{ dataDir, terminalId, printed: [], proxy, standing: null, isSoldOut: false },
    process: killable({
      ...{ name: terminalId, script: "tests/chaos/selling-till.ts", complaints, cache: office.cache },
      args: () => [dataDir, proxy.baseUrl, storeCode, terminalId, "", ...(isEnrolled ? [] : [enrolmentCode])],
      onLine: (line) => hear(till, line),
    }),
  };
  let isEnrolled = false;
  till.process.start();
  await until(`${terminalId} is enrolled; ${complaints.at(-1) ?? ""}`, () => till.process.isReady(), 60_000);
  till.process.say("end");
  await till.process.ended();
  isEnrolled = true;
  proxy.decide = drawnFaults(random, faultyShare, longestFaultMs);
  return till;
}

/** Kills one after the other, mostly when it is ready, and starts it again. */
async function killFor(
  ms: number,
  processes: readonly Killable[],
  random: Random,
): Promise<{ tills: number; office: number }> {
  const kills = { tills: 0, office: 0 };
  const end = performance.now() + ms;
  while (performance.now() < end) {
    const at = performance.now() + 200 + pick(random, 1_000);
    await until("the moment of the next kill", () => performance.now() >= at);
    for (const process of processes) if (!process.isRunning()) process.start();
    // Most are let get so far that something is under way; some die while they start.
    const ready = processes.filter((process) => process.isReady());
    const victim = pickOne(random, ready.length === 0 || random() < 0.15 ? processes : ready);
    await victim.kill();
    kills[victim.name === "office" ? "office" : "tills"] += 1;
    victim.start();
  }
  return kills;
}

async function drain(office: Killable, tills: readonly TillAtWork[]): Promise<boolean> {
  for (const { proxy } of tills) proxy.decide = () => ({ kind: "none" });
  const all = [office, ...tills.map(({ process }) => process)];
  for (const process of all) if (!process.isRunning()) process.start();
  await until("everything runs again", () => all.every((process) => process.isReady()), drainMs);
  for (const { process } of tills) process.say("stop-selling");
  return waitUntilAgreed(tills, drainMs);
}

async function endAll(office: Killable, tills: readonly TillAtWork[]): Promise<void> {
  for (const { process } of tills) {
    process.say("end");
    await process.ended();
  }
  await office.kill();
}
