import { readLedger } from "#tests/support/books.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { ringUp } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { finished, managersPin, must, type Counter, type Sold, takeMoney } from "./selling.ts";

/* Goods and money that go back: by line, by amount, in exchange; in cash, by phone and both. */

/** Walnuts at 19.90, dearer than any one thing of the day; cola in its smallest can, cheaper than any. */
const [dearer, cheaper] = ["6959633010877", "6920536010134"] as const;

interface Chosen {
  readonly lineNumber: number;
  /** Thousandths; all that is left where it is absent. */
  readonly quantity?: number;
}

/** Brings lines of a sale back; what they were worth goes back the way it was paid. Returns how much. */
export async function bringBack(counter: Counter, sold: Sold, chosen: readonly Chosen[] | "all"): Promise<number> {
  const asked = await planned(counter, sold, chosen);
  await must(counter, "give-return", asked);
  return asked.amountFen;
}

async function planned(counter: Counter, { saleId }: Sold, chosen: readonly Chosen[] | "all") {
  const { lines } = await must(counter, "return-outlook", { saleId });
  const wanted = chosen === "all" ? lines.map(({ lineNumber }): Chosen => ({ lineNumber })) : chosen;
  const parts = wanted.map(({ lineNumber, quantity }) => {
    const remaining = lines.find((line) => line.lineNumber === lineNumber)?.remaining ?? 0;
    return { lineNumber, quantity: quantity ?? remaining };
  });
  const { amountFen } = await must(counter, "plan-return", { saleId, lines: parts });
  const approvalPin = managersPin(counter);
  const condition = (index: number) => (index % 2 === 0 ? ("back-to-stock" as const) : ("damaged" as const));
  return {
    ...{ requestId: crypto.randomUUID(), saleId, amountFen, reason: "试用后退回", approvalPin },
    lines: parts.map((part, index) => ({ ...part, condition: condition(index) })),
  };
}

/** Gives so much of a sale's first payment back, without goods. */
export async function giveAmountBack(counter: Counter, { saleId }: Sold, amountFen: number): Promise<void> {
  const { sale } = await must(counter, "sale-detail", { saleId });
  await must(counter, "refund-sale", {
    ...{ requestId: crypto.randomUUID(), saleId, tenderId: sale.tenders[0]?.tenderId ?? "", amountFen },
    ...{ reason: "补差价", approvalPin: managersPin(counter) },
  });
}

/** The whole of a sale's line for dearer goods: the customer pays the rest by phone. */
export async function exchangeUp(counter: Counter, sold: Sold): Promise<Sold> {
  await must(counter, "begin-exchange", await planned(counter, sold, [{ lineNumber: 1 }]));
  await ringUp(counter.till, dearer, dearer);
  await takeMoney(counter, "code");
  return finished(counter);
}

/** The whole of a sale's line for a small can: the rest goes back to the phone it came from. */
export async function exchangeDown(counter: Counter, sold: Sold): Promise<Sold> {
  await must(counter, "begin-exchange", await planned(counter, sold, [{ lineNumber: 1 }]));
  await ringUp(counter.till, cheaper);
  await must(counter, "finish-exchange", {});
  return finished(counter);
}

/** Waits until the gateway has given back all that it was asked for; the till need not know of it yet. */
export async function gatewayGaveBack({ shop }: Counter): Promise<void> {
  const asked = journalBodies(shop.dataDir, "refund-created").length;
  await until("the gateway gave it all back", async () => {
    const { orders } = await readLedger(shop);
    return orders.flatMap(({ refunds }) => refunds).filter(({ status }) => status === "SUCCESS").length === asked;
  });
}

/** Waits until no refund is on its way any more. */
export async function allRefundsEnd(counter: Counter): Promise<void> {
  const isOpen = async () => (await must(counter, "open-refunds", {})).length > 0;
  await until("every refund has its end", async () => !(await isOpen()));
}
