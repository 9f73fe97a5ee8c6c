import { z } from "zod";
import { ControlError, type ControlRoute } from "../control/route.ts";
import { discrepancy } from "./bill/discrepancy.ts";
import type { Api } from "./carry-out.ts";
import { verificationModes } from "./certificates/certificates.ts";
import { chaosRequest } from "./chaos.ts";
import { clockRequest, type GatewayClock } from "./clock.ts";
import type { LedgerView } from "./ledger-view.ts";
import { notifySettings, type Notifier } from "./notice/notifier.ts";
import { pastRequest, writePast } from "./past.ts";
import { scriptRequest } from "./script.ts";

const nothing = z.strictObject({});
const offlineRequest = z.strictObject({ offline: z.boolean() });
/** Body of `POST /gateway/balance`. */
const balanceRequest = z.strictObject({ merchantBalanceFen: z.int().min(0) });
/** Body of `POST /gateway/certificates`: what is given happens in this order. */
const certificatesRequest = z.strictObject({
  mode: z.enum(verificationModes).optional(),
  /** A new certificate beside the old ones; the new one signs from now on. */
  rotate: z.literal(true).optional(),
  /** All but the newest stop being valid. */
  dropOld: z.literal(true).optional(),
});

/** Body of `POST /gateway/web`: the shop's hosts, with their ports, as it registered them with WeChat. */
const webRequest = z.strictObject({ hosts: z.array(z.string().min(1).max(255)).max(10) });

/** What the control interface works on. */
export interface Controlled {
  readonly view: () => LedgerView;
  readonly api: Api;
  readonly clock: GatewayClock;
  readonly notifier: Notifier;
  /** Lets happen what is due by the clock. */
  readonly advance: () => void;
  readonly setOffline: (offline: boolean) => void;
}

/** The control interface of the gateway: script it, set its clock, read its book, spoil its bills, pull its plug. */
export function gatewayRoutes(gateway: Controlled): readonly ControlRoute[] {
  const { scripts, chaos, desk } = gateway.api;
  return [
    post("/gateway/script", scriptRequest, (script) => {
      scripts.add(script);
      return { scriptsWaiting: scripts.waiting() };
    }),
    post("/gateway/script/clear", nothing, () => {
      scripts.clear();
      return { scriptsWaiting: 0 };
    }),
    get("/gateway/ledger", gateway.view),
    post("/gateway/offline", offlineRequest, ({ offline }) => {
      gateway.setOffline(offline);
      return { offline };
    }),
    post("/gateway/chaos", chaosRequest, (settings) => {
      chaos.set(settings);
      return { rate: chaos.rate() };
    }),
    post("/gateway/balance", balanceRequest, ({ merchantBalanceFen }) => {
      desk.funds.setBalance(merchantBalanceFen);
      return { merchantBalanceFen: desk.funds.balanceFen() };
    }),
    post("/gateway/past", pastRequest, ({ payments }) => {
      writePast(desk.ledger, desk.now(), payments);
      return { orders: desk.ledger.orders().length };
    }),
    ...clockRoutes(gateway),
    ...billRoutes(gateway),
    ...signingRoutes(gateway),
  ];
}

function clockRoutes({ clock, advance }: Controlled): readonly ControlRoute[] {
  const view = () => ({ nowMs: clock.now(), wireNowMs: clock.wireNow() });
  return [
    get("/gateway/clock", view),
    post("/gateway/clock", clockRequest, (change) => {
      clock.change(change);
      advance();
      return view();
    }),
  ];
}

function billRoutes({ api }: Controlled): readonly ControlRoute[] {
  const { bills } = api.desk;
  return [
    get("/gateway/bill/discrepancies", () => ({ discrepancies: bills.discrepancies() })),
    post("/gateway/bill/discrepancy", discrepancy, (one) => ({ discrepancies: bills.addDiscrepancy(one) })),
    post("/gateway/bill/discrepancy/clear", nothing, () => {
      bills.clearDiscrepancies();
      return { discrepancies: 0 };
    }),
  ];
}

function signingRoutes({ api, notifier, advance }: Controlled): readonly ControlRoute[] {
  const { certificates, signIns } = api.desk;
  return [
    post("/gateway/certificates", certificatesRequest, ({ mode, rotate, dropOld }) => {
      if (mode !== undefined) certificates.setMode(mode);
      if (rotate) certificates.rotate();
      if (dropOld) certificates.dropOld();
      return { mode: certificates.mode(), serials: certificates.all().map(({ serial }) => serial) };
    }),
    post("/gateway/notify", notifySettings, (settings) => {
      notifier.set(settings);
      return settings;
    }),
    post("/gateway/web", webRequest, ({ hosts }) => {
      signIns.setHosts(hosts);
      return { hosts };
    }),
    get("/gateway/notices", () => {
      advance();
      return { notices: notifier.list() };
    }),
  ];
}

function get(path: string, view: () => unknown): ControlRoute {
  return { method: "GET", path, handle: async () => view() };
}

/** A route whose body is as `schema` wants it, or a `ControlError` naming the first thing that is wrong. */
function post<T>(path: string, schema: z.ZodType<T>, act: (input: T) => unknown): ControlRoute {
  return {
    method: "POST",
    path,
    async handle(body) {
      const result = schema.safeParse(body);
      if (!result.success) throw new ControlError(z.prettifyError(result.error));
      return act(result.data);
    },
  };
}
