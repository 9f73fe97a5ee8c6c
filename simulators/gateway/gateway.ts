import type { IncomingMessage, ServerResponse } from "node:http";
import type { Announce, ControlRoute } from "../control/route.ts";
import { walletRoutes } from "../wallet/routes.ts";
import { createWallet, type Wallet } from "../wallet/wallet.ts";
import { answerRequest } from "./api.ts";
import { createBillDesk } from "./bill/bill-desk.ts";
import type { Api } from "./carry-out.ts";
import { createCertificates } from "./certificates/certificates.ts";
import { createChaos } from "./chaos.ts";
import { createClock } from "./clock.ts";
import { gatewayRoutes } from "./control-routes.ts";
import type { Platform } from "./delivery.ts";
import { createFunds } from "./funds.ts";
import { keepNewest } from "./keep-newest.ts";
import { openLedger } from "./ledger.ts";
import { viewOrders, type LedgerView, type OtherRequest, type RefusedRequest } from "./ledger-view.ts";
import { noticeOf } from "./notice/notice.ts";
import { createNotifier } from "./notice/notifier.ts";
import type { Merchant } from "./operation.ts";
import type { Order } from "./order.ts";
import { createScripts } from "./script.ts";
import { listenPlain, listenTls, type Listener, type TlsIdentity } from "./servers.ts";
import type { ClientCertificate } from "./v2/answer-v2.ts";
import { createSignIns } from "./web/sign-ins.ts";

export interface GatewayOptions extends GatewayParts {
  /** 0 takes any free port. */
  readonly port: number;
  /** 127.0.0.1 when left out: nobody outside this machine has business here. */
  readonly host?: string;
  /** A second port with TLS, where V2 reverse finds the client certificate it wants. Without it V2 asks for none. */
  readonly tls?: TlsIdentity;
}

/** What a gateway is without its ports. */
export interface GatewayParts {
  readonly merchant: Merchant;
  readonly platform: Platform;
  /** Milliseconds since the epoch; may be a virtual clock. Only held-back answers wait in real time. */
  readonly now: () => number;
  readonly announce: Announce;
  /** The ledger's file, so that a restarted simulator still knows yesterday's orders. In memory when left out. */
  readonly statePath?: string;
  /** What the customer owns when the simulator starts; ¥100,000 when left out. */
  readonly openingBalanceFen?: number;
  /** What the merchant's account held before the first order; ¥100,000 when left out. */
  readonly openingMerchantFen?: number;
  /** Runs the work after so many milliseconds; by the system's timers when left out. */
  readonly later?: (ms: number, work: () => void) => void;
}

export interface Gateway {
  readonly baseUrl: string;
  /** `https://…` when `tls` was given. The same gateway behind it, both protocols. */
  readonly tlsBaseUrl: string | null;
  /**
   * The same gateway for whoever does not hang on the shop's line: head office and the customer's phone.
   * `POST /gateway/offline` leaves it alone.
   */
  readonly outsideBaseUrl: string;
  readonly wallet: Wallet;
  readonly routes: readonly ControlRoute[];
  /** What `GET /gateway/ledger` answers. */
  readonly ledger: () => LedgerView;
  /** Ends every connection, also those a script holds open, and closes the book. */
  readonly close: () => Promise<void>;
}

const usualBalanceFen = 10_000_000;
/** How often things that are due by the clock are let happen, so that watchers see them without asking. */
const tickMs = 500;

