import { assert } from "#core/result.ts";
import type { RefundState } from "#core/refund/refund.ts";
import type { PaymentGateway, RefundGateway } from "#main/till/ports/payment-gateway.ts";
import { chips, openingMs } from "./bench-shop.ts";
import { openSimulatedWechat } from "./simulated-wechat.ts";
import { openTillBench } from "./till-bench.ts";
import { answersArrive, createVirtualClock } from "./virtual-clock.ts";

export type RefundBench = Awaited<ReturnType<typeof openRefundBench>>;

/**
 * A till at work over the real client and the gateway simulator, on one virtual clock that stands still while something
 * is on its way. `told` makes up an answer instead of the gateway's own, which is then still asked for.
 */
export async function openRefundBench() {
  const clock = createVirtualClock(openingMs);
  const { simulator, client } = await openSimulatedWechat(clock.now);
  const asking = new Set<Promise<unknown>>();
  /** Instead of what the gateway says: for a till that was told wrong, or that hears nothing. */
  const told: {
    pay?: Awaited<ReturnType<PaymentGateway["pay"]>>;
    query?: Awaited<ReturnType<PaymentGateway["query"]>>;
    reverse?: Awaited<ReturnType<PaymentGateway["reverse"]>>;
  } = {};
  const refunds: RefundGateway = {
    refund: awaited(client.refund),
    queryRefund: awaited(client.queryRefund),
    sendOnward: awaited(client.sendOnward),
  };
  const gateway: PaymentGateway = {
    codeProtocol: client.codeProtocol,
    pay: awaited(async (order, authCode) => {
      const answer = await client.pay(order, authCode);
      return told.pay ?? answer;
    }),
    openNative: awaited(client.openNative),
    query: awaited(async (...asked) => told.query ?? (await client.query(...asked))),
    reverse: awaited(async (...asked) => told.reverse ?? (await client.reverse(...asked))),
    close: awaited(client.close),
  };
  const bench = await openTillBench({ clock, gateway, refunds }).atWork();
  const ledger = (outTradeNo: string) => simulator.ledger().orders.find((order) => order.outTradeNo === outTradeNo);

  return {
    ...{ clock, simulator, bench, told, arrive, pass, ledger },
    nextRefund: (outcome: string) => control("/gateway/script", { outcome, operation: "refund", next: true }),
    /** Requests for a refund of this payment that reached the gateway. */
    requests: (outTradeNo: string) =>
      (ledger(outTradeNo)?.requests ?? []).filter(({ operation }) => operation === "refund").length,
    stateOf: (refundNo: string): RefundState | undefined => bench.store.refund(refundNo)?.state,
    /** Rings up a sale of 10.00 and shows the customer's code for what `cashFen` leaves. */
    async showCode(cashFen = 0): Promise<void> {
      await bench.scan(chips);
      await bench.must("take-payment", {});
      if (cashFen > 0) await bench.must("pay-cash", { receivedFen: cashFen });
      if (cashFen < 1_000) await bench.scan(simulator.wallet.showCode());
      await arrive();
    },
    async close(): Promise<void> {
      bench.close();
      await simulator.close();
    },
  };

  /** The client, with what is on its way: the clock stands still until it has come. */
  function awaited<A extends readonly unknown[], R>(call: (...given: A) => Promise<R>): (...given: A) => Promise<R> {
    return (...given) => {
      const answer = call(...given);
      asking.add(answer);
      return answer.finally(() => asking.delete(answer));
    };
  }

  async function arrive(): Promise<void> {
    await answersArrive();
    while (asking.size > 0) {
      await Promise.allSettled(asking);
      await answersArrive();
    }
  }

  async function pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 5_000) {
      await clock.advance(Math.min(left, 5_000));
      await arrive();
    }
  }

  async function control(path: string, body: object): Promise<void> {
    const route = simulator.routes.find((one) => one.path === path && one.method === "POST");
    assert(route !== undefined, "the simulator has that control");
    await route.handle(body);
  }
}
