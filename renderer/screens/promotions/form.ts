import { fen, type Fen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";
import type { Coupon, Deal, Promotion } from "#core/promotion/promotion.ts";
import { fail, ok, type Result } from "#core/result.ts";

export const dealKinds = [
  ...["n-for-m", "n-for-price", "nth-off", "percent-off"],
  ...["amount-off", "fixed-price", "spend-off", "spend-percent"],
] as const satisfies readonly Deal["kind"][];
export type DealKind = Deal["kind"];

/** A promotion as it is typed; numbers are texts until they are read. */
export interface PromotionForm {
  readonly id: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly kind: DealKind;
  readonly count: string;
  readonly payFor: string;
  readonly percent: string;
  readonly amount: string;
  readonly threshold: string;
  readonly isRepeated: boolean;
  readonly isForAll: boolean;
  readonly skus: readonly string[];
  readonly categoryIds: readonly string[];
  readonly fromDate: string;
  readonly toDate: string;
  readonly weekdays: readonly number[];
  readonly fromTime: string;
  readonly toTime: string;
  readonly isMemberOnly: boolean;
  readonly couponKind: "none" | Coupon["kind"];
  readonly couponText: string;
}

/** What is wrong with a form, by what is to be looked at; each has its sentence. */
export type FormFault =
  | "name"
  | "count"
  | "pay-for"
  | "percent"
  | "amount"
  | "threshold"
  | "scope"
  | "dates"
  | "hours"
  | "coupon";

/** What each kind of deal asks for. */
const asks: Readonly<Record<DealKind, readonly ("count" | "payFor" | "percent" | "amount" | "threshold")[]>> = {
  "n-for-m": ["count", "payFor"],
  "n-for-price": ["count", "amount"],
  "nth-off": ["count", "percent"],
  "percent-off": ["percent"],
  "amount-off": ["amount"],
  "fixed-price": ["amount"],
  "spend-off": ["threshold", "amount"],
  "spend-percent": ["threshold", "percent"],
};

export function isAsked(kind: DealKind, field: (typeof asks)[DealKind][number]): boolean {
  return asks[kind].includes(field);
}

export function emptyForm(id: string): PromotionForm {
  return {
    ...{ id, nameZh: "", nameEn: "", kind: "nth-off", count: "2", payFor: "1", percent: "50", amount: "" },
    ...{ threshold: "", isRepeated: false, isForAll: false, skus: [], categoryIds: [], fromDate: "", toDate: "" },
    ...{ weekdays: [], fromTime: "", toTime: "", isMemberOnly: false, couponKind: "none", couponText: "" },
  };
}

/** The promotion a form means, or the first thing that is wrong with it. Main checks it all again. */
export function readForm(form: PromotionForm): Result<Promotion, FormFault> {
  const nameZh = form.nameZh.trim();
  const nameEn = form.nameEn.trim();
  if (nameZh === "" && nameEn === "") return fail("name");
  const deal = readDeal(form);
  if (!deal.ok) return deal;
  if (!form.isForAll && form.skus.length + form.categoryIds.length === 0) return fail("scope");
  const { fromDate, toDate } = form;
  if (fromDate !== "" && toDate !== "" && fromDate > toDate) return fail("dates");
  const [from, to] = [minuteOf(form.fromTime), minuteOf(form.toTime)];
  if ((from === null) !== (to === null) || (from !== null && from === to)) return fail("hours");
  const coupon = readCoupon(form);
  if (!coupon.ok) return coupon;
  return ok({
    ...{ id: form.id, nameZh: nameZh === "" ? nameEn : nameZh, nameEn: nameEn === "" ? nameZh : nameEn },
    deal: deal.value,
    scope: form.isForAll ? { kind: "all" } : { kind: "some", skus: form.skus, categoryIds: form.categoryIds },
    schedule: {
      fromDate: fromDate === "" ? null : fromDate,
      toDate: toDate === "" ? null : toDate,
      weekdays: form.weekdays.toSorted((a, b) => a - b),
      hours: from === null || to === null ? null : { from, to },
    },
    isMemberOnly: form.isMemberOnly,
    coupon: coupon.value,
  });
}

function readDeal(form: PromotionForm): Result<Deal, FormFault> {
  const { kind } = form;
  const [count, payFor] = [wholeOf(form.count), wholeOf(form.payFor)];
  const [basisPoints, amountFen, thresholdFen] = [
    percentOf(form.percent),
    moneyOf(form.amount),
    moneyOf(form.threshold),
  ];
  if (isAsked(kind, "count") && (count < 2 || count > 100)) return fail("count");
  if (isAsked(kind, "payFor") && (payFor < 1 || payFor >= count)) return fail("pay-for");
  if (isAsked(kind, "percent") && basisPoints === 0) return fail("percent");
  if (isAsked(kind, "amount") && amountFen === 0) return fail("amount");
  if (isAsked(kind, "threshold") && thresholdFen === 0) return fail("threshold");
  switch (kind) {
    case "n-for-m":
      return ok({ kind, count, payFor });
    case "n-for-price":
      return ok({ kind, count, priceFen: amountFen });
    case "nth-off":
      return ok({ kind, every: count, basisPoints });
    case "percent-off":
      return ok({ kind, basisPoints });
    case "amount-off":
      return ok({ kind, amountFen });
    case "fixed-price":
      return ok({ kind, priceFen: amountFen });
    case "spend-off":
      return ok({ kind, thresholdFen, amountFen, isRepeated: form.isRepeated });
    case "spend-percent":
      return ok({ kind, thresholdFen, basisPoints });
  }
}

function readCoupon({ couponKind, couponText }: PromotionForm): Result<Coupon | null, FormFault> {
  if (couponKind === "none") return ok(null);
  if (!/^[0-9A-Za-z-]{4,32}$/.test(couponText)) return fail("coupon");
  return ok(couponKind === "shared" ? { kind: "shared", code: couponText } : { kind: "numbered", prefix: couponText });
}

/** The form of a promotion that is there. */
export function formOf(promotion: Promotion): PromotionForm {
  const { id, nameZh, nameEn, deal, scope, schedule, isMemberOnly, coupon } = promotion;
  const { hours } = schedule;
  return {
    ...emptyForm(id),
    ...{ nameZh, nameEn, kind: deal.kind, isMemberOnly },
    ...dealTexts(deal),
    isForAll: scope.kind === "all",
    ...(scope.kind === "all" ? {} : { skus: scope.skus, categoryIds: scope.categoryIds }),
    ...{ fromDate: schedule.fromDate ?? "", toDate: schedule.toDate ?? "", weekdays: schedule.weekdays },
    ...(hours === null ? {} : { fromTime: timeOf(hours.from), toTime: timeOf(hours.to) }),
    ...(coupon === null
      ? {}
      : { couponKind: coupon.kind, couponText: coupon.kind === "shared" ? coupon.code : coupon.prefix }),
  };
}

function dealTexts(deal: Deal): Partial<PromotionForm> {
  switch (deal.kind) {
    case "n-for-m":
      return { count: String(deal.count), payFor: String(deal.payFor) };
    case "n-for-price":
      return { count: String(deal.count), amount: plain(deal.priceFen) };
    case "nth-off":
      return { count: String(deal.every), percent: percentText(deal.basisPoints) };
    case "percent-off":
      return { percent: percentText(deal.basisPoints) };
    case "amount-off":
      return { amount: plain(deal.amountFen) };
    case "fixed-price":
      return { amount: plain(deal.priceFen) };
    case "spend-off":
      return {
        ...{ threshold: plain(deal.thresholdFen), amount: plain(deal.amountFen) },
        isRepeated: deal.isRepeated,
      };
    case "spend-percent":
      return { threshold: plain(deal.thresholdFen), percent: percentText(deal.basisPoints) };
  }
}

/** 0 for anything that is no whole number. */
function wholeOf(text: string): number {
  return /^\d{1,3}$/.test(text) ? Number(text) : 0;
}

/** Percent and yuan are both hundredths: one careful reader serves both. 0 for anything that is none. */
function percentOf(text: string): number {
  const read = moneyOf(text);
  return read > 10_000 ? 0 : read;
}

function moneyOf(text: string): Fen {
  const read = parseYuan(text);
  return read.ok && read.value > 0 ? read.value : fen(0);
}

function plain(amountFen: Fen): string {
  return formatYuan(amountFen).replaceAll(",", "");
}

export function percentText(basisPoints: number): string {
  return plain(fen(basisPoints)).replace(/\.?0+$/, "");
}

/** Minutes after midnight of "18:30"; null where none was chosen. */
function minuteOf(time: string): number | null {
  const parts = /^(\d\d):(\d\d)$/.exec(time);
  return parts === null ? null : Number(parts[1]) * 60 + Number(parts[2]);
}

/** 1440 is midnight at the end of the day, which a clock shows as 00:00. */
export function timeOf(minute: number): string {
  const [hours, minutes] = [Math.floor(minute / 60) % 24, minute % 60];
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}
