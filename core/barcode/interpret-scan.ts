import { isConfirmation } from "#core/carried/confirmation.ts";
import { mostReceiptCodeBytes } from "#core/receipt/receipt-code.ts";
import { symbologyOf } from "./aim.ts";
import { hasValidCheckDigit } from "./check-digit.ts";
import { isValidEan, normalizeBarcode } from "./ean.ts";
import { readGs1, type Gs1Reading, type Gs1Refusal } from "./gs1/read-gs1.ts";
import type { TradeItem } from "./gs1/trade-item.ts";
import type { LabelTemplate } from "./label-template.ts";
import { readLabel, type WeighedLabel } from "./read-label.ts";
import { expandUpcE } from "./upc-e.ts";

/** Text as a scanner read it, without prefix, suffix and AIM identifier. */
export interface ScannedText {
  readonly text: string;
  /** Symbology identifier such as "]E0" (ISO/IEC 15424); null from scanners that send none. */
  readonly aim: string | null;
}

export interface ScanContext {
  /** Whether a payment dialog is open, so that a customer's code means "take the money". */
  readonly isTakingPayment: boolean;
  readonly labelTemplates: readonly LabelTemplate[];
  /** The shop's business day, YYYY-MM-DD: the dates of a GS1 label have years of two digits. */
  readonly businessDate: string;
}

export type ScanMeaning =
  /** 微信付款码. A secret for a minute: give it to the gateway and to nobody else, no log, no screen. */
  | { readonly kind: "payment-code"; readonly authCode: string }
  /** The customer opened another wallet. */
  | { readonly kind: "other-wallet-code"; readonly wallet: "alipay" | "unionpay" }
  /** Some wallet's code while no payment dialog is open. Its text is left out on purpose. */
  | { readonly kind: "payment-code-too-early" }
  | ({ readonly kind: "weighed-label" } & WeighedLabel)
  /** One pack of an article with what its GS1 data says of it. */
  | ({ readonly kind: "trade-item" } & TradeItem)
  | { readonly kind: "gs1-refused"; readonly refusal: Gs1Refusal }
  | { readonly kind: "bad-check-digit"; readonly text: string }
  /** Head office's word off a customer's phone that a payment was paid; whether it is, its signature says. */
  | { readonly kind: "carried-confirmation"; readonly digits: string }
  /** From one of our receipts. */
  | { readonly kind: "sale-number"; readonly saleNumber: string }
  /** Anything the catalogue may know; normalised. */
  | { readonly kind: "item"; readonly barcode: string }
  | { readonly kind: "unreadable"; readonly reason: "empty" | "too-long" | "control-characters" };

/** Longest plain code a till answers to; a page of text in a QR code does not fit. GS1 data may be longer. */
export const maxScanCharacters = 128;

/**
 * What a scan means. A payment code is told from a scale's label that starts alike by where the till is, by how it was
 * printed (a label is never a QR code, a wallet never ITF or EAN) and by the check digit, never by its first digits alone.
 */
export function interpretScan({ text, aim }: ScannedText, context: ScanContext): ScanMeaning {
  // So many digits are nothing else in a shop, however the phone's screen was read.
  if (isConfirmation(text.trim())) return { kind: "carried-confirmation", digits: text.trim() };
  const gs1 = readGs1(text, aim, Number(context.businessDate.slice(0, 4)));
  if (gs1.kind !== "no-gs1") return gs1Meaning(gs1);
  const reason = unreadableReason(text);
  if (reason !== null) return { kind: "unreadable", reason };

  const barcode = oneSpelling(text, aim);
  const wallet = walletOf(barcode, aim);
  if (wallet !== null) return interpretWalletCode(wallet, barcode, aim, context);

  const reading = readLabel(barcode, context.labelTemplates);
  if (reading.kind === "label") return { kind: "weighed-label", ...reading.label };
  if (reading.kind === "bad-check-digit" || isMisreadEan(barcode, aim)) return { kind: "bad-check-digit", text };
  if (/^[A-Z0-9]{2,8}-\d{6,12}$/.test(barcode)) return { kind: "sale-number", saleNumber: barcode };
  return { kind: "item", barcode };
}

