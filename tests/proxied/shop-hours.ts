import type { EnrolledTill } from "#tests/capacity/enrol-fleet.ts";
import { type LoadTill, openLoadTill } from "#tests/capacity/load-till.ts";
import type { AskRaw } from "#main/sync/signed-wire.ts";
import { until } from "#tests/support/poll.ts";

/** Between two sales of all tills together. Milliseconds. */
const betweenSalesMs = 25;
/** The tills' timetables run this many times faster than a clock: pauses after a failure are short. */
const speed = 10;
const withinMs = 120_000;

/** Tills of the product's own synchronisation, selling. */
export interface ShopHours {
  readonly tills: readonly LoadTill[];
  /** Until so many more sales are acknowledged. */
  sellUntilAcked(sales: number): Promise<void>;
  /** Sells on; whoever calls looks at something else meanwhile. */
  openShops(): void;
  closeShops(): void;
  /** Everything sent, both sides agree. */
  settled(): Promise<void>;
  ackedEntries(): number;
  troubles(what: string): number;
  stop(): Promise<void>;
  start(): void;
}

export async function openShopHours(enrolled: readonly EnrolledTill[], url: URL, ask: AskRaw): Promise<ShopHours> {
  const businessDate = new Date().toISOString().slice(0, 10);
  const tills = await Promise.all(enrolled.map((till) => openLoadTill(till, { url, ask, businessDate, speed })));
  let timer: NodeJS.Timeout | null = null;
  let turn = 0;
  const hours: ShopHours = {
    tills,
    start: () => tills.forEach((till) => till.start()),
    async stop() {
      hours.closeShops();
      await Promise.all(tills.map((till) => till.stop()));
    },
    openShops() {
      timer ??= setInterval(() => tills[(turn += 1) % tills.length]?.sell(1), betweenSalesMs);
    },
    closeShops() {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
    ackedEntries: () => tills.reduce((sum, till) => sum + till.acked().seq, 0),
    troubles: (what) => tills.reduce((sum, till) => sum + (till.troubles.get(what) ?? 0), 0),
    async sellUntilAcked(sales) {
      const goal = hours.ackedEntries() + sales * 3;
      hours.openShops();
      await until(`${sales} more sales are acknowledged`, () => hours.ackedEntries() >= goal, withinMs);
    },
    async settled() {
      hours.closeShops();
      await until("everything is sent", () => tills.every((till) => till.waiting() === 0), withinMs);
      const sinceMs = Date.now();
      // As a manager's "now" would.
      await Promise.all(tills.map((till) => till.stop()));
      hours.start();
      await until("all agree", () => tills.every((till) => (till.agreedAtMs() ?? 0) >= sinceMs), withinMs);
    },
  };
  return hours;
}