/**
 * Starts the WeChat Pay gateway simulator with the customer's phone behind it.
 * Rejects when a port is taken, the state file cannot be read or the APIv3 key has not 32 bytes.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { api, parts } = buildGateway(options);
  const { ledger, wallet, notifier } = parts;
  let offline = false;
  const answer = (request: IncomingMessage, response: ServerResponse, certificate: ClientCertificate) => {
    answerRequest(api, request, response, certificate).catch(() => response.destroy());
  };
  const host = options.host ?? "127.0.0.1";
  const asksForCertificate = options.tls !== undefined;
  const isOffline = () => offline;
  const listeners: Listener[] = [];
  const plain = await listenPlain({ port: options.port, host, asksForCertificate }, isOffline, answer);
  listeners.push(plain);
  parts.setBaseUrl(plain.baseUrl);
  const outside = await listenOutside().catch(async (error: unknown) => {
    for (const listener of listeners) await listener.close();
    throw error;
  });

  /** The other doors: with TLS, and past the shop's line. */
  async function listenOutside(): Promise<Listener> {
    if (options.tls !== undefined) listeners.push(await listenTls(options.tls, host, isOffline, answer));
    return listenPlain({ port: 0, host, asksForCertificate }, () => false, answer);
  }

  const tick = setInterval(parts.advance, tickMs).unref();

  function view(): LedgerView {
    parts.advance();
    return {
      ...{ orders: viewOrders(ledger), refusedRequests: parts.refused.all(), otherRequests: parts.others.all() },
      ...{ merchantBalanceFen: api.desk.funds.balanceFen(), scriptsWaiting: api.scripts.waiting(), offline },
    };
  }

  function setOffline(next: boolean): void {
    offline = next;
    if (next) for (const { dropAll } of listeners) dropAll();
    options.announce("gateway");
  }

  return {
    baseUrl: plain.baseUrl,
    tlsBaseUrl: listeners[1]?.baseUrl ?? null,
    outsideBaseUrl: outside.baseUrl,
    wallet,
    routes: [...gatewayRoutes({ view, api, ...parts, setOffline }), ...walletRoutes(wallet)],
    ledger: view,
    async close() {
      clearInterval(tick);
      for (const timer of parts.timers) clearTimeout(timer);
      notifier.close();
      for (const listener of [...listeners, outside]) await listener.close();
      ledger.close();
    },
  };
}

function withOneFenMore(order: Order): Order {
  const { terms } = order;
  return terms === null ? order : { ...order, terms: { ...terms, amountFen: terms.amountFen + 1 } };
}

/** Everything behind the ports, for a test that brings its own wire and hands each request to `answerRequest`. */
export function buildGateway(options: GatewayParts) {
  const { merchant, platform, announce } = options;
  const { apiV3Key } = merchant;
  if (apiV3Key !== undefined && Buffer.byteLength(apiV3Key) !== 32) throw new Error("the APIv3 key must have 32 bytes");
  const clock = createClock(options.now);
  const { now, wireNow } = clock;
  const signer = { privateKeyPem: platform.privateKeyPem, serial: platform.publicKeyId };
  const certificates = createCertificates(signer, now);
  const notifier = createNotifier({ now, wireNow, signer: certificates.ownSigner });
  const ledger = openLedger({
    ...{ statePath: options.statePath, now, announce },
    watch(event, order) {
      const notice = noticeOf(merchant, event, notifier.settings().foreignAmount ? withOneFenMore(order) : order);
      if (notice !== null) notifier.add(notice, event.at);
    },
  });
  clock.notBefore(ledger.lastAtMs());
  const openingBalanceFen = options.openingBalanceFen ?? usualBalanceFen;
  const signIns = createSignIns(now);
  const wallet = createWallet({ ledger, now, announce, openingBalanceFen, merchant, hosts: signIns.hosts });
  const funds = createFunds(ledger, options.openingMerchantFen ?? usualBalanceFen);
  const bills = createBillDesk(ledger, now);
  const refused = keepNewest<RefusedRequest>(500);
  const others = keepNewest<OtherRequest>(500);
  const timers = new Set<NodeJS.Timeout>();
  let baseUrl = "";
  const desk = {
    ...{ merchant, ledger, phone: wallet.phone, now, funds, bills, certificates, signIns },
    baseUrl: () => baseUrl,
  };
  const api: Api = {
    ...{ desk, scripts: createScripts(), chaos: createChaos(), wireNow, onOther: others.add },
    onRefused(request) {
      refused.add(request);
      announce("gateway");
    },
    later(ms, work) {
      if (options.later !== undefined) return options.later(ms, work);
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms);
      timers.add(timer);
    },
  };
  const advance = () => {
    ledger.advance();
    notifier.advance();
  };
  const setBaseUrl = (url: string) => {
    baseUrl = url;
  };
  return { api, parts: { clock, ledger, wallet, notifier, refused, others, timers, advance, setBaseUrl } };
}
