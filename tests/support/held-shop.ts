import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { giveSchema, givenSchema, heldListSchema, takenSchema } from "#contract/wire/held.ts";
import { giveSale } from "#headoffice/held/give-sale.ts";
import { listHeld } from "#headoffice/held/list-held.ts";
import { takeSale } from "#headoffice/held/take-sale.ts";
import { openStore } from "#headoffice/store/open-store.ts";
import type { Sql } from "#headoffice/store/sql.ts";
import type { HeldPlace, HeldPlaces } from "#main/till/ports/held-places.ts";
import type { Sync } from "#main/till/ports/sync.ts";
import { benchConfig, openingMs, people } from "./bench-shop.ts";
import { openTillBench, type TillBench } from "./till-bench.ts";
import { answersArrive, createVirtualClock } from "./virtual-clock.ts";
import { noShopRefunds } from "./no-shop-refunds.ts";

/** What becomes of one question on its way. `die`: the till's process ends there, before or after the place has decided. */
export type Fate = "up" | "lost" | "answer-lost" | "die-before" | "die-after";

/** A till of the shop with everything real but the wire between it and the places. */
export interface HeldTill {
  readonly name: string;
  readonly bench: TillBench;
  /** Of the next questions, in their order; `up` when there are none left. */
  fates: Fate[];
  /** Which places can be reached at all. */
  readonly reach: { office: boolean; relay: boolean };
  /** Runs it to its end, or to the end of the process, which then starts again with the cashier signed in. */
  during(work: () => Promise<unknown>): Promise<void>;
  /** Power off and on. */
  restart(): Promise<void>;
}

export interface HeldShop {
  readonly tills: readonly HeldTill[];
  readonly places: Readonly<Record<HeldPlace["kind"], Sql>>;
  /** A copy of some question of the past comes once more; its answer is heard by nobody. */
  lateCopy(seed: number): Promise<void>;
  /** Every line is up and everybody has asked until they know. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

type TakeSale = typeof takeSale;
const storeCode = "SZ01";
/** What is proved here is proved by what is in the files, not by how slowly a disk takes them. */
const parentFolder = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/**
 * Tills of one shop with its head office and its relay as places, over real databases on both sides.
 * @param take stands in for a place that decides wrongly
 */
export async function openHeldShop(count: number, take: TakeSale = takeSale): Promise<HeldShop> {
  const folder = mkdtempSync(join(parentFolder, "tillway-held-"));
  const places = { office: await open(join(folder, "office.db")), relay: await open(join(folder, "relay.db")) };
  const past: (() => Promise<unknown>)[] = [];
  const tills: HeldTill[] = [];
  for (let index = 1; index <= count; index += 1) tills.push(await openTill(`T0${index}`));
  return {
    ...{ tills, places },
    async lateCopy(seed) {
      if (past.length > 0) await past[seed % past.length]?.();
    },
    async settled() {
      for (const till of tills) {
        [till.fates, till.reach.office, till.reach.relay] = [[], true, true];
        await till.bench.clock.advance(120_000);
      }
    },
    async close() {
      for (const { bench } of tills) bench.close();
      await Promise.all(Object.values(places).map((sql) => sql.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };

  async function openTill(name: string): Promise<HeldTill> {
    const wire = { inFlight: 0, life: 0, isDead: false, died: Promise.withResolvers<void>() };
    const arrived = async (): Promise<void> => {
      do {
        await answersArrive();
        await new Promise(setImmediate);
      } while (wire.inFlight > 0);
      await answersArrive();
    };
    const reach = { office: true, relay: true };

    function die(): void {
      wire.isDead = true;
      wire.died.resolve();
    }

    /** A question of this process; one that has died hears nothing any more. */
    async function pass<T>(kind: HeldPlace["kind"], ask: () => Promise<T>): Promise<T | null> {
      const { life } = wire;
      const fate = till.fates.shift() ?? "up";
      if (!reach[kind] || fate === "lost") return null;
      wire.inFlight += 1;
      try {
        const answer = fate === "die-before" ? null : await ask();
        if (fate === "die-before" || fate === "die-after") die();
        if (life === wire.life && !wire.isDead) return fate === "answer-lost" ? null : answer;
      } finally {
        wire.inFlight -= 1;
      }
      return new Promise<never>(() => {});
    }

    const at = { storeCode, terminalId: name };
    const keyOf = (kind: HeldPlace["kind"]): HeldPlace => ({ kind, key: kind });
    const listAt = (kind: HeldPlace["kind"]) =>
      pass(kind, async () => heldListSchema.parse(await listHeld(places[kind], storeCode)));
    const kinds = ["office", "relay"] as const;
    const held: HeldPlaces = {
      isOpen: () => true,
      async nearest() {
        for (const kind of kinds) if ((await listAt(kind)) !== null) return keyOf(kind);
        return null;
      },
      async list() {
        const lists = [await listAt("office"), await listAt("relay")];
        const rows = lists.flatMap((list, index) =>
          (list?.held ?? []).map((row) => ({ ...row, place: keyOf(index === 0 ? "office" : "relay") })),
        );
        return { rows, isWhole: lists.every((list) => list !== null) };
      },
      give({ kind }, give) {
        const ask = async () =>
          givenSchema.parse(await giveSale(places[kind], at, giveSchema.parse(structuredClone(give)), Date.now()));
        past.push(ask);
        return pass(kind, ask);
      },
      take({ kind }, giveId, takeId) {
        const ask = async () => takenSchema.parse(await take(places[kind], at, { giveId, takeId }, Date.now()));
        past.push(ask);
        return pass(kind, ask);
      },
    };
    const bench = openTillBench({
      config: { ...benchConfig(undefined), terminalId: name },
      ...{ idsBegin: name, parentFolder, clock: createVirtualClock(openingMs, arrived), sync: standingAlone(held) },
    });
    await bench.atWork();
    const till: HeldTill = {
      ...{ name, bench, fates: [], reach },
      async during(work) {
        await Promise.race([work(), wire.died.promise]);
        await arrived();
        if (wire.isDead) await till.restart();
      },
      async restart() {
        wire.life += 1;
        wire.isDead = false;
        wire.died = Promise.withResolvers<void>();
        till.fates = [];
        await bench.crash();
        await arrived();
        await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
      },
    };
    return till;
  }
}

async function open(path: string): Promise<Sql> {
  const opened = await openStore({ kind: "sqlite", path });
  if (!opened.ok) throw new Error(opened.fault.kind);
  return opened.value;
}

/** Head office as far as these tests go: enrolled, and nothing of the journal is sent. */
function standingAlone(held: HeldPlaces): Sync {
  return {
    held,
    refunds: noShopRefunds,
    pastHeard: () => null,
    view: () => ({
      ...{ state: "online", sinceMs: 0, waiting: 0, withRelay: null, lastAgreedAtMs: null, disagreedDates: [] },
      ...{ trouble: null, alarm: null, officeName: "总部", officeHost: "office.example", keyGuard: "account" },
    }),
    enrol: async () => ({ ok: false, fault: "already-enrolled" }),
    now: () => {},
    agreementDays: () => [],
    acknowledgeAlarm: () => false,
    shiftClosed: () => {},
  };
}
