/**
 * A member's code is this prefix and random digits, as Code 128: no product, price label, payment code, sale number or badge
 * looks like it. Twelve digits are 40 bits, so that nobody guesses another's, and fit on 58 mm paper.
 */
export const memberPrefix = "TWM";
export const memberDigits = 12;

/** What a member's card says where a scan is one, in one spelling; null for everything else. */
export function readMemberCode(text: string): string | null {
  const code = text.trim().toUpperCase();
  return /^TWM\d{12}$/.test(code) ? code : null;
}

/** TWM****1234: what is shown of a card. */
export function maskCode(code: string): string {
  return `${memberPrefix}****${code.slice(-4)}`;
}
