import { closePastShift, openPastShift } from "#bench/support/past-shift.ts";
import { beijingDay } from "#core/reconciliation/beijing-day.ts";
import { dayAfter, startOfDayMs } from "#core/reconciliation/bill-day.ts";
import { localIso } from "#core/sale/business-date.ts";
import { type PastPayment, pastSaleFen, writePastBooks } from "./past-books.ts";
import type { Shop } from "./shop.ts";

/** Yesterday in a shop, with one difference of every kind a person acts on differently. */
export interface BillScene {
  readonly day: string;
  /** Numbers by what is wrong with them. */
  readonly failed: string;
  readonly unfinished: string;
  readonly missingThere: string;
  readonly otherAmount: string;
  readonly twice: string;
  /** Lets the gateway answer about the attempt that is open here. */
  heal(): Promise<void>;
}

const hourMs = 3_600_000;
const agreeing = 24;

/**
 * Writes yesterday into a shop whose till was never started: its own books, what the customers' bank says, and what is
 * wrong with the bill. The gateway is silent about the payment that is open here until it is healed.
 */
export async function setBillScene(shop: Shop): Promise<BillScene> {
  const nowMs = Date.now();
  const day = dayAfter(beijingDay(nowMs), -1);
  const dayMs = startOfDayMs(day);
  let count = 0;
  const payment = (hour: number, changes: Partial<PastPayment> = {}): PastPayment => {
    count += 1;
    const atMs = dayMs + hour * hourMs + count * 97_000;
    const stamp = localIso(atMs, 480).replaceAll(/[-T:]/gu, "").slice(2, 14);
    const saleLines = 1 + (count % 6);
    const amountFen = pastSaleFen(saleLines);
    const outTradeNo = `S01T01${stamp}${count.toString(36).toUpperCase()}`;
    return { outTradeNo, amountFen, atMs, state: "paid", saleLines, ...changes };
  };
  const good = Array.from({ length: agreeing }, (_, index) => payment(8 + (index % 12)));
  const failed = payment(10, { state: "failed" });
  const unfinished = payment(12, { state: "unfinished" });
  const missingThere = payment(13);
  const otherAmount = payment(15);
  const twice = payment(16);
  const late = payment(0, { atMs: dayMs + 24 * hourMs - 25_000 });
  const all = [...good, failed, unfinished, missingThere, otherAmount, twice, late];

  const shiftId = openPastShift(shop.dataDir, day);
  writePastBooks(shop.dataDir, { terminalId: "T01", shiftId }, all);
  closePastShift(shop.dataDir, day);

  const extra = { description: "矿泉水,550ml,2瓶", at: dayMs + 17 * hourMs };
  await shop.control("POST", "/gateway/past", {
    payments: all.map(({ outTradeNo, amountFen, atMs }) => ({ outTradeNo, amountFen, at: atMs })),
  });
  for (const one of [
    { kind: "missing-payment", outTradeNo: missingThere.outTradeNo },
    { kind: "other-amount", outTradeNo: otherAmount.outTradeNo, amountFen: otherAmount.amountFen - 50 },
    { kind: "extra-payment", outTradeNo: twice.outTradeNo, amountFen: twice.amountFen, ...extra },
    { kind: "extra-payment", outTradeNo: `S01T02${twice.outTradeNo.slice(6)}`, amountFen: 1_280, ...extra },
    { kind: "extra-refund", outTradeNo: good[3]?.outTradeNo, outRefundNo: "PLATFORM0001", amountFen: 200, ...extra },
    { kind: "cross-midnight", outTradeNo: late.outTradeNo },
  ]) {
    await shop.control("POST", "/gateway/bill/discrepancy", one);
  }
  for (const operation of ["query", "reverse"]) {
    const { outTradeNo } = unfinished;
    await shop.control("POST", "/gateway/script", { outcome: "system-error", operation, outTradeNo, times: 1_000_000 });
  }
  // The gateway writes yesterday's bill at nine; whoever tests earlier finds it later there.
  const beijingHour = Math.trunc((nowMs - startOfDayMs(beijingDay(nowMs))) / hourMs);
  if (beijingHour < 10) await shop.control("POST", "/gateway/clock", { advanceMs: 10 * hourMs });
  return {
    day,
    failed: failed.outTradeNo,
    unfinished: unfinished.outTradeNo,
    missingThere: missingThere.outTradeNo,
    otherAmount: otherAmount.outTradeNo,
    twice: twice.outTradeNo,
    heal: async () => void (await shop.control("POST", "/gateway/script/clear", {})),
  };
}
