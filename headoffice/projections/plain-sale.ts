import { maxFen } from "#core/money/fen.ts";
import { dayShape, mostOf, type SaleBody, timeShape } from "./bodies.ts";

/** An object out of JSON of which nothing is known yet. */
type Unread<T> = Readonly<Partial<Record<keyof T, unknown>>>;
type Line = SaleBody["lines"][number];
type TenderOf<Kind> = Extract<SaleBody["tenders"][number], { kind: Kind }>;

/**
 * Whether a body is a sale as the schemas of bodies.ts read it, said in a fraction of their time: nearly all that a till
 * sends are sales. False where it is in doubt; then the schema judges, and tells what is wrong. Whatever this takes the
 * schema takes too, with the same values (a property test); fields they do not name are still in it.
 * @param text the JSON the body was read from, well-formed Unicode: where nothing in it is escaped by its number, no text
 *   in it holds a U+0000 or half a character
 * @param v the version of the body: the second knows the shop's printed code, the third promotions and taxes
 */
export function isPlainSale(body: unknown, text: string, v: 1 | 2 | 3): body is SaleBody {
  if (text.includes(String.raw`\u`) || !isObject<SaleBody>(body)) return false;
  const { lines, tenders } = body;
  return (
    isOfVersion(body, v) &&
    isId(body.saleId) &&
    isText(body.saleNumber, mostOf.saleNumber) &&
    body.saleNumber !== "" &&
    isText(body.terminalId, mostOf.terminalId) &&
    isId(body.shiftId) &&
    isText(body.cashierId, mostOf.id) &&
    isText(body.cashierName, mostOf.cashierName) &&
    isShaped(body.completedAt, timeShape) &&
    isShaped(body.businessDate, dayShape) &&
    areAmounts(body.grossFen, body.lineDiscountFen, body.saleDiscountFen, body.totalFen, body.changeFen) &&
    isWhole(body.roundingFen, -maxFen, maxFen) &&
    isList(lines, 1, mostOf.lines) &&
    lines.every(isLine) &&
    isList(tenders, 0, mostOf.tenders) &&
    tenders.every((tender) => isTender(tender, v > 1))
  );
}

/** What the third version brought means nothing in an earlier one, of which the schema leaves it out. */
function isOfVersion(body: Unread<SaleBody>, v: 1 | 2 | 3): boolean {
  if (v < 3) return !("promotionFen" in body || "taxes" in body);
  const { promotionFen, taxes } = body;
  if (!isAmount(promotionFen)) return false;
  return !("taxes" in body) || (isList(taxes, 0, mostOf.taxes) && taxes.every(isTax));
}

function isTax(tax: unknown): boolean {
  if (!isObject<NonNullable<SaleBody["taxes"]>[number]>(tax)) return false;
  return isWhole(tax.basisPoints, 0, mostOf.basisPoints) && isAmount(tax.amountFen) && isAmount(tax.taxFen);
}

function isLine(line: unknown): boolean {
  return (
    isObject<Line>(line) &&
    isWhole(line.lineNumber, 1, mostOf.lineNumber) &&
    (line.sku === null || isText(line.sku, mostOf.sku)) &&
    isText(line.nameZh, mostOf.name) &&
    isText(line.nameEn, mostOf.name) &&
    (line.categoryId === null || isText(line.categoryId, mostOf.categoryId)) &&
    (line.unit === "piece" || line.unit === "kg") &&
    isWhole(line.quantity, 1, Number.MAX_SAFE_INTEGER) &&
    areAmounts(line.unitPriceFen, line.grossFen, line.discountFen, line.saleDiscountShareFen, line.netFen) &&
    isWhole(line.roundingShareFen, -maxFen, maxFen)
  );
}

function isTender(tender: unknown, mayBeByCode: boolean): boolean {
  if (!isObject<TenderOf<"cash"> & Omit<TenderOf<"wechat">, "kind">>(tender)) return false;
  const { kind, tenderId, amountFen } = tender;
  if (!isId(tenderId) || !isAmount(amountFen)) return false;
  if (kind === "cash") return isAmount(tender.receivedFen) && isAmount(tender.changeFen);
  if (kind === "static-code") return mayBeByCode;
  if (kind !== "wechat") return false;
  return isText(tender.outTradeNo, mostOf.outTradeNo) && isText(tender.transactionId, mostOf.transactionId);
}

function isObject<T extends object>(value: unknown): value is Unread<T> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown, least: number, most: number): value is readonly unknown[] {
  return Array.isArray(value) && value.length >= least && value.length <= most;
}

/** In UTF-16 units, of which there are as many as characters or more. */
function isText(value: unknown, most: number): boolean {
  return typeof value === "string" && value.length <= most;
}

function isId(value: unknown): boolean {
  return isText(value, mostOf.id) && value !== "";
}

function isShaped(value: unknown, shape: RegExp): boolean {
  return typeof value === "string" && shape.test(value);
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most;
}

function isAmount(value: unknown): boolean {
  return isWhole(value, 0, maxFen);
}

function areAmounts(a: unknown, b: unknown, c: unknown, d: unknown, e: unknown): boolean {
  return isAmount(a) && isAmount(b) && isAmount(c) && isAmount(d) && isAmount(e);
}
