type Told = Readonly<Record<string, unknown>>;

export interface LooseExchanges {
  /** The sale that an exchange of the entries after it is of. */
  sold(sale: Told): void;
  /** What is wrong with the exchange that a return without a receipt tells of, in words; empty for nothing, and without one. */
  wrong(returned: Told): readonly string[];
}

/**
 * Goods without a receipt that were exchanged stand right behind the sale they paid for: their credit is its tender in cash,
 * and with what was given beside it is all of the return, so that the drawer is off by neither.
 */
export function createLooseExchanges(): LooseExchanges {
  let last: Told = {};
  return {
    sold(sale) {
      last = sale;
    },
    wrong({ exchange, returnId, returnNumber, amountFen }) {
      if (exchange === undefined) return [];
      const number = String(returnNumber ?? returnId);
      if (!isTold(exchange)) return [`return ${number}: its exchange is not of its form`];
      const { saleId, creditFen, backCashFen } = exchange;
      const wrong: string[] = [];
      const sumFen = Number(creditFen) + Number(backCashFen);
      if (sumFen !== amountFen)
        wrong.push(`return ${number} comes to ${String(amountFen)} fen and its exchange to ${sumFen}`);
      if (saleId !== last["saleId"]) return [...wrong, `return ${number} does not stand behind the sale it pays for`];
      const paidFen = tenderFen(last["tenders"], returnId);
      if (paidFen !== creditFen)
        wrong.push(`return ${number} pays ${String(creditFen)} fen and its sale has ${paidFen} of it`);
      return wrong;
    },
  };
}

/** What a sale was paid in cash under this id; 0 for nothing. */
function tenderFen(tenders: unknown, tenderId: unknown): number {
  // Its members are looked at one by one.
  const all = Array.isArray(tenders) ? (tenders as readonly unknown[]).filter(isTold) : [];
  const tender = all.find((one) => one["tenderId"] === tenderId && one["kind"] === "cash");
  return Number(tender?.["amountFen"] ?? 0);
}

function isTold(value: unknown): value is Told {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
