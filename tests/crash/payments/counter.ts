import { until } from "#tests/support/poll.ts";
import { isRunning, tillOn } from "#tests/support/processes.ts";
import type { RelayedShop } from "#tests/support/relayed-shop.ts";
import { openTill, type Start, type TillUnderTest } from "#tests/support/open-till.ts";
import type { Random } from "#tests/support/random.ts";
import { quickTiming } from "#tests/support/shop.ts";
import { soon } from "#tests/support/soon.ts";
import { isAsk, type Key, type Point } from "./points.ts";

/** From a stage to the kill, at most, milliseconds: half an answer is read before it; commit 2 is near a whole one. */
const waitMs = { arrived: 0, late: 0, taken: 0, half: 5, answered: 20 } as const;
/** Commit 1 is within this of the key; where the machine is slow, within the time the last press took until its answer. */
const afterPressMs = 10;
/** A start takes about this long until the till sells. */
const startMs = 1_500;

/** Waits short enough to see every end of a payment in a cycle of a few seconds. */
const quick = { ...quickTiming, requestTimeoutMs: 1_500, queryIntervalMs: 150, reverseNotBeforeMs: 300 };
/** A request that comes late still comes before the till may believe that it never will: within its own time limit. */
const patient = { ...quick, requestTimeoutMs: 6_000, codepayDeadlineMs: 6_500 };
export const lateWithinMs = 5_000;

/** The blow has fallen: whatever was being done at the till is over. */
export class Struck extends Error {
  override readonly name = "Struck";
}

export interface Setup {
  readonly protocol: "v3" | "v2";
  readonly isPatient: boolean;
}

/** The place where the till stands: started, pressed and killed here. */
export interface Counter {
  readonly shop: RelayedShop;
  readonly random: Random;
  till(): TillUnderTest;
  isOpen(): boolean;
  /** Starts the till; a blow in the middle of it rejects with `Struck`. */
  start(setup?: Setup): Promise<void>;
  /** An orderly end. */
  close(): Promise<void>;
  /** A kill that prepares the one that counts. */
  cutPower(): Promise<void>;
  /** Gets ready for the kill of this point; nothing is set before `arm`. */
  aimAt(point: Point): void;
  arm(): void;
  /** Lets the aim go; says whether the blow has fallen. */
  letGo(): Promise<boolean>;
  /** Does what the key stands for; the blow falls meanwhile if it is aimed at this key. */
  press<T>(key: Key, send: () => Promise<T>): Promise<T>;
  /** Waits as `until` does, as long as there is a till to wait for. */
  until<T>(what: string, ask: () => T | Promise<T>): Promise<NonNullable<Exclude<T, false>>>;
  /** What every till so far said on the console. */
  console(): string;
  readonly setup: () => Setup;
}

interface Aim {
  readonly point: Point;
  isArmed: boolean;
  /** The moment has come; the blow falls within milliseconds. */
  isFalling: boolean;
  isStruck: boolean;
  gone: Promise<void> | null;
}

export function createCounter(shop: RelayedShop, random: Random, pins: Map<string, string>): Counter {
  let running: Start | null = null;
  let till: TillUnderTest | null = null;
  let current: Setup = { protocol: "v3", isPatient: false };
  let aim: Aim | null = null;
  let pressMs = 0;
  let isStarting = false;
  const said: string[] = [];
  let dying = Promise.resolve();

  function strike(): void {
    if (aim === null || aim.isStruck) return;
    aim.isStruck = true;
    aim.gone = kill();
  }

  function strikeWithin(ms: number): void {
    if (aim === null) return;
    aim.isFalling = true;
    soon(random() * ms, strike);
  }

  function kill(): Promise<void> {
    const killed = running;
    running = null;
    till = null;
    if (killed !== null) dying = killed.kill().then(() => void said.push(killed.console()));
    else if (isStarting) dying = killUnseen();
    return dying;
  }

  /** A till that was killed before it was seen. */
  function forget(): void {
    if (running !== null) said.push(running.console());
    running = null;
  }

  /** The till may ask the gateway before Playwright has it in hand. */
  async function killUnseen(): Promise<void> {
    const pid = tillOn(shop.dataDir);
    if (pid === null) return;
    process.kill(-pid, "SIGKILL");
    await until("the till is gone", () => !isRunning(pid));
  }

  const failIfStruck = (): void => {
    if (aim?.isStruck === true) throw new Struck("the till was killed");
  };

  return {
    shop,
    random,
    setup: () => current,
    till() {
      failIfStruck();
      if (till === null) throw new Error("the till is not open");
      return till;
    },
    isOpen: () => running !== null,
    async start(setup = current) {
      await dying;
      isStarting = true;
      current = setup;
      shop.speak(setup.protocol, setup.isPatient ? patient : quick);
      const opened = await openTill({
        dataDir: shop.dataDir,
        env: shop.env,
        pins,
        onStart(start) {
          running = start;
          if (aim?.isArmed === true && aim.point.moment.kind === "start") strikeWithin(startMs);
        },
      })
        .catch((cause: unknown) => {
          if (aim?.isStruck === true) forget();
          failIfStruck();
          throw cause;
        })
        .finally(() => (isStarting = false));
      failIfStruck();
      // Told once in the life of a data directory, a moment after its windows are there.
      for (const id of ["cashier-1", "manager-1"]) {
        pins.set(id, await until(`the PIN of ${id}`, () => opened.pins.get(id)));
      }
      till = opened;
    },
    async close() {
      const closing = running;
      running = null;
      till = null;
      if (closing === null) return;
      await closing.close();
      said.push(closing.console());
    },
    cutPower: kill,
    aimAt(point) {
      aim = { point, isArmed: false, isFalling: false, isStruck: false, gone: null };
    },
    arm() {
      if (aim === null) throw new Error("aim first");
      aim.isArmed = true;
      const { moment } = aim.point;
      if (moment.kind !== "call" && moment.kind !== "resume") return;
      const { stage } = moment;
      const isReversed = (no: string | null): boolean =>
        shop.relay.calls.some(({ operation, outTradeNo }) => operation === "reverse" && outTradeNo === no);
      shop.relay.setTrap({
        stage,
        delayMs: random() * waitMs[stage],
        catches: (call) => moment.kind === "resume" || isAsk(moment.ask, call, isReversed(call.outTradeNo)),
        spring: strike,
      });
    },
    async letGo() {
      const { relay } = shop;
      // The payment may be through a moment before the blow.
      if (aim !== null && (aim.isFalling || (aim.isArmed && relay.hasCaught()))) {
        await until("the blow falls", () => aim?.isStruck === true);
      }
      relay.setTrap(null);
      relay.meanwhile(async () => {});
      const ended = aim;
      aim = null;
      await ended?.gone;
      return ended?.isStruck === true;
    },
    async press(key, send) {
      const { moment } = aim?.point ?? {};
      const isAimedAt = aim?.isArmed === true && moment?.kind === "press" && moment.key === key;
      if (isAimedAt) strikeWithin(pressMs + afterPressMs);
      const began = performance.now();
      const answer = await send();
      failIfStruck();
      pressMs = performance.now() - began;
      return answer;
    },
    until: (what, ask) =>
      until(what, () => {
        failIfStruck();
        return ask();
      }),
    console: () => [...said, running?.console() ?? ""].join("\n"),
  };
}
