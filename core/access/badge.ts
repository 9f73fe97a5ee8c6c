/**
 * A badge is this prefix and random digits, as Code 128: no product, price label, payment code or sale number looks like
 * it. Sixteen digits are 53 bits, far from what anybody can try at a scanner, and fit on 58 mm paper.
 */
export const badgePrefix = "TWB";
export const badgeDigits = 16;

/** What a badge says where a scan is one, in one spelling; null for everything else. A secret: it goes to no log and screen. */
export function readBadge(text: string): string | null {
  const code = text.trim().toUpperCase();
  return /^TWB\d{16}$/.test(code) ? code : null;
}
