import type { Proofs } from "./carried-proofs.ts";
import { wrongLineTaxes } from "./line-taxes.ts";
import { createLooseExchanges } from "./loose-exchanges.ts";
import type { EntryLine } from "./written-line.ts";

/** What a file says of one business day; printed as it stands. */
export interface DaySums {
  readonly businessDate: string;
  readonly saleCount: number;
  readonly salesFen: number;
  readonly cashFen: number;
  readonly wechatFen: number;
  readonly staticCodeFen: number;
  readonly refundCount: number;
  readonly refundFen: number;
  readonly lastSaleHash: string;
}

export interface Books {
  /** What is wrong with what an entry tells, in words; empty for nothing. */
  take(entry: EntryLine): readonly string[];
  /** By date. */
  days(): readonly DaySums[];
}

type Told = Readonly<Record<string, unknown>>;

/** A hundred years of days: more are no shop's. */
const mostDays = 36_600;

/** Adds up the sales and refunds of a journal, by the business day each of them carries. Memory: one record a day. */
export function createBooks(proofs: Pick<Proofs, "take">): Books {
  const days = new Map<string, DaySums>();
  const exchanges = createLooseExchanges();
  /** The number after the last sale's, and the epoch it was in. */
  let next = { epoch: "", number: 1 };

  function add(businessDate: string, change: (day: DaySums) => DaySums): readonly string[] {
    if (!days.has(businessDate) && days.size >= mostDays) return [`more than ${mostDays} business days`];
    days.set(businessDate, change(days.get(businessDate) ?? emptyDay(businessDate)));
    return [];
  }

  function takeSale(entry: EntryLine, body: Told): readonly string[] {
    const { businessDate, saleNumber, totalFen, tenders } = body;
    const paid = paidBy(tenders, entry.v === 1 ? ["cash", "wechat"] : ["cash", "wechat", "static-code"]);
    const number =
      typeof saleNumber === "string" ? Number(/^[0-9A-Z]{1,8}-(\d{6,15})$/.exec(saleNumber)?.[1]) : Number.NaN;
    if (!isDate(businessDate) || !isFen(totalFen) || paid === null || !Number.isSafeInteger(number))
      return ["it tells of a sale, and its number, day, total or tenders are not of their form"];
    const wrong: string[] = [];
    // After a restored backup numbers go on beyond the ones that were lost, in a new epoch; inside one they have no gap.
    const isNext = entry.epoch === next.epoch ? number === next.number : number >= next.number;
    if (!isNext) wrong.push(`sale ${String(saleNumber)} stands where number ${next.number} belongs`);
    next = { epoch: entry.epoch, number: number + 1 };
    const paidFen = paid.cashFen + paid.wechatFen + paid.staticCodeFen;
    if (paidFen !== totalFen) wrong.push(`sale ${String(saleNumber)} costs ${totalFen} fen and ${paidFen} are paid`);
    if (entry.v === 3 || body["promotionFen"] !== undefined) wrong.push(...wrongParts(body, totalFen));
    wrong.push(...proofs.take(tenders, entry.v));
    exchanges.sold(body);
    const sums = add(businessDate, (day) => ({
      ...day,
      saleCount: day.saleCount + 1,
      salesFen: day.salesFen + totalFen,
      cashFen: day.cashFen + paid.cashFen,
      wechatFen: day.wechatFen + paid.wechatFen,
      staticCodeFen: day.staticCodeFen + paid.staticCodeFen,
      lastSaleHash: entry.hash,
    }));
    return [...wrong, ...sums];
  }

  return {
    take(entry) {
      const isLoose = entry.kind === "return-without-receipt";
      if (entry.kind !== "sale-completed" && entry.kind !== "refund-settled" && !isLoose) return [];
      // Later versions of a body are counted by later versions of this program.
      if (entry.v > (entry.kind === "sale-completed" ? 4 : 1)) return [];
      const body = toldBy(entry.body);
      if (body === null) return ["its body is not a JSON object"];
      if (entry.kind === "sale-completed") return takeSale(entry, body);
      // Goods of no sale and their cash are one entry, whose day is its own.
      const { amountFen, kind, given = isLoose ? body : undefined } = body;
      // Refused or closed: no money went back. A charge that no sale books was never among what the shop took.
      if (given === null || kind === "charge") return [];
      const businessDate = isTold(given) ? given["businessDate"] : null;
      if (!isDate(businessDate) || !isFen(amountFen))
        return ["it tells of a refund, and its day or amount is not of its form"];
      const sums = add(businessDate, (day) => ({
        ...day,
        refundCount: day.refundCount + 1,
        refundFen: day.refundFen + amountFen,
      }));
      return isLoose ? [...exchanges.wrong(body), ...sums] : sums;
    },
    days: () => [...days.values()].toSorted((a, b) => (a.businessDate < b.businessDate ? -1 : 1)),
  };
}

