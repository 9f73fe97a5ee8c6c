import { list, type Told, whole, word } from "./told.ts";

/* The tax of a day reckoned from its journal alone, as docs/JOURNAL.md explains it. It shares no code with the till. */

type Add = (name: string, by: number) => void;

/** What a sale owes, by rate and by tax class. Throws where its lines, its rates and its total do not fit together. */
export function addSoldTaxes(add: Add, sale: Told): void {
  if (!("taxes" in sale)) return;
  const number = word(sale, "saleNumber");
  const ofLines = new Map<number, number>();
  for (const line of list(sale, "lines")) {
    const rate = whole(line, "taxBasisPoints");
    ofLines.set(rate, (ofLines.get(rate) ?? 0) + whole(line, "taxFen"));
    addGoods(add, line, whole(line, "netFen"), 1);
  }
  for (const share of list(sale, "taxes")) {
    const [rate, amount, tax] = [whole(share, "basisPoints"), whole(share, "amountFen"), whole(share, "taxFen")];
    // Half up: at 13 % 113.00 hold 13.00.
    const reckoned = Math.floor((2 * amount * rate + 10_000 + rate) / (2 * (10_000 + rate)));
    must(tax === reckoned, `${amount} fen of ${number} hold ${reckoned} of tax`);
    must(ofLines.get(rate) === tax, `the lines of ${number} hold the tax of its rate ${rate}`);
  }
}

/** What goods that came back take off again. */
export function addTaxesBack(add: Add, refund: Told): void {
  for (const goods of "goods" in refund ? list(refund, "goods") : [])
    if ("taxFen" in goods) addGoods(add, goods, whole(goods, "amountFen"), -1);
}

/** What was kept and is in no rate: given back without goods. */
export function addTaxesNotKnown(add: Add, figures: ReadonlyMap<string, number>): void {
  const gross = figures.get("owed/all/gross") ?? 0;
  if (gross !== 0) add("owed/none", (figures.get("kept") ?? 0) - gross);
}

function addGoods(add: Add, goods: Told, amountFen: number, sign: 1 | -1): void {
  const [rate, tax] = [whole(goods, "taxBasisPoints"), whole(goods, "taxFen")];
  must(tax >= 0 && tax <= amountFen, "no goods hold more tax than they cost");
  for (const key of [`owed/${rate}`, `owed-class/${word(goods, "taxClass")}`, "owed/all"]) {
    add(`${key}/gross`, sign * amountFen);
    add(`${key}/tax`, sign * tax);
    add(`${key}/net`, sign * (amountFen - tax));
  }
}

function must(is: boolean, what: string): void {
  if (!is) throw new Error(`not so in this journal: ${what}`);
}
