import { dayAfter } from "./bill-day.ts";

/** A refund's row carries the number of its payment, which may be a year old; a month more for slow clocks is plenty. */
const oldestDays = 400;
/** Before midnight in the shop and after it in Beijing, and a clock that runs ahead. */
const newestDays = 2;

/**
 * Tells the numbers one till gave its payments (core/tender/out-trade-no.ts) from those of other tills of the merchant:
 * its shop and terminal, then a time that fits the bill. The time settles what the letters leave open, such as whether
 * `T01` made the number or `T0` in a year that begins with 1.
 */
export function ownNumbers(
  till: { readonly storeCode: string; readonly terminalId: string },
  day: string,
): (outTradeNo: string) => boolean {
  const prefix = `${till.storeCode}${till.terminalId}`;
  const stamp = /^(\d{2})(\d{2})(\d{2})(?:[01]\d|2[0-3])[0-5]\d[0-5]\d[0-9A-Z]+$/u;
  const oldest = dayAfter(day, -oldestDays);
  const newest = dayAfter(day, newestDays);
  return (outTradeNo) => {
    if (!outTradeNo.startsWith(prefix)) return false;
    const match = stamp.exec(outTradeNo.slice(prefix.length));
    if (match === null) return false;
    const [, year = "", month = "", date = ""] = match;
    const isDate = month >= "01" && month <= "12" && date >= "01" && date <= "31";
    const madeOn = `20${year}-${month}-${date}`;
    return isDate && madeOn >= oldest && madeOn <= newest;
  };
}