/** From version 3 on a sale tells how its price came about: what came off and the goods by tax rate must come to it. */
function wrongParts(body: Told, totalFen: number): readonly string[] {
  const number = String(body["saleNumber"]);
  const { grossFen, lineDiscountFen, promotionFen, saleDiscountFen, roundingFen, taxes } = body;
  const parts = [grossFen, lineDiscountFen, promotionFen, saleDiscountFen, roundingFen];
  if (!parts.every(isFen)) return [`sale ${number}: what came off is not of its form`];
  const wrong: string[] = [];
  const [gross = 0, ...off] = parts.map(Number);
  const costsFen = off.reduce((left, one) => left - one, gross);
  if (costsFen !== totalFen) wrong.push(`sale ${number} costs ${totalFen} fen and its parts come to ${costsFen}`);
  if (taxes === undefined) return wrong;
  // Its members are looked at one by one.
  const taxed = Array.isArray(taxes) ? (taxes as readonly unknown[]).map(taxedFen) : [null];
  if (taxed.some((one) => one === null)) return [...wrong, `sale ${number}: its taxes are not of their form`];
  const sum = taxed.reduce<number>((total, one) => total + (one ?? 0), 0);
  if (sum !== totalFen) wrong.push(`sale ${number} costs ${totalFen} fen and ${sum} are in its tax rates`);
  return [...wrong, ...wrongLineTaxes(body).map((what) => `sale ${number}: ${what}`)];
}

/** What was paid for the goods of one rate; null where it is not of its form, or holds more tax than money. */
function taxedFen(share: unknown): number | null {
  if (!isTold(share)) return null;
  const { amountFen, taxFen } = share;
  return isFen(amountFen) && isFen(taxFen) && taxFen <= amountFen ? amountFen : null;
}

function emptyDay(businessDate: string): DaySums {
  return {
    ...{ businessDate, saleCount: 0, salesFen: 0, cashFen: 0, wechatFen: 0, staticCodeFen: 0 },
    ...{ refundCount: 0, refundFen: 0 },
    lastSaleHash: "0".repeat(64),
  };
}

type PaidBy = Pick<DaySums, "cashFen" | "wechatFen" | "staticCodeFen">;

/** `kinds`: those the entry's version knows; any other is not of its form. */
function paidBy(tenders: unknown, kinds: readonly string[]): PaidBy | null {
  if (!Array.isArray(tenders)) return null;
  const paid = { cashFen: 0, wechatFen: 0, staticCodeFen: 0 };
  // Its members are looked at one by one.
  for (const tender of tenders as readonly unknown[]) {
    if (!isTold(tender) || !isFen(tender["amountFen"])) return null;
    const { kind, amountFen } = tender;
    if (typeof kind !== "string" || !kinds.includes(kind)) return null;
    if (kind === "cash") paid.cashFen += amountFen;
    else if (kind === "wechat") paid.wechatFen += amountFen;
    else paid.staticCodeFen += amountFen;
  }
  return paid;
}

function toldBy(body: string): Told | null {
  try {
    const told: unknown = JSON.parse(body);
    return isTold(told) ? told : null;
  } catch {
    return null;
  }
}

function isTold(value: unknown): value is Told {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDate(value: unknown): value is string {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value);
}

function isFen(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
