import { fen, isFen } from "#core/money/fen.ts";
import type { SoldSale, SoldTender } from "#core/refund/sold-sale.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { parseSaleNumber } from "#core/sale/sale-number.ts";
import { packId, unpackId } from "./packed-id.ts";

/*
 * What a receipt's QR says so that any till of the shop can give money back by the paper alone (docs/adr/0009):
 *
 *   tillway:T01-000042:BJ01:4990:20261126:SALE:TENDERS:SIGNATURE
 *
 * SALE is the sale's id; TENDERS are joined by commas, each a letter (c cash, w WeChat Pay, s the shop's printed code), fen,
 * the tender's id and, with w, its out_trade_no, joined by full stops. SIGNATURE is the selling till's Ed25519 over
 * `receiptSigned` of all before it. Only ASCII letters, digits and `~._-,:`.
 */

/**
 * Bytes that a QR of version 11 holds at level M: 61 modules, five dots each on 58 mm paper. No scanner passes on more than
 * 320 characters (native/scanner/scan-reader.ts).
 */
export const mostReceiptCodeBytes = 251;
/** Characters of any receipt's words, also of one that is too long to print. */
export const mostReceiptWords = 16_384;

export interface ReceiptFacts {
  readonly storeCode: string;
  readonly sold: SoldSale;
}

const letters = { cash: "c", wechat: "w", "static-code": "s" } as const satisfies Record<SoldTender["kind"], string>;
const kinds = { c: "cash", w: "wechat", s: "static-code" } as const;

/** The words before the signature. */
export function receiptWords({ storeCode, sold }: ReceiptFacts): string {
  const { saleNumber, totalFen, businessDate, saleId } = sold;
  const tenders = sold.tenders.map(({ kind, amountFen, tenderId, outTradeNo }) =>
    [`${letters[kind]}${amountFen}`, packId(tenderId), ...(outTradeNo === null ? [] : [outTradeNo])].join("."),
  );
  const day = businessDate.replaceAll("-", "");
  return ["tillway", saleNumber, storeCode, totalFen, day, packId(saleId), tenders.join(",")].join(":");
}

/** What the till signs: its UTF-8 bytes go to Ed25519. No other text it signs begins like this. */
export function receiptSigned(words: string): string {
  return `tillway.receipt.1\n${words}`;
}

export interface ReadReceipt extends ReceiptFacts {
  readonly words: string;
  /** 86 characters base64url, unproven. */
  readonly signature: string;
}

/** `unsigned`: of a till that was not enrolled, or too long to sign; its number is all it says. */
export type ReceiptCodeFault = "no-receipt" | "unsigned" | "malformed";

/** Reads a QR off a receipt. Whether it is genuine is for the key to say. */
export function readReceiptCode(text: string): Result<ReadReceipt, ReceiptCodeFault> {
  if (!text.startsWith("tillway:")) return fail("no-receipt");
  if (text.length > mostReceiptWords) return fail("malformed");
  const parts = text.split(":");
  if (parts.length === 4) return fail("unsigned");
  const [, saleNumber = "", storeCode = "", total = "", day = "", id = "", tenders = "", signature = ""] = parts;
  const parsed = parseSaleNumber(saleNumber);
  const sold = tenders.split(",").map(readTender);
  const saleId = unpackId(id);
  const date = /^(\d{4})(\d{2})(\d{2})$/.exec(day);
  const totalFen = wholeFen(total);
  const isShaped = parts.length === 8 && /^[A-Z0-9]{2,4}$/.test(storeCode) && /^[\w-]{86}$/.test(signature);
  if (!isShaped || parsed === null || date === null || saleId === null || totalFen === null) return fail("malformed");
  const known = sold.filter((tender) => tender !== null);
  if (known.length !== sold.length) return fail("malformed");
  const { terminalId } = parsed;
  const businessDate = `${date[1]}-${date[2]}-${date[3]}`;
  const words = text.slice(0, -signature.length - 1);
  const facts = {
    storeCode,
    sold: { ...{ terminalId, saleId, saleNumber, businessDate }, totalFen: fen(totalFen), tenders: known },
  };
  // One sale has one spelling.
  return receiptWords(facts) === words ? ok({ ...facts, words, signature }) : fail("malformed");
}

function readTender(text: string): SoldTender | null {
  const match = /^([cws])(\d{1,10})\.([~\w-]{1,64})(?:\.([0-9A-Z]{6,32}))?$/.exec(text);
  const [, letter, amount = "", id = "", outTradeNo] = match ?? [];
  if (letter !== "c" && letter !== "w" && letter !== "s") return null;
  const amountFen = wholeFen(amount);
  const tenderId = unpackId(id);
  if (amountFen === null || tenderId === null || (letter === "w") !== (outTradeNo !== undefined)) return null;
  const more = { outTradeNo: outTradeNo ?? null, transactionId: null };
  return { tenderId, kind: kinds[letter], amountFen: fen(amountFen), ...more };
}

function wholeFen(text: string): number | null {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : -1;
  return value >= 0 && isFen(value) ? value : null;
}
