import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "#tests/support/poll.ts";
import { pick, pickOne, type Random, seededRandom } from "#tests/support/random.ts";
import { drawnFaults, type Fault, type FaultyProxy, startFaultyProxy } from "#tests/sync/proxy.ts";
import { type BooksVerdict, judgeBooks } from "./judge-books.ts";
import { type DeadTillVerdict, judgeDeadTill } from "./judge-dead-till.ts";
import { killable } from "./killable.ts";
import { type OfficeUnderFire, officeIn, storeCode } from "./office-under-fire.ts";
import { type RelayUnderFire, startRelay } from "./relay-under-fire.ts";
import { hear, type TillAtWork, waitUntilAgreed } from "./till-at-work.ts";

export interface ChaosRun {
  /** Of those that live to the end. */
  readonly tills: readonly BooksVerdict[];
  /** Of the one that died for good. */
  readonly dead: DeadTillVerdict;
  readonly kills: Kills;
  /** How often one of them ended without being killed. */
  readonly crashes: number;
  readonly requests: number;
  readonly faults: number;
  /** Every till has sent all, and both sides agree on every day. */
  readonly isAgreed: boolean;
  /** The relay has brought everything it kept. */
  readonly isShelfEmpty: boolean;
  readonly complaints: readonly string[];
}

export interface Kills {
  readonly tills: number;
  readonly office: number;
  readonly relay: number;
}

interface TillUnderFire extends TillAtWork {
  /** To the relay, inside the shop. */
  readonly shopLine: FaultyProxy;
}

interface World {
  readonly folder: string;
  readonly random: Random;
  readonly office: OfficeUnderFire;
  readonly relay: RelayUnderFire;
  readonly complaints: string[];
}

/** Of all requests, while things are killed: to head office, and inside the shop. */
const faultyShare = 0.3;
const faultyShopShare = 0.15;
const longestFaultMs = 1_500;
/** After this share of requests the line is out for a while, and the relay is all there is. */
const outShare = 0.03;
const longestOutMs = 6_000;
/** When the last till is cut off from head office, from when on the relay is left alone, and when that till dies for good; shares of the run. */
const cutOffAt = 0.3;
const sparedAt = 0.4;
const deathAt = 0.6;
/** After the line is whole and nothing dies any more: within this everything is sent and compared. */
const drainMs = 90_000;
/** The same for the relay's shelf: what does not follow yet is offered again after a minute. */
const shelfMs = 150_000;

/**
 * Tills that sell, a relay and a head office, killed at random over lines that fail, for so long; then judged. The last
 * till is cut off from head office and then dies for good: what the relay told it was kept must be at head office.
 */
