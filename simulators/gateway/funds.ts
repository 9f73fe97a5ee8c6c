import { feeFen } from "./bill/yuan.ts";
import type { Ledger } from "./ledger.ts";

/** The merchant's account at the gateway: takings less fees, out of which refunds are paid. */
export interface Funds {
  /** What the account held before the first order of the book. */
  readonly openingFen: () => number;
  readonly balanceFen: () => number;
  /** Puts in or takes out what is missing to make the balance `fen`. */
  readonly setBalance: (fen: number) => void;
}

export function createFunds(ledger: Ledger, openingFen: number): Funds {
  let opening = openingFen;
  const balanceFen = () => ledger.orders().reduce((sum, order) => sum + netFen(order), opening);
  return {
    openingFen: () => opening,
    balanceFen,
    setBalance: (fen) => {
      opening += fen - balanceFen();
    },
  };
}

/** What one order has left in the account. Refunds count from their acceptance; a closed one never left. */
function netFen(order: ReturnType<Ledger["order"]>): number {
  const given = order.refunds.reduce(
    (sum, { status, amountFen }) => sum + (status === "CLOSED" ? 0 : less(amountFen)),
    0,
  );
  const reversed = order.reversedAtMs === null ? 0 : less(order.chargedFen);
  return less(order.chargedFen) - given - reversed;
}

function less(fen: number): number {
  return fen - feeFen(fen);
}
