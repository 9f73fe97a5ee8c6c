import type { WalletBehaviour } from "#contract/bench/wallet.ts";
import type { Ledger } from "../gateway/ledger.ts";
import type { PhoneAnswer } from "../gateway/operation.ts";
import type { Order } from "../gateway/order.ts";

/** A customer who refuses needs this long to tap cancel. */
const refusesAfterMs = 3_000;

/** The customer's money, and what the customer says when asked for it. */
export interface Purse {
  /** What is left of the opening balance after everything this run charged and returned. */
  readonly balanceFen: () => number;
  /** The answer to a payment code that has just been charged with `amountFen`. */
  readonly decide: (behaviour: WalletBehaviour, amountFen: number) => PhoneAnswer;
  /** Carries out the customer's yes or no on an order that waits for it. */
  readonly settle: (order: Order, word: CustomersWord) => void;
}

export interface CustomersWord {
  readonly accept: boolean;
  /** How long the money is on its way after a yes, in ms of the simulator's clock. */
  readonly settleAfterMs?: number | undefined;
}

/** A restarted simulator is a new day with a full purse: what earlier runs charged does not count. */
export function createPurse(options: {
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly openingBalanceFen: number;
}): Purse {
  const { ledger, now } = options;
  const spentBefore = spentFen(ledger);

  function balanceFen(): number {
    return options.openingBalanceFen - (spentFen(ledger) - spentBefore);
  }

  return {
    balanceFen,
    decide(behaviour, amountFen) {
      if (behaviour === "not-enough" || amountFen > balanceFen()) return { kind: "declines", reason: "not-enough" };
      if (behaviour === "pay") return { kind: "pays" };
      if (behaviour === "ignore") return { kind: "asks-password", due: null, promptsPhone: false };
      const refusal = { atMs: now() + refusesAfterMs, outcome: "refused", moving: false } as const;
      return { kind: "asks-password", due: behaviour === "refuse" ? refusal : null, promptsPhone: true };
    },
    settle({ outTradeNo, terms }, { accept, settleAfterMs = 0 }) {
      const at = now();
      const isCovered = (terms?.amountFen ?? 0) <= balanceFen();
      if (!accept) ledger.record({ kind: "failed", at, outTradeNo, reason: "refused" });
      else if (!isCovered) ledger.record({ kind: "failed", at, outTradeNo, reason: "not-enough" });
      else if (settleAfterMs === 0) ledger.pay(outTradeNo, at);
      else {
        const due = { atMs: at + settleAfterMs, outcome: "paid", moving: true } as const;
        ledger.record({ kind: "settling", at, outTradeNo, due });
      }
    },
  };
}

function spentFen(ledger: Ledger): number {
  return ledger.orders().reduce((sum, order) => sum + order.chargedFen - order.refundedFen, 0);
}
