import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enrolFleet } from "#tests/capacity/enrol-fleet.ts";
import { type Instance, startInstance } from "#tests/capacity/instance.ts";
import { openMeasuredLine } from "#tests/capacity/measured-line.ts";
import { until } from "#tests/support/poll.ts";
import { acknowledgedAndLost, checkBooks } from "./books.ts";
import { ask, type PostgresPair, startPair } from "./postgres-pair.ts";
import { openShopHours, type ShopHours } from "./shop-hours.ts";

const tillCount = 10;
const instanceCount = 2;

interface PairScene {
  readonly pair: PostgresPair;
  readonly hours: ShopHours;
  /** The instances again, on another database: what whoever runs the office does after a failure. */
  moveTo(url: string): Promise<void>;
}

/** Each with a pair of servers of its own. */
export const standbyCases: Readonly<Record<string, () => Promise<void>>> = {
  "the primary dies and its synchronous standby takes over: every acknowledged entry is there": () =>
    withPair(true, async ({ pair, hours, moveTo }) => {
      hours.start();
      await hours.sellUntilAcked(100);
      await pair.killPrimary();
      await hours.stop();
      await pair.promote();
      assert.equal(await acknowledgedAndLost(pair.standby, hours.tills), 0);
      await moveTo(pair.standby);
      hours.start();
      await hours.sellUntilAcked(50);
      await hours.settled();
      await checkBooks(pair.standby, hours.tills);
    }),

  "while the synchronous standby stands still nothing is acknowledged, and then everything is": () =>
    withPair(true, async ({ pair, hours }) => {
      hours.start();
      await hours.sellUntilAcked(50);
      pair.stallStandby();
      hours.openShops();
      const waiting = `SELECT COUNT(*)::int AS n FROM pg_stat_activity WHERE wait_event = 'SyncRep'`;
      await until("uploads wait for it", async () => Number((await ask(pair.primary, waiting))[0]?.["n"]) >= 4);
      const acked = hours.ackedEntries();
      const sold = hours.tills.reduce((sum, till) => sum + till.saleCount(), 0);
      await until("more is sold", () => hours.tills.reduce((sum, till) => sum + till.saleCount(), 0) > sold + 60);
      assert.equal(hours.ackedEntries(), acked);
      pair.resumeStandby();
      await hours.settled();
      await checkBooks(pair.primary, hours.tills);
    }),

  "control: a standby that is not waited for loses acknowledged entries": () =>
    withPair(false, async ({ pair, hours }) => {
      hours.start();
      await hours.sellUntilAcked(20);
      pair.stallStandby();
      await hours.sellUntilAcked(50);
      await pair.killPrimary();
      await hours.stop();
      await pair.dropReceiver();
      await pair.promote();
      assert.ok((await acknowledgedAndLost(pair.standby, hours.tills)) > 0, "nothing was lost: the check sees nothing");
    }),
};

async function withPair(isSynchronous: boolean, run: (scene: PairScene) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-standby-"));
  const pair = await startPair(isSynchronous);
  const instances: Instance[] = [];
  const ports: number[] = [];
  const startAll = async (url: string) => {
    for (let index = 0; index < instanceCount; index += 1) {
      const instance = await startInstance({ kind: "postgres", url }, folder, ports[index] ?? 0);
      instances.push(instance);
      ports[index] = instance.port;
    }
  };
  const killAll = () => Promise.all(instances.splice(0).map((instance) => instance.kill()));
  try {
    const enrolled = await enrolFleet({ kind: "postgres", url: pair.primary }, tillCount);
    await startAll(pair.primary);
    const line = openMeasuredLine(ports);
    const hours = await openShopHours(enrolled, new URL("http://office.test"), line.ask);
    try {
      await run({
        ...{ pair, hours },
        async moveTo(url) {
          await killAll();
          await startAll(url);
        },
      });
    } finally {
      await hours.stop();
      line.close();
    }
  } finally {
    await killAll();
    await pair.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
