import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import type { Announce, ControlRoute } from "../control/route.ts";
import { createWallet, type Wallet } from "../wallet/wallet.ts";
import { walletRoutes } from "../wallet/routes.ts";
import { answerRequest } from "./api.ts";
import { gatewayRoutes } from "./control-routes.ts";
import type { Platform } from "./delivery.ts";
import { openLedger } from "./ledger.ts";
import { viewOrders, type LedgerView, type RefusedRequest } from "./ledger-view.ts";
import type { Merchant } from "./operation.ts";
import { createScripts } from "./script.ts";

export interface GatewayOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** 127.0.0.1 when left out: nobody outside this machine has business here. */
  readonly host?: string;
  readonly merchant: Merchant;
  readonly platform: Platform;
  /** Milliseconds since the epoch; may be a virtual clock. Only held-back answers wait in real time. */
  readonly now: () => number;
  readonly announce: Announce;
  /** The ledger's file, so that a restarted simulator still knows yesterday's orders. In memory when left out. */
  readonly statePath?: string;
  /** What the customer owns when the simulator starts; ¥100,000 when left out. */
  readonly openingBalanceFen?: number;
}

export interface Gateway {
  readonly baseUrl: string;
  readonly wallet: Wallet;
  readonly routes: readonly ControlRoute[];
  /** What `GET /gateway/ledger` answers. */
  readonly ledger: () => LedgerView;
  /** Ends every connection, also those a script holds open, and closes the book. */
  readonly close: () => Promise<void>;
}

const usualBalanceFen = 10_000_000;
const mostRefusedKept = 500;
/** How often things that are due by the clock are let happen, so that watchers see them without asking. */
const tickMs = 500;

/**
 * Starts the WeChat Pay gateway simulator with the customer's phone behind it.
 * Rejects when the port is taken or the state file cannot be read.
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { merchant, platform, now, announce } = options;
  const ledger = openLedger({ statePath: options.statePath, now, announce });
  const openingBalanceFen = options.openingBalanceFen ?? usualBalanceFen;
  const wallet = createWallet({ ledger, now, announce, openingBalanceFen });
  const scripts = createScripts();
  const refused: RefusedRequest[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let offline = false;

  const api = {
    desk: { merchant, ledger, phone: wallet.phone, now },
    platform,
    scripts,
    onRefused(request: RefusedRequest) {
      refused.push(request);
      if (refused.length > mostRefusedKept) refused.shift();
      announce("gateway");
    },
    later(ms: number, work: () => void) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms);
      timers.add(timer);
    },
  };

  const server = createServer((request, response) => {
    answerRequest(api, request, response).catch(() => response.destroy());
  });
  const sockets = trackSockets(server, () => offline);
  const baseUrl = await listen(server, options.port, options.host ?? "127.0.0.1");
  const tick = setInterval(() => ledger.advance(), tickMs).unref();

  function view(): LedgerView {
    ledger.advance();
    return { orders: viewOrders(ledger), refusedRequests: [...refused], scriptsWaiting: scripts.waiting(), offline };
  }

  function setOffline(next: boolean): void {
    offline = next;
    if (next) for (const socket of sockets) socket.destroy();
    announce("gateway");
  }

  return {
    baseUrl,
    wallet,
    routes: [...gatewayRoutes({ view, scripts, setOffline }), ...walletRoutes(wallet)],
    ledger: view,
    async close() {
      clearInterval(tick);
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      ledger.close();
    },
  };
}

/** All open sockets; new ones are dropped at once while the gateway is offline. */
function trackSockets(server: Server, isOffline: () => boolean): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    if (isOffline()) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  return sockets;
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("the gateway listens on no port"));
      else resolve(`http://${host}:${address.port}`);
    });
  });
}
