import type { Charged, Stored } from "#tests/crash/books.ts";
import type { Note } from "./old-till-words.ts";

export interface Finding {
  /** `untrue`: a status that was not so. */
  readonly kind: "lost" | "duplicated" | "unresolved" | "untrue";
  readonly what: string;
}

/**
 * What the old till was told, against the gateway's ledger and the till's books. Each of its sales has an amount of its own,
 * so nothing of the till's own numbers is needed to tell whose payment is whose.
 */
export function judgeOldTill(
  notes: readonly Note[],
  { charged, stored }: { readonly charged: readonly Charged[]; readonly stored: Pick<Stored, "sales"> },
): readonly Finding[] {
  const numbers = [...new Set(notes.map(({ number }) => number))];
  const foreign = charged.filter(({ amountFen }) => !notes.some(({ fen }) => fen === amountFen));
  return [
    ...numbers.flatMap((number) => aboutSale(notes.filter((note) => note.number === number))),
    ...foreign.filter((order) => keptOf(order) > 0).map(({ outTradeNo }) => lost(`${outTradeNo} is of no sale`)),
  ];

  function aboutSale(mine: readonly Note[]): readonly Finding[] {
    const [first] = mine;
    if (first === undefined) return [];
    const { number, fen } = first;
    const paid = mine.filter(({ category, word }) => category === "Payment" && word === "Success");
    const transactions = new Set(paid.map(({ transactionId }) => transactionId));
    const taken = charged.filter((order) => order.amountFen === fen && keptOf(order) > 0);
    const sold = stored.sales.filter(({ totalFen }) => totalFen === fen);
    const isOpen = mine.at(-1)?.word === null;
    return [
      ...(isOpen ? [{ kind: "unresolved", what: `sale ${number} has no answer` } as const] : []),
      ...(taken.length > 1 ? [twice(`sale ${number} was charged ${taken.length} times`)] : []),
      ...(sold.length > 1 ? [twice(`sale ${number} is in the books ${sold.length} times`)] : []),
      ...(transactions.size > 1 ? [twice(`sale ${number} has two payments`)] : []),
      ...(paid.length > 0 && taken.length === 0 ? [lost(`sale ${number} was told paid and nobody was charged`)] : []),
      ...(paid.length > 0 && sold.length === 0 ? [lost(`sale ${number} was told paid and is not in the books`)] : []),
      ...(paid.length > 0 && sold.length > 0 && !sold.some(({ saleId }) => transactions.has(saleId))
        ? [lost(`sale ${number} was told paid by another number than its sale's`)]
        : []),
      ...(!isOpen && paid.length === 0 && taken.length + sold.length > 0
        ? [lost(`sale ${number} was told not paid, and is: ${taken.length} charges, ${sold.length} sales`)]
        : []),
      ...(isOpen ? [] : aboutReversal(mine, charged)),
    ];
  }
}

/** The whole of a sale goes back, or nothing of it. */
function aboutReversal(mine: readonly Note[], charged: readonly Charged[]): readonly Finding[] {
  const [{ number, fen } = { number: 0, fen: 0 }] = mine;
  const told = mine.filter(({ category, word }) => category === "Reversal" && word === "Success").length;
  const refunds = charged.filter(({ amountFen }) => amountFen === fen).flatMap((order) => order.refunds);
  const given = refunds.filter(({ status }) => status === "SUCCESS").length;
  return [
    ...(given > 1 || told > 1 ? [twice(`sale ${number} was given back ${given} times and told so ${told} times`)] : []),
    ...(told > 0 && given === 0 ? [lost(`sale ${number} was told given back and nobody has the money`)] : []),
    ...(told === 0 && refunds.length > 0 ? [lost(`sale ${number} was told not given back, and is`)] : []),
  ];
}

/** What the shop has of a payment before what it gives back; what the till took back is nobody's. */
export function keptOf({
  chargedFen,
  refundedFen,
  refunds,
}: Omit<Charged, "outTradeNo" | "amountFen" | "violations">): number {
  const given = refunds.filter(({ status }) => status === "SUCCESS").reduce((sum, { amountFen }) => sum + amountFen, 0);
  return chargedFen - (refundedFen - given);
}

function lost(what: string): Finding {
  return { kind: "lost", what };
}

function twice(what: string): Finding {
  return { kind: "duplicated", what };
}