function gs1Meaning(gs1: Exclude<Gs1Reading, { kind: "no-gs1" }>): ScanMeaning {
  if (gs1.kind === "refused") return { kind: "gs1-refused", refusal: gs1.refusal };
  return { kind: "trade-item", ...gs1.item };
}

/** The code without a magazine's add-on, and the EAN-13 of a UPC-E that the scanner did not expand. */
function oneSpelling(text: string, aim: string | null): string {
  const symbology = symbologyOf(aim);
  const code = text.trim();
  if (symbology === "ean" && code.length === 8) return normalizeBarcode(expandUpcE(code) ?? code);
  const withAddOn = symbology === "ean-with-add-on" ? /^(\d{12,13}?)(?:\d{2}|\d{5})$/.exec(code)?.[1] : undefined;
  return normalizeBarcode(withAddOn !== undefined && isValidEan(withAddOn) ? withAddOn : code);
}

type Wallet = "wechat" | "alipay" | "unionpay";

/** The codes wallets show on a phone, as QR and as Code 128. Ranges: the wallets' merchant documentation. */
function walletOf(code: string, aim: string | null): Wallet | null {
  // The plain forms of both: ]C1 and ]Q3 announce GS1 data, whose numbers may well start like a wallet's.
  const symbology = symbologyOf(aim);
  if (symbology !== null && symbology !== "code-128" && symbology !== "qr") return null;
  if (/^1[0-5]\d{16}$/.test(code)) return "wechat";
  if (/^(?:2[5-9]|30)\d{14,22}$/.test(code)) return "alipay";
  if (/^62\d{17}$/.test(code)) return "unionpay";
  return null;
}

/** A code of a wallet's shape, which may still be a scale's label of 18 digits with the flag 25–29. */
function interpretWalletCode(wallet: Wallet, code: string, aim: string | null, context: ScanContext): ScanMeaning {
  const isPhoneOnly = wallet === "wechat" || aim?.startsWith("]Q") === true;
  const reading = readLabel(code, isPhoneOnly ? [] : context.labelTemplates);
  // While money is being taken only a right check digit speaks for a label; otherwise its flag is enough.
  const isLabel = reading.kind === "label" && (reading.isProven || !context.isTakingPayment);
  if (isLabel) return { kind: "weighed-label", ...reading.label };
  if (!context.isTakingPayment) {
    return reading.kind === "bad-check-digit"
      ? { kind: "bad-check-digit", text: code }
      : { kind: "payment-code-too-early" };
  }
  return wallet === "wechat" ? { kind: "payment-code", authCode: code } : { kind: "other-wallet-code", wallet };
}

/**
 * An EAN or UPC that fails its check digit was damaged on the way. Where the scanner does not say what it read, 12 and 13
 * digits are taken for one; 8 are not, because shops number their own goods that way.
 */
function isMisreadEan(code: string, aim: string | null): boolean {
  const mayBeEan = aim === null || aim.startsWith("]E");
  // Eight digits that a scanner calls UPC have been expanded if they could be; some scanners call an EAN-8 so, too.
  const isShortEan = aim === "]E4" || aim === "]E0";
  const isEanLength = /^(?:\d{12}|\d{13})$/.test(code) ? mayBeEan : /^\d{8}$/.test(code) && isShortEan;
  return isEanLength && !hasValidCheckDigit(code);
}

function unreadableReason(text: string): "empty" | "too-long" | "control-characters" | null {
  // The one code that is longer is our own, off a receipt.
  const most = text.startsWith("tillway:") ? mostReceiptCodeBytes : maxScanCharacters;
  if (text.length > most) return "too-long";
  if (/\p{Cc}/u.test(text)) return "control-characters";
  return text.trim() === "" ? "empty" : null;
}
