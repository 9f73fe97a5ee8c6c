import { membersByJournal } from "./members-by-journal.ts";
import { addSoldTaxes, addTaxesBack, addTaxesNotKnown } from "./taxes-by-journal.ts";
import { whole, wholeOr, list, type Told, told, word, wordOr } from "./told.ts";

/*
 * A till's day reckoned from its journal alone, as docs/JOURNAL.md explains it to somebody who trusts neither the till nor
 * us. It shares no code with the till: a mistake made on both sides would cancel out.
 */

/** One entry of a journal file; its body read as JSON. */
export interface Entry {
  readonly kind: string;
  readonly body: unknown;
}

/** Fen, counts and thousandths by name: `sales/net`, `tender/cash/net`, `item/110041/count`. */
export type Figures = ReadonlyMap<string, number>;

/** Entries of a file as `export-journal` writes it: what lies between its header and its closing line. */
export function entriesOfFile(text: string): readonly Entry[] {
  const lines = text.split("\n").slice(1, -2);
  return lines.map((line) => {
    const entry = told(JSON.parse(line));
    return { kind: word(entry, "kind"), body: JSON.parse(word(entry, "body")) as unknown };
  });
}

/** Every figure of a day on which one shift was opened, and closed or not. Throws where a sale does not add up. */
export function dayByJournal(entries: readonly Entry[], businessDate: string): Figures {
  const sums = new Sums();
  const sold = new Map<string, Told>();
  for (const { kind, body } of entries) {
    const entry = told(body);
    if (kind === "sale-completed") {
      sold.set(word(entry, "saleId"), entry);
      sums.add("z/sales-after", whole(entry, "totalFen"));
      if (word(entry, "businessDate") === businessDate) addSale(sums, entry);
    } else if (kind === "refund-settled") addRefund(sums, entry, businessDate);
    else if (kind === "line-voided" || kind === "sale-voided") addVoid(sums, entry, businessDate);
    else if (kind === "goods-returned") addReturn(sums, entry, { businessDate, sold });
    else addToShift(sums, kind, entry);
  }
  const is = (name: string): number => sums.figures.get(name) ?? 0;
  sums.add("kept", is("sales/net") - is("refunds/fen"));
  const inFen = is("shift/float") + is("tender/cash/net") + is("shift/pay-in");
  sums.add("shift/expected", inFen - is("refund/cash/fen") - is("shift/pay-out") - is("shift/safe-drop"));
  sums.add("shift/difference", is("shift/counted") - is("shift/expected"));
  for (const by of ["item", "category", "tax"]) {
    let ofGoods = 0;
    for (const [name, fen] of sums.figures) if (name.startsWith(`${by}/`) && name.endsWith("/refunds")) ofGoods += fen;
    sums.add(`${by}-not-known/refunds`, is("refunds/fen") - ofGoods);
  }
  addTaxesNotKnown((name, by) => sums.add(name, by), sums.figures);
  for (const [name, value] of membersByJournal(entries).figures) sums.add(name, value);
  return sums.figures;
}

/** What a shop calls its cashiers, by name: their ids. */
export function cashiersByName(entries: readonly Entry[]): ReadonlyMap<string, string> {
  const sales = entries.filter(({ kind }) => kind === "sale-completed").map(({ body }) => told(body));
  return new Map(sales.map((sale) => [word(sale, "cashierName"), word(sale, "cashierId")]));
}

class Sums {
  readonly figures = new Map<string, number>();

  add(name: string, by: number): void {
    this.figures.set(name, (this.figures.get(name) ?? 0) + by);
  }

  /** What one sale adds to a key: the sale counts once in it, however many of its lines or tenders have the key. */
  addOnce(seen: Set<string>, key: string): void {
    if (!seen.has(key)) this.add(`${key}/count`, 1);
    seen.add(key);
  }
}

function addSale(sums: Sums, sale: Told): void {
  const [net, gross] = [whole(sale, "totalFen"), whole(sale, "grossFen")];
  const reasons = {
    ...{ lines: whole(sale, "lineDiscountFen"), promotions: wholeOr(sale, "promotionFen", 0) },
    ...{ sale: whole(sale, "saleDiscountFen"), rounding: whole(sale, "roundingFen") },
  };
  let off = 0;
  for (const [reason, fen] of Object.entries(reasons)) {
    sums.add(`discount/${reason}`, fen);
    off += fen;
  }
  must(gross - off === net, `the discounts of ${word(sale, "saleNumber")} lead from its full price to its total`);
  sums.add("sales/count", 1);
  sums.add("sales/net", net);
  sums.add("sales/gross", gross);
  sums.add("sales/discount", off);
  const seen = new Set<string>();
  let tendered = 0;
  for (const tender of list(sale, "tenders")) {
    const key = `tender/${word(tender, "kind")}`;
    sums.addOnce(seen, key);
    sums.add(`${key}/net`, whole(tender, "amountFen"));
    tendered += whole(tender, "amountFen");
  }
  must(tendered === net, `the tenders of ${word(sale, "saleNumber")} add up to it`);
  for (const key of [`hour/${hourOf(word(sale, "completedAt"))}`, `cashier/${word(sale, "cashierId")}`]) {
    sums.addOnce(seen, key);
    sums.add(`${key}/net`, net);
    sums.add(`${key}/gross`, gross);
  }
  addLines(sums, sale, seen);
  addSoldTaxes((name, by) => sums.add(name, by), sale);
  for (const rate of "taxes" in sale ? list(sale, "taxes") : []) {
    const key = `rate/${whole(rate, "basisPoints")}`;
    sums.add(`${key}/amount`, whole(rate, "amountFen"));
    sums.add(`${key}/tax`, whole(rate, "taxFen"));
  }
}

