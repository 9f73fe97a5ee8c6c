import { randomBytes } from "node:crypto";
import type { WechatPayConfig } from "#contract/config/terminal.ts";
import { assert } from "#core/result.ts";
import type { UnknownCause } from "#core/tender/gateway-answer.ts";
import { createWechatGateway, type WechatGateway } from "#main/payments/wechat/create-wechat-gateway.ts";
import type { PaymentGateway, RefundGateway, RefundOrder } from "#main/till/ports/payment-gateway.ts";
import { createGateway, type Gateway } from "#simulators/gateway/gateway.ts";
import type { LedgerOrder } from "#simulators/gateway/ledger-view.ts";
import type { OperationName } from "#simulators/gateway/operation.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";
import { answersArrive, createVirtualClock, type VirtualClock } from "#tests/support/virtual-clock.ts";
import { merchantAccount, wechatConfig } from "./account.ts";

/** The client as the till sees it. */
export type Port = PaymentGateway & RefundGateway;

/** What the till waits for an answer before it gives up, as set up in a shop. */
export const shopTimeoutMs = 30_000;

export interface Scene {
  readonly simulator: Gateway;
  readonly clock: VirtualClock;
  readonly till: TillBench;
  /** How many answers may still stay out: these time-outs are the script's, any other is a machine that is too slow. */
  readonly heldBack: Map<OperationName, number>;
  /** By order: every number a refund was asked for or about under. */
  readonly refundNumbers: Map<string, Set<string>>;
  /** What the client waits for an answer, in real milliseconds. */
  timeoutMs: number;
  /** True when an answer stayed out that nobody held back: what happened since then says nothing. */
  wasTooSlow: boolean;
  /** Called whenever something may have changed: a screen, an answer, a moment of time. */
  look: () => void;
  /** From now on the till talks through a client that is set up like this, one time-out after `timeoutMs` of real time. */
  connect(changes: Partial<WechatPayConfig>, timeoutMs: number, spoil?: (port: Port) => Port): WechatGateway;
  /** A control request, as the simulators' control server would pass it on. */
  control(path: string, body: object): Promise<void>;
  order(outTradeNo: string): LedgerOrder | undefined;
  /** Nothing is on its way and everything that came has been heard. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A till at work, with the real client, real sockets and the real simulator, all on one clock. The clock stands while a
 * request is on its way. An answer that never comes costs a tenth of a second of real time and, on the clock, the whole
 * time-out of a shop: the till hears of it then.
 */
export async function openScene(): Promise<Scene> {
  const account = merchantAccount();
  let asking = 0;
  const waiting: (() => void)[] = [];
  let port: Port | null = null;
  const clock = createVirtualClock(openingMs(), settled);
  const simulator = await createGateway({ ...account.gateway, port: 0, now: clock.now, announce: () => {} });
  const call = <K extends keyof Port>(name: K): Port[K] => {
    assert(port !== null, "a scene is connected before the till asks");
    return port[name];
  };
  const till = openTillBench({
    clock,
    gateway: {
      get codeProtocol() {
        return port?.codeProtocol ?? "v3";
      },
      pay: (...given) => asked("codepay", () => call("pay")(...given)),
      openNative: (...given) => asked("native", () => call("openNative")(...given)),
      query: (...given) => asked("query", () => call("query")(...given)),
      reverse: (...given) => asked("reverse", () => call("reverse")(...given)),
      close: (...given) => asked("close", () => call("close")(...given)),
    },
    refunds: {
      refund: (order) => asked("refund", () => call("refund")(noted(order))),
      queryRefund: (order) => asked("refund-query", () => call("queryRefund")(noted(order))),
    },
    onScreen: () => scene.look(),
  });
  const scene: Scene = {
    ...{ simulator, clock, till, heldBack: new Map(), refundNumbers: new Map(), timeoutMs: 0, wasTooSlow: false, look: () => {} },
    connect(changes, timeoutMs, spoil = (honest) => honest) {
      const baseUrl = (changes.codepayProtocol === "v2" ? simulator.tlsBaseUrl : null) ?? simulator.baseUrl;
      const config = wechatConfig(account, { baseUrl, ...changes });
      const created = createWechatGateway({
        ...account.client,
        config: { ...config, timing: { ...config.timing, requestTimeoutMs: timeoutMs } },
        deviceId: "T01",
        now: clock.now,
        nonce: () => randomBytes(16).toString("hex"),
        log: () => {},
        onReachability: () => {},
      });
      assert(created.ok, `a good set-up, got ${JSON.stringify(created)}`);
      port = spoil(created.value);
      scene.timeoutMs = timeoutMs;
      return created.value;
    },
    async control(path, body) {
      const route = simulator.routes.find((one) => one.path === path && one.method === "POST");
      assert(route !== undefined, `the simulator can be told ${path}`);
      await route.handle(body);
    },
    order: (outTradeNo) => simulator.ledger().orders.find((order) => order.outTradeNo === outTradeNo),
    settled,
    async close() {
      scene.look = () => {};
      till.close();
      await simulator.close();
    },
  };
  await till.atWork();
  return scene;

  function noted(order: RefundOrder): RefundOrder {
    const numbers = scene.refundNumbers.get(order.outTradeNo) ?? new Set();
    scene.refundNumbers.set(order.outTradeNo, numbers.add(order.outRefundNo));
    return order;
  }

  async function asked<A extends { readonly kind: string; readonly cause?: UnknownCause }>(
    operation: OperationName,
    ask: () => Promise<A>,
  ): Promise<A> {
    asking += 1;
    const answer = await ask().finally(() => {
      asking -= 1;
      if (asking === 0) for (const goOn of waiting.splice(0)) goOn();
    });
    if (answer.kind !== "unknown" || answer.cause !== "timeout") return answer;
    const left = scene.heldBack.get(operation) ?? 0;
    if (left === 0) scene.wasTooSlow = true;
    scene.heldBack.set(operation, left - 1);
    await new Promise<void>((resolve) => clock.after(shopTimeoutMs, resolve));
    return answer;
  }

  async function settled(): Promise<void> {
    await answersArrive();
    while (asking > 0) {
      await new Promise<void>((resolve) => waiting.push(resolve));
      await answersArrive();
    }
    scene.look();
  }
}

/** Nine in the morning of a day on which the certificates of `account.ts` are good. */
function openingMs(): number {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  return Date.parse(`${today}T09:00:00+08:00`);
}
