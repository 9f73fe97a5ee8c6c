import { changePermille, percentText } from "#core/report/figures.ts";
import { formatSum } from "#core/report/sum-text.ts";

/** "¥1,234.50", "−¥3.25" of a sum that may be larger than any one amount. */
export function money(sumFen: number): string {
  const text = formatSum(sumFen);
  return text.startsWith("-") ? `\u2212¥${text.slice(1)}` : `¥${text}`;
}

/** The same without its sign of money. */
export function plainMoney(sumFen: number): string {
  return formatSum(sumFen).replace("-", "\u2212");
}

/** "+12.3%", "−4.0%" against what was before; null where there was nothing. */
export function changeText(now: number, before: number): string | null {
  const permille = changePermille(now, before);
  if (permille === null) return null;
  return permille > 0 ? `+${percentText(permille)}` : percentText(permille);
}

/** "90,411". */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
