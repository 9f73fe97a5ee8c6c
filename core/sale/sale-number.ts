import { assert } from "#core/result.ts";

/** Digits a counter is padded to; a counter beyond them just grows. */
const counterDigits = 6;

/** `T01-000042`: the terminal's id and its gapless counter from 1. Never a clock, never a number a server gave. */
export function formatSaleNumber(terminalId: string, counter: number): string {
  assert(/^[0-9A-Z]{1,8}$/u.test(terminalId), `a terminal id of 1–8 capitals and digits, got ${terminalId}`);
  assert(Number.isSafeInteger(counter) && counter > 0, `a sale counter from 1, got ${counter}`);
  return `${terminalId}-${String(counter).padStart(counterDigits, "0")}`;
}

/** The parts of a sale number as scanned or typed, in either case; null when it is not one we could have given. */
export function parseSaleNumber(text: string): { readonly terminalId: string; readonly counter: number } | null {
  const match = /^([0-9A-Z]{1,8})-(\d{6,15})$/u.exec(text.trim().toUpperCase());
  const [, terminalId, digits] = match ?? [];
  if (terminalId === undefined || digits === undefined) return null;
  const counter = Number(digits);
  const isOurs = counter > 0 && formatSaleNumber(terminalId, counter) === `${terminalId}-${digits}`;
  return isOurs ? { terminalId, counter } : null;
}
