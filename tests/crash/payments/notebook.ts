import type { TillView } from "#contract/ipc/till-view.ts";
import type { Acknowledged, Seen } from "../books.ts";

/** A refund the manager has agreed to, until the screen says that it is given back. */
export interface AskedRefund {
  readonly requestId: string;
  readonly saleId: string;
  readonly tenderId: string;
  readonly amountFen: number;
  readonly reason: string;
}

/** What people at the counter have seen and not yet finished; it outlives every till. */
export interface Notebook {
  /** The basket on the screen, from its first item on. */
  beginBasket(saleId: string): void;
  /** Writes down what the screen calls done. */
  noteDone(view: TillView): void;
  readonly sales: readonly Acknowledged[];
  readonly askedRefunds: readonly AskedRefund[];
  askRefund(refund: AskedRefund): void;
  noteGivenBack(requestId: string, refundNo: string): void;
  /** A QR code that the customer has seen, and may pay as long as the gateway lets it be paid. */
  seenQr: string | null;
  seen(): Seen;
}

export function createNotebook(): Notebook {
  const baskets = new Set<string>();
  const sales: Acknowledged[] = [];
  const asked = new Map<string, AskedRefund>();
  const givenBack: { readonly refundNo: string; readonly amountFen: number }[] = [];

  return {
    seenQr: null,
    sales,
    get askedRefunds() {
      return [...asked.values()];
    },
    beginBasket: (saleId) => void baskets.add(saleId),
    noteDone({ payment }) {
      const done = payment?.done;
      if (!done || sales.some((sale) => sale.saleId === done.saleId)) return;
      sales.push({ saleId: done.saleId, saleNumber: done.saleNumber, totalFen: done.totalFen });
    },
    askRefund: (refund) => void asked.set(refund.requestId, refund),
    noteGivenBack(requestId, refundNo) {
      const refund = asked.get(requestId);
      if (refund === undefined) throw new Error(`nobody asked for ${requestId}`);
      asked.delete(requestId);
      givenBack.push({ refundNo, amountFen: refund.amountFen });
    },
    seen: () => ({ sales, givenBack, baskets: [...baskets] }),
  };
}
