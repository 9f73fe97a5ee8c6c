import { randomInt } from "node:crypto";
import type {
  EnterPassword,
  PageRequest,
  PayPage,
  PayQr,
  PendingPayment,
  ScannedOrder,
  WalletBehaviour,
  WalletView,
} from "#contract/bench/wallet.ts";
import { ControlError, type Announce } from "../control/route.ts";
import type { Ledger } from "../gateway/ledger.ts";
import type { Merchant, Phone } from "../gateway/operation.ts";
import type { Order } from "../gateway/order.ts";
import { historyOf } from "./history.ts";
import { orderOfPage } from "./page-payment.ts";
import { createPaymentCodes } from "./payment-codes.ts";
import { createPurse } from "./purse.ts";

/** The customer's phone: one person, one balance. It pays what the gateway's ledger says is waiting for it. */
export interface Wallet {
  /** The gateway's end of the phone. */
  readonly phone: Phone;
  readonly view: () => WalletView;
  /** Shows a fresh payment code: 18 digits, one minute, one use. */
  readonly showCode: () => string;
  readonly setBehaviour: (onCode: WalletBehaviour) => void;
  /** These five throw `ControlError` with a sentence for the customer when there is nothing (left) to pay. */
  readonly enterPassword: (input: EnterPassword) => void;
  readonly scanQr: (codeUrl: string) => ScannedOrder;
  readonly payQr: (input: PayQr) => void;
  readonly pageOrder: (request: PageRequest) => ScannedOrder;
  readonly payPage: (input: PayPage) => void;
}

/** The phone of `GatewayOptions.openingBalanceFen`; its pending payments and its history are read from the ledger. */
export function createWallet(options: {
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly announce: Announce;
  readonly openingBalanceFen: number;
  readonly merchant: Merchant;
  /** Hosts with their ports whose pages may ask for money. */
  readonly hosts: () => readonly string[];
}): Wallet {
  const { ledger, now, announce } = options;
  const codes = createPaymentCodes(now, () => randomInt(1e6));
  const purse = createPurse(options);
  let behaviour: WalletBehaviour = "pay";

  function onPage(request: PageRequest): Order {
    const { merchant } = options;
    return stillPayable(orderOfPage({ merchant, ledger, hosts: options.hosts(), request, nowMs: now() }), now());
  }

  return {
    phone: {
      present: (authCode, amountFen) => codes.use(authCode) ?? purse.decide(behaviour, amountFen),
      useUp: (authCode) => void codes.use(authCode),
    },
    view() {
      ledger.advance();
      const pending = ledger.orders().flatMap(pendingOf);
      return { balanceFen: purse.balanceFen(), behaviour, pending, history: historyOf(ledger) };
    },
    showCode() {
      const code = codes.make();
      announce("wallet");
      return code;
    },
    setBehaviour(onCode) {
      behaviour = onCode;
      announce("wallet");
    },
    enterPassword(input) {
      ledger.advance();
      const order = ledger.order(input.outTradeNo);
      if (order.kind !== "codepay" || !order.promptsPhone) {
        throw new ControlError(`The phone is not asked for a password for ${input.outTradeNo}.`);
      }
      purse.settle(order, input);
    },
    scanQr(codeUrl) {
      const { outTradeNo } = payable(ledger, codeUrl, now());
      return sheetOf(ledger.record({ kind: "scanned", at: now(), outTradeNo }));
    },
    payQr(input) {
      const order = payable(ledger, input.codeUrl, now());
      if (!order.promptsPhone) throw new ControlError("Scan the QR code first.");
      purse.settle(order, input);
    },
    pageOrder(request) {
      const { outTradeNo } = onPage(request);
      return sheetOf(ledger.record({ kind: "scanned", at: now(), outTradeNo }));
    },
    payPage({ accept, settleAfterMs, ...request }) {
      const order = onPage(request);
      if (!order.promptsPhone) throw new ControlError("The page has not asked for this payment.");
      purse.settle(order, { accept, settleAfterMs });
    },
  };
}

/** What the phone's pay sheet says of an order. */
function sheetOf({ outTradeNo, terms }: Order): ScannedOrder {
  return { outTradeNo, amountFen: terms?.amountFen ?? 0, description: terms?.description ?? "" };
}

/** The unpaid order behind a QR code, or a sentence why it cannot be paid. */
function payable(ledger: Ledger, codeUrl: string, nowMs: number): Order {
  ledger.advance();
  if (!codeUrl.startsWith("weixin://wxpay/bizpayurl")) throw new ControlError("This is not a WeChat Pay QR code.");
  const order = ledger.findByCodeUrl(codeUrl);
  if (order?.codeUrl === undefined || order.codeUrl === null || order.codeUrl.diesAtMs <= nowMs) {
    throw new ControlError("This QR code is not valid any more. Ask the cashier for a new one.");
  }
  return stillPayable(order, nowMs);
}

function stillPayable(order: Order, nowMs: number): Order {
  if (order.state === "CLOSED") throw new ControlError("The shop has closed this order.");
  if (order.state !== "NOTPAY") throw new ControlError("This order is already paid.");
  if (order.due !== null) throw new ControlError("This payment is already on its way.");
  if (order.expiresAtMs !== null && order.expiresAtMs <= nowMs) {
    throw new ControlError("The time to pay this order is over.");
  }
  return order;
}

function pendingOf(order: Order): readonly PendingPayment[] {
  if (!order.promptsPhone || order.kind === null || order.terms === null) return [];
  const { outTradeNo, kind } = order;
  return [{ outTradeNo, amountFen: order.terms.amountFen, description: order.terms.description, kind }];
}