function addLines(sums: Sums, sale: Told, seen: Set<string>): void {
  let net = 0;
  for (const line of list(sale, "lines")) {
    net += whole(line, "netFen");
    if ("override" in line) sums.add("overrides", 1);
    for (const key of keysOf(line)) {
      sums.addOnce(seen, key);
      sums.add(`${key}/net`, whole(line, "netFen"));
      sums.add(`${key}/gross`, whole(line, "grossFen"));
      sums.add(`${key}/pieces`, word(line, "unit") === "kg" ? 1 : whole(line, "quantity") / 1_000);
    }
  }
  must(net === whole(sale, "totalFen"), `the lines of ${word(sale, "saleNumber")} add up to it`);
}

/** By what a line is counted: its item, its category, its tax class. */
function keysOf(line: Told): readonly string[] {
  const [item, category] = [wordOr(line, "sku", ""), wordOr(line, "categoryId", "")];
  return [`item/${item}`, `category/${category}`, `tax/${word(line, "taxClass")}`];
}

/** On the day it is given, where a sale was behind it. */
function addRefund(sums: Sums, refund: Told, businessDate: string): void {
  const kind = word(refund, "kind");
  if (refund["given"] === null || kind === "charge") return;
  const given = told(refund["given"]);
  const fen = whole(refund, "amountFen");
  sums.add("z/refunds-after", fen);
  if (word(given, "businessDate") !== businessDate) return;
  sums.add("refunds/count", 1);
  sums.add("refunds/fen", fen);
  sums.add(`refund/${kind}/count`, 1);
  sums.add(`refund/${kind}/fen`, fen);
  sums.add(`hour/${hourOf(word(given, "at"))}/refunds`, fen);
  sums.add(`cashier/${word(refund, "cashierId")}/refunds`, fen);
  addTaxesBack((name, by) => sums.add(name, by), refund);
}

/** What came back, by the lines it was of. Only where their whole worth was given: else nobody can say of which. */
function addReturn(
  sums: Sums,
  back: Told,
  { businessDate, sold }: { readonly businessDate: string; readonly sold: ReadonlyMap<string, Told> },
): void {
  if (word(back, "businessDate") !== businessDate) return;
  must(
    whole(back, "worthFen") === whole(back, "amountFen"),
    "a return of this day gives back all that its goods are worth",
  );
  const sale = sold.get(word(back, "saleId"));
  must(sale !== undefined, "goods come back after they were sold");
  for (const part of list(back, "lines")) {
    const line = list(sale ?? {}, "lines").find((one) => one["lineNumber"] === part["lineNumber"]);
    must(line !== undefined, "a line that came back was sold");
    for (const key of keysOf(line ?? {})) sums.add(`${key}/refunds`, whole(part, "worthFen"));
  }
}

/** What was thrown away, at its full price: as printed on the pack, else price × quantity, half up. */
function addVoid(sums: Sums, voided: Told, businessDate: string): void {
  if (wordOr(voided, "businessDate", "") !== businessDate) return;
  sums.add("voids/count", 1);
  for (const line of "line" in voided ? [told(voided["line"])] : list(voided, "lines")) {
    const byWeight = Math.floor((whole(line, "unitPriceFen") * whole(line, "quantity") + 500) / 1_000);
    sums.add("voids/fen", line["labelAmountFen"] === null ? byWeight : whole(line, "labelAmountFen"));
  }
}

function addToShift(sums: Sums, kind: string, entry: Told): void {
  if (kind === "shift-opened") sums.add("shift/float", whole(entry, "floatFen"));
  if (kind === "cash-moved") sums.add(`shift/${word(entry, "kind")}`, whole(entry, "amountFen"));
  if (kind === "drawer-opened" && word(entry, "reason") === "no-sale") sums.add("shift/no-sales", 1);
  // The count that stands is the last one its counter stood by.
  if (kind === "drawer-counted" && entry["isFinal"] === true)
    sums.figures.set("shift/counted", whole(entry, "countedCashFen"));
}

function hourOf(rfc3339: string): string {
  return rfc3339.slice(11, 13);
}

function must(is: boolean, what: string): void {
  if (!is) throw new Error(`not so in this journal: ${what}`);
}
