import type { Fen } from "#core/money/fen.ts";
import type { PaidFacts, QueryAnswer } from "#core/tender/gateway-answer.ts";
import type { PaymentGateway } from "#main/till/ports/payment-gateway.ts";

/** What becomes of the next payment codes. */
export type CodePlan =
  | "paid"
  /** The customer is asked for the password, and waits for the test. */
  | "password"
  | "code-expired"
  /** The request is never answered; the customer's phone shows the order all the same. */
  | "no-answer"
  /** The money moves and the answer is lost. */
  | "paid-unheard";

interface Order {
  readonly amountFen: Fen;
  state: "open" | "paid" | "revoked" | "refunded" | "closed";
}

export interface CustomerGateway extends PaymentGateway {
  plan: CodePlan;
  /** While true nothing is answered and nothing arrives. */
  isDown: boolean;
  readonly orders: ReadonlyMap<string, Readonly<Order>>;
  /** The customer pays every order that is still open on the phone. */
  customerPays(): void;
  /** What the customers' money is worth to the shop now. */
  takenFen(): number;
}

const never = new Promise<never>(() => {});
const timeout = { kind: "unknown", cause: "timeout", code: null } as const;

/** A gateway in memory that keeps its books across restarts of the till. */
export function createCustomerGateway(): CustomerGateway {
  const orders = new Map<string, Order>();

  const gateway: CustomerGateway = {
    codeProtocol: "v3",
    plan: "paid",
    isDown: false,
    orders,
    customerPays() {
      for (const order of orders.values()) if (order.state === "open") order.state = "paid";
    },
    takenFen: () =>
      [...orders.values()].reduce((sum, { state, amountFen }) => sum + (state === "paid" ? amountFen : 0), 0),
    pay({ outTradeNo, amountFen }) {
      if (gateway.isDown) return Promise.resolve(timeout);
      if (orders.has(outTradeNo)) throw new Error(`${outTradeNo} was sent twice`);
      const { plan } = gateway;
      if (plan === "code-expired") return Promise.resolve({ kind: "refused", reason: plan, code: "AUTHCODEEXPIRE" });
      orders.set(outTradeNo, { amountFen, state: plan === "paid" || plan === "paid-unheard" ? "paid" : "open" });
      if (plan === "no-answer") return never;
      if (plan === "paid-unheard") return Promise.resolve(timeout);
      return Promise.resolve(plan === "password" ? { kind: "user-paying" } : { kind: "paid", facts: facts(amountFen) });
    },
    openNative({ outTradeNo, amountFen }) {
      if (gateway.isDown) return Promise.resolve(timeout);
      if (!orders.has(outTradeNo)) orders.set(outTradeNo, { amountFen, state: "open" });
      return Promise.resolve({ kind: "opened", codeUrl: `weixin://wxpay/bizpayurl/up?pr=${outTradeNo}` });
    },
    query: (outTradeNo) => Promise.resolve(gateway.isDown ? timeout : queryAnswer(orders.get(outTradeNo))),
    reverse(outTradeNo) {
      if (gateway.isDown) return Promise.resolve(timeout);
      const order = orders.get(outTradeNo);
      if (order?.state === "paid") order.state = "refunded";
      if (order?.state === "open") order.state = "revoked";
      return Promise.resolve({ kind: "accepted" });
    },
    close(outTradeNo) {
      if (gateway.isDown) return Promise.resolve(timeout);
      const order = orders.get(outTradeNo);
      if (order?.state === "paid") return Promise.resolve({ kind: "already-paid" });
      if (order !== undefined) order.state = "closed";
      return Promise.resolve({ kind: "closed" });
    },
  };
  return gateway;
}

function queryAnswer(order: Order | undefined): QueryAnswer {
  if (order === undefined) return { kind: "not-found" };
  if (order.state === "paid") return { kind: "paid", facts: facts(order.amountFen) };
  return { kind: order.state === "open" ? "user-paying" : order.state };
}

function facts(payerTotalFen: Fen): PaidFacts {
  return { transactionId: "4200000001202611220000000001", payerTotalFen, successTime: "2026-03-02T09:15:00+08:00" };
}
