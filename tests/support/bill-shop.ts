import { assert } from "#core/result.ts";
import type { WechatGateway } from "#main/payments/wechat/create-wechat-gateway.ts";
import type { Gateway } from "#simulators/gateway/gateway.ts";
import { until } from "./poll.ts";
import { people } from "./bench-shop.ts";
import { openSimulatedWechat } from "./simulated-wechat.ts";
import { openTillBench, type TillBench } from "./till-bench.ts";
import { createVirtualClock, type VirtualClock } from "./virtual-clock.ts";

/** A till on the bench whose bills come from the gateway simulator over HTTP, with the real worker between. */
export interface BillShop {
  readonly bench: TillBench;
  readonly clock: VirtualClock;
  readonly client: WechatGateway;
  readonly simulator: Gateway;
  /** One verb of the simulator's control interface. */
  control(path: string, body: object): Promise<void>;
  /** Where the next export goes; null closes the question. */
  exportTo: string | null;
  close(): Promise<void>;
}

type BenchOptions = NonNullable<Parameters<typeof openTillBench>[0]>;

/** 2 March 2026, 09:00 in the shop and in Beijing: yesterday's bill cannot be had yet. */
export async function openBillShop(options: Pick<BenchOptions, "spoilFindings" | "bills"> = {}): Promise<BillShop> {
  const clock = createVirtualClock(Date.UTC(2026, 2, 2, 1));
  const { simulator, client, config: wechatPay } = await openSimulatedWechat(clock.now);
  const shop: BillShop = {
    bench: openTillBench({
      ...{ clock, bills: client, inquiry: client, config: { wechatPay } },
      ...options,
      saveAs: () => shop.exportTo,
    }),
    clock,
    client,
    simulator,
    async control(path, body) {
      const route = simulator.routes.find((one) => one.path === path && one.method === "POST");
      assert(route !== undefined, "the simulator has that control");
      await route.handle(body);
    },
    exportTo: null,
    async close() {
      shop.bench.close();
      await simulator.close();
    },
  };
  // Attempts that are open here stay open: their own gateway is silent, the bills' is not.
  shop.bench.gateway.isDown = true;
  await shop.bench.atWork();
  return shop;
}

export async function signInManager({ bench }: BillShop): Promise<void> {
  await bench.must("sign-out", {});
  await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
}

/** Lets time pass minute by minute until this day is compared. */
export function compared(shop: BillShop, day: string): Promise<void> {
  return passUntil(shop, `the bill of ${day} is compared`, () => shop.bench.store.reconciledDay(day)?.compared != null);
}

/**
 * Lets time pass until the till has nothing under way and `isSo` holds. While the machine is at work the clock stands
 * still: a minute between a request and its answer would be a stale signature.
 */
export async function passUntil({ bench, clock }: BillShop, what: string, isSo: () => boolean): Promise<void> {
  await until(
    what,
    async () => {
      if (bench.reconciler?.running != null) return false;
      if (isSo()) return true;
      await clock.advance(60_000);
      return false;
    },
    200_000,
  );
}
