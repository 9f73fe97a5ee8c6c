import { assert } from "#core/result.ts";

/**
 * The merchant's number of one payment attempt: store, terminal, local time `yyMMddHHmmss`, suffix. 6–32 characters of
 * `[0-9A-Z]`, the part of the gateway's alphabet that survives being compared without case and read over the telephone.
 * The suffix (counter or random, base 36) keeps two attempts of one terminal in one second apart. Asserts its parts:
 * they come from the checked configuration and from our own clock.
 */
export function outTradeNo(store: string, terminalId: string, yymmddhhmmss: string, suffix: string): string {
  assert(/^[0-9A-Z]{1,8}$/u.test(store), `a store code of 1–8 capitals and digits, got ${store}`);
  assert(/^[0-9A-Z]{1,8}$/u.test(terminalId), `a terminal id of 1–8 capitals and digits, got ${terminalId}`);
  assert(/^\d{12}$/u.test(yymmddhhmmss), `a time as yyMMddHHmmss, got ${yymmddhhmmss}`);
  const upperSuffix = suffix.toUpperCase();
  assert(/^[0-9A-Z]+$/u.test(upperSuffix), `a base-36 suffix, got ${suffix}`);
  const number = `${store}${terminalId}${yymmddhhmmss}${upperSuffix}`;
  assert(number.length <= 32, `an out_trade_no within 32 characters, got ${number}`);
  return number;
}
