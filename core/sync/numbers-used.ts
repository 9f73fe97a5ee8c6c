import type { WireEntry } from "#core/journal/wire-entry.ts";
import { parseSaleNumber } from "#core/sale/sale-number.ts";

/** The highest numbers met; 0 for none. */
export interface NumbersUsed {
  readonly saleNumber: number;
  readonly attemptNumber: number;
}

/** Whose numbers they are: another till's never move ours. */
export interface NumberOwner {
  readonly storeCode: string;
  readonly terminalId: string;
}

export const noNumbers: NumbersUsed = { saleNumber: 0, attemptNumber: 0 };

/**
 * What entries have given away: after a restore from a backup neither a sale's nor a payment's number may be given again,
 * and the entries that gave them are at head office only. Bodies that cannot be read give nothing away.
 */
export function numbersUsed(owner: NumberOwner, entries: readonly WireEntry[], from = noNumbers): NumbersUsed {
  let { saleNumber, attemptNumber } = from;
  for (const { kind, body } of entries) {
    if (kind === "sale-completed") saleNumber = Math.max(saleNumber, saleCounter(owner, textIn(body, "saleNumber")));
    if (kind === "attempt-created")
      attemptNumber = Math.max(attemptNumber, attemptCounter(owner, textIn(body, "outTradeNo")));
  }
  return { saleNumber, attemptNumber };
}

function saleCounter({ terminalId }: NumberOwner, text: string): number {
  const parsed = parseSaleNumber(text);
  return parsed?.terminalId === terminalId ? parsed.counter : 0;
}

/** The base-36 counter at the end of an out_trade_no of core/tender/out-trade-no.ts. */
function attemptCounter({ storeCode, terminalId }: NumberOwner, text: string): number {
  const head = `${storeCode}${terminalId}`;
  if (!text.startsWith(head)) return 0;
  const suffix = /^\d{12}([0-9A-Z]{1,10})$/u.exec(text.slice(head.length))?.[1];
  const counter = suffix === undefined ? 0 : Number.parseInt(suffix, 36);
  return Number.isSafeInteger(counter) ? counter : 0;
}

function textIn(body: string, name: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null) return "";
    const value: unknown = Reflect.get(parsed, name);
    return typeof value === "string" ? value : "";
  } catch {
    return "";
  }
}