export async function killEverything(options: {
  readonly seed: number;
  readonly seconds: number;
  readonly tillCount?: number;
}): Promise<ChaosRun> {
  const random = seededRandom(options.seed);
  const folder = mkdtempSync(join(tmpdir(), "tillway-chaos-"));
  const complaints: string[] = [];
  const office = officeIn(folder, complaints);
  const tills: TillUnderFire[] = [];
  const relays: RelayUnderFire[] = [];
  try {
    office.process.start();
    await until("head office is ready", () => office.process.isReady(), 60_000);
    const relay = await startRelay(folder, office, complaints);
    relays.push(relay);
    const world = { folder, random, office, relay, complaints };
    for (let index = 1; index <= (options.tillCount ?? 3); index += 1)
      tills.push(await enrolledTill(world, `T0${index}`));
    // It asks for the shop's tills at its start, and then every minute.
    await relay.process.kill();
    relay.process.start();
    await until("the relay knows the tills", () => relay.process.isReady(), 60_000);
    relay.line.decide = badLine(random, faultyShare);
    for (const { process } of tills) process.start();
    await until("the tills sell", () => tills.every(({ printed }) => printed.length > 0), 60_000);

    const kills = await killFor(options.seconds * 1_000, world, tills);
    const [doomed, ...alive] = tills.toReversed();
    if (doomed === undefined) throw new Error("a till that dies for good");
    const isAgreed = await drain(world, alive);
    const isShelfEmpty = await until("the shelf is empty", () => relay.waiting() === 0, shelfMs).catch(() => false);
    await endAll(world, alive);
    const lines = [...tills.flatMap(({ proxy, shopLine }) => [proxy, shopLine]), relay.line];
    const factsOf = ({ dataDir, terminalId, printed }: TillUnderFire) => {
      return { dataDir, officeDb: office.db, storeCode, terminalId, printed };
    };
    const verdicts: BooksVerdict[] = [];
    for (const till of alive.toReversed()) verdicts.push(await judgeBooks(factsOf(till)));
    const processes = [office.process, relay.process, ...tills.map(({ process }) => process)];
    return {
      ...{ tills: verdicts, dead: judgeDeadTill(factsOf(doomed)), kills, isAgreed, isShelfEmpty, complaints },
      crashes: processes.reduce((sum, one) => sum + one.crashes(), 0),
      requests: lines.reduce((sum, { counts }) => sum + counts.requests, 0),
      faults: lines.reduce((sum, { counts }) => sum + counts.faults, 0),
    };
  } finally {
    const processes = [office, ...relays, ...tills].map(({ process }) => process);
    await Promise.all(processes.map((process) => process.kill()));
    for (const { line } of relays) await line.close();
    for (const { proxy, shopLine } of tills) await Promise.all([proxy.close(), shopLine.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A till that head office knows; it has ended again, in peace, and sells from its next start on. */
async function enrolledTill(world: World, terminalId: string): Promise<TillUnderFire> {
  const { folder, random, office, relay, complaints } = world;
  const enrolmentCode = await office.code(terminalId);
  const dataDir = join(folder, terminalId);
  mkdirSync(dataDir);
  const proxy = await startFaultyProxy(`http://127.0.0.1:${office.port()}`);
  const shopLine = await startFaultyProxy(`http://127.0.0.1:${relay.port()}`);
  const place = [dataDir, proxy.baseUrl, storeCode, terminalId, shopLine.baseUrl];
  const till: TillUnderFire = {
    ...{ dataDir, terminalId, printed: [], proxy, shopLine, standing: null, isSoldOut: false },
    process: killable({
      ...{ name: terminalId, script: "tests/chaos/selling-till.ts", complaints, cache: office.cache },
      args: () => [...place, ...(isEnrolled ? [] : [enrolmentCode])],
      onLine: (line) => hear(till, line),
    }),
  };
  let isEnrolled = false;
  till.process.start();
  await until(`${terminalId} is enrolled; ${complaints.at(-1) ?? ""}`, () => till.process.isReady(), 60_000);
  till.process.say("end");
  await till.process.ended();
  isEnrolled = true;
  proxy.decide = badLine(random, faultyShare);
  shopLine.decide = drawnFaults(random, faultyShopShare, longestFaultMs);
  return till;
}

/** Requests that fail one by one, and a line that is out for seconds now and then. */
function badLine(random: Random, share: number): () => Fault {
  const spoil = drawnFaults(random, share, longestFaultMs);
  let outUntilMs = 0;
  return () => {
    const nowMs = performance.now();
    if (nowMs < outUntilMs) return { kind: "refuse" };
    if (random() < outShare) outUntilMs = nowMs + pick(random, longestOutMs);
    return spoil();
  };
}

/** Kills one after the other, mostly when it is ready, and starts it again; the last till dies on the way. */
async function killFor(ms: number, world: World, tills: readonly TillUnderFire[]): Promise<Kills> {
  const { random, office, relay } = world;
  const kills = { tills: 0, office: 0, relay: 0 };
  const doomed = tills.at(-1);
  const beganAtMs = performance.now();
  let processes = [office.process, relay.process, ...tills.map(({ process }) => process)];
  for (;;) {
    const at = performance.now() + 200 + pick(random, 1_000);
    await until("the moment of the next kill", () => performance.now() >= at);
    const share = (performance.now() - beganAtMs) / ms;
    if (share >= 1) return kills;
    for (const process of processes) if (!process.isRunning()) process.start();
    if (share >= cutOffAt && doomed !== undefined) doomed.proxy.decide = () => ({ kind: "refuse" });
    if (share >= deathAt && doomed?.process.isReady() === true && processes.includes(doomed.process)) {
      processes = processes.filter((process) => process !== doomed.process);
      await doomed.process.kill();
      kills.tills += 1;
      continue;
    }
    // The doomed one lives from its cut-off to its death, the relay for the end of that, so that it has something of it.
    const spared = [
      ...(share >= cutOffAt ? [doomed?.process] : []),
      ...(share >= sparedAt && share < deathAt ? [relay.process] : []),
    ];
    const mortal = processes.filter((process) => !spared.includes(process));
    // Most are let get so far that something is under way; some die while they start.
    const ready = mortal.filter((process) => process.isReady());
    const victim = pickOne(random, ready.length === 0 || random() < 0.15 ? mortal : ready);
    await victim.kill();
    kills[victim.name === "office" || victim.name === "relay" ? victim.name : "tills"] += 1;
    victim.start();
  }
}

async function drain({ office, relay }: World, alive: readonly TillUnderFire[]): Promise<boolean> {
  for (const line of [relay.line, ...alive.flatMap(({ proxy, shopLine }) => [proxy, shopLine])])
    line.decide = () => ({ kind: "none" });
  const all = [office.process, relay.process, ...alive.map(({ process }) => process)];
  for (const process of all) if (!process.isRunning()) process.start();
  await until("everything runs again", () => all.every((process) => process.isReady()), drainMs);
  for (const { process } of alive) process.say("stop-selling");
  return waitUntilAgreed(alive, drainMs);
}

async function endAll({ office, relay }: World, alive: readonly TillAtWork[]): Promise<void> {
  for (const { process } of alive) {
    process.say("end");
    await process.ended();
  }
  await relay.process.kill();
  await office.process.kill();
}
