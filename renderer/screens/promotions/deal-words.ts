import { formatMoney } from "../../i18n/formats.ts";
import type { Deal, Promotion } from "#core/promotion/promotion.ts";
import { isOn, isOver, type Schedule, type ShopMoment } from "#core/promotion/schedule.ts";
import { percentText, timeOf } from "./form.ts";
import type { PromotionsText } from "./promotions-texts.ts";

/** What a deal does, in one line. */
export function dealWords(deal: Deal, text: PromotionsText): string {
  switch (deal.kind) {
    case "n-for-m":
      return text("deal.n-for-m.words", { count: deal.count, pay: deal.payFor });
    case "n-for-price":
      return text("deal.n-for-price.words", { count: deal.count, price: formatMoney(deal.priceFen) });
    case "nth-off":
      return text("deal.nth-off.words", { count: deal.every, percent: percentText(deal.basisPoints) });
    case "percent-off":
      return text("deal.percent-off.words", { percent: percentText(deal.basisPoints) });
    case "amount-off":
      return text("deal.amount-off.words", { amount: formatMoney(deal.amountFen) });
    case "fixed-price":
      return text("deal.fixed-price.words", { price: formatMoney(deal.priceFen) });
    case "spend-off":
      return text(deal.isRepeated ? "deal.spend-off.every" : "deal.spend-off.words", {
        ...{ threshold: formatMoney(deal.thresholdFen), amount: formatMoney(deal.amountFen) },
      });
    case "spend-percent":
      return text("deal.spend-percent.words", {
        ...{ threshold: formatMoney(deal.thresholdFen), percent: percentText(deal.basisPoints) },
      });
  }
}

/** When it is on, in one line. */
export function scheduleWords({ fromDate, toDate, weekdays, hours }: Schedule, text: PromotionsText): string {
  const dates = fromDate === null && toDate === null ? [] : [`${fromDate ?? "…"} – ${toDate ?? "…"}`];
  const days = weekdays.length === 0 ? [] : [weekdays.map((day) => text(`weekday.${dayOf(day)}`)).join(" ")];
  const times = hours === null ? [] : [`${timeOf(hours.from)} – ${timeOf(hours.to)}`];
  const all = [...dates, ...days, ...times];
  return all.length === 0 ? text("when.always") : all.join(" · ");
}

export type Standing = "on" | "off-hours" | "later" | "over";

/** How it stands by the shop's clock. */
export function standingOf({ schedule }: Promotion, moment: ShopMoment): Standing {
  if (isOver(schedule, moment)) return "over";
  if (isOn(schedule, moment)) return "on";
  return schedule.fromDate !== null && moment.date < schedule.fromDate ? "later" : "off-hours";
}

/** 1 is Monday. */
export function dayOf(day: number): 1 | 2 | 3 | 4 | 5 | 6 | 7 {
  return weekdays[day - 1] ?? 7;
}

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
