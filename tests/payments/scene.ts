import { randomBytes } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { existsSync } from "node:fs";
import type { IncomingMessage } from "node:http";
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
import { type Account, merchantAccount, wechatConfig } from "./account.ts";

/** The client as the till sees it. */
export type Port = PaymentGateway & RefundGateway;

/** Longer than any machine needs for an answer that nobody holds back; real milliseconds. */
const patientMs = 20_000;
/** Linux keeps these files in memory: hundreds of sales need not wait for the disk each time. */
const memory = "/dev/shm";

/** What the till waits for an answer before it gives up, as set up in a shop. */
export const shopTimeoutMs = 30_000;

/** Ways to break the client on purpose. */
export interface Miswired {
  readonly spoil?: ((port: Port) => Port) | undefined;
  readonly secrets?: Partial<Account["client"]>;
}

export interface Scene {
  readonly simulator: Gateway;
  readonly clock: VirtualClock;
  readonly till: TillBench;
  /** How many answers may still stay out: these time-outs are the script's, any other is a machine that is too slow. */
  readonly heldBack: Map<OperationName, number>;
  /** Every line the client wrote since it was connected. */
  logged: string[];
  /** By order: every number a refund was asked for or about under. */
  readonly refundNumbers: Map<string, Set<string>>;
  /** While true the client gives up after `timeoutMs` of real time; else it waits as long as the machine needs. */
  isImpatient: boolean;
  timeoutMs: number;
  /** True when an answer stayed out that nobody held back: what happened since then says nothing. */
  wasTooSlow: boolean;
  /** Called whenever something may have changed: a screen, an answer, a moment of time. */
  look: () => void;
  /** From now on the till talks through a client that is set up like this. */
  connect(changes: Partial<WechatPayConfig>, timeoutMs: number, wrong?: Miswired): Promise<void>;
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
  /** Every request is signed over a nonce of its own; those nobody asked for are downloads of certificates. */
  const traffic = { signed: 0, asked: 0, answered: 0, downloaded: 0 };
  let usesCertificates = false;
  const waiting: (() => void)[] = [];
  let ports: { readonly patient: Port; readonly impatient: Port } | null = null;
  const clock = createVirtualClock(openingMs(), settled);
  let book = { orders: new Map<string, LedgerOrder>(), atMs: 0, isStale: true };
  const simulator = await createGateway({
    ...account.gateway,
    port: 0,
    now: clock.now,
    announce: () => (book.isStale = true),
  });
  const arrivals = countArrivals(simulator);
  const port = (): Port => {
    assert(ports !== null, "a scene is connected before the till asks");
    return scene.isImpatient ? ports.impatient : ports.patient;
  };
  const till = openTillBench({
    clock,
    gateway: {
      get codeProtocol() {
        return ports?.patient.codeProtocol ?? "v3";
      },
      pay: (...given) => asked("codepay", () => port().pay(...given)),
      openNative: (...given) => asked("native", () => port().openNative(...given)),
      query: (...given) => asked("query", () => port().query(...given)),
      reverse: (...given) => asked("reverse", () => port().reverse(...given)),
      close: (...given) => asked("close", () => port().close(...given)),
    },
    refunds: {
      refund: (order) => asked("refund", () => port().refund(noted(order))),
      queryRefund: (order) => asked("refund-query", () => port().queryRefund(noted(order))),
    },
    onScreen: () => scene.look(),
    ...(existsSync(memory) ? { parentFolder: memory } : {}),
  });
  const scene: Scene = {
    ...{
      simulator,
      clock,
      till,
      heldBack: new Map(),
      logged: [],
      refundNumbers: new Map(),
      isImpatient: false,
      timeoutMs: 0,
      wasTooSlow: false,
      look: () => {},
    },
    async connect(changes, timeoutMs, { spoil = (honest: Port) => honest, secrets = {} } = {}) {
      const { answersSignedBy = "public-key" } = changes;
      const mode = answersSignedBy === "certificates" ? "certificate" : answersSignedBy;
      await scene.control("/gateway/certificates", { mode });
      usesCertificates = mode !== "public-key";
      Object.assign(traffic, { signed: 0, asked: 0, answered: 0, downloaded: 0 });
      arrivals.count = 0;
      scene.logged = [];
      const baseUrl = (changes.codepayProtocol === "v2" ? simulator.tlsBaseUrl : null) ?? simulator.baseUrl;
      const config = wechatConfig(account, { baseUrl, ...changes });
      const shelf = { kept: null as string | null };
      const client = (requestTimeoutMs: number): WechatGateway => {
        const created = createWechatGateway({
          ...{ ...account.client, ...secrets },
          config: { ...config, timing: { ...config.timing, requestTimeoutMs } },
          deviceId: "T01",
          now: clock.now,
          certificateShelf: { read: () => shelf.kept, write: (pems) => void (shelf.kept = pems) },
          nonce,
          log: (what, facts) => {
            scene.logged.push(`${what} ${JSON.stringify(facts)}`);
            if (what.startsWith("gateway certificates")) downloaded();
          },
          onReachability: () => {},
        });
        assert(created.ok, `a good set-up, got ${JSON.stringify(created)}`);
        return created.value;
      };
      // Once, by a client of its own, as before the last restart: at most one download a minute is made.
      await client(patientMs).certificates?.refresh();
      const clients = { patient: client(patientMs), impatient: client(timeoutMs) };
      ports = { patient: spoil(clients.patient), impatient: spoil(clients.impatient) };
      scene.timeoutMs = timeoutMs;
    },
    async control(path, body) {
      const route = simulator.routes.find((one) => one.path === path && one.method === "POST");
      assert(route !== undefined, `the simulator can be told ${path}`);
      await route.handle(body);
    },
    order(outTradeNo) {
      // The book is laid out anew only when something was written in it, or may have happened by itself.
      if (book.isStale || book.atMs !== clock.now())
        book = { orders: ordersOf(simulator), atMs: clock.now(), isStale: false };
      return book.orders.get(outTradeNo);
    },
    settled,
    async close() {
      scene.look = () => {};
      arrivals.stop();
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
    traffic.asked += 1;
    const answer = await ask().finally(() => {
      traffic.answered += 1;
      moveOn();
    });
    if (answer.kind !== "unknown" || answer.cause !== "timeout") return answer;
    const left = scene.heldBack.get(operation) ?? 0;
    // Nobody held it back, or it was given up before the gateway had even seen it.
    if (left === 0 || arrivals.count < traffic.asked) scene.wasTooSlow = true;
    scene.heldBack.set(operation, left - 1);
    await new Promise<void>((resolve) => clock.after(shopTimeoutMs, resolve));
    return answer;
  }

  function nonce(): string {
    traffic.signed += 1;
    return randomBytes(16).toString("hex");
  }

  function downloaded(): void {
    traffic.downloaded += 1;
    moveOn();
  }

  function isBusy(): boolean {
    const isDownloading = usesCertificates && traffic.signed > traffic.asked + traffic.downloaded;
    return traffic.asked > traffic.answered || isDownloading;
  }

  function moveOn(): void {
    if (!isBusy()) for (const goOn of waiting.splice(0)) goOn();
  }

  async function settled(): Promise<void> {
    await answersArrive();
    while (isBusy()) {
      await new Promise<void>((resolve) => waiting.push(resolve));
      await answersArrive();
    }
    scene.look();
  }
}

/** Requests that have reached the gateway's ports, as Node itself sees them. */
function countArrivals({ baseUrl, tlsBaseUrl }: Gateway): { count: number; stop(): void } {
  const ports = [baseUrl, tlsBaseUrl].map((url) => (url === null ? 0 : Number(new URL(url).port)));
  const arrivals = { count: 0, stop: () => unsubscribe(channel, onRequest) };
  const channel = "http.server.request.start";
  function onRequest(message: unknown): void {
    // Node's own documentation of the channel: every message has the request.
    const { request } = message as { readonly request: IncomingMessage };
    if (ports.includes(request.socket.localPort ?? -1)) arrivals.count += 1;
  }
  subscribe(channel, onRequest);
  return arrivals;
}

function ordersOf(simulator: Gateway): Map<string, LedgerOrder> {
  return new Map(simulator.ledger().orders.map((order) => [order.outTradeNo, order]));
}

/** Nine in the morning of a day on which the certificates of `account.ts` are good. */
function openingMs(): number {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  return Date.parse(`${today}T09:00:00+08:00`);
}
