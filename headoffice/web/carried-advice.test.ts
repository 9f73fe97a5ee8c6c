import { createIntl } from "react-intl";
import { expect, test } from "vitest";
import type { CarriedOrderAnswer } from "../admin/shapes.ts";
import { carriedAdvice } from "./carried-advice.ts";
import { dayAndClock } from "./formats.ts";
import en from "./locales/en.json";
import zh from "./locales/zh-CN.json";
import { reasonDetail } from "./reason-words.ts";
import type { TextOf } from "./texts.tsx";

const textOf = (locale: string, messages: Record<string, string>): TextOf => {
  const intl = createIntl({ locale, messages });
  return (key, values) => intl.formatMessage({ id: key }, values);
};
const languages = [
  { language: "zh-CN", text: textOf("zh-CN", zh), words: zh },
  { language: "en", text: textOf("en", en), words: en },
] as const;
const refundableFromMs = Date.parse("2026-03-09T09:00:00Z");
const silent: CarriedOrderAnswer = {
  ...{ storeCode: "BJ01", terminalId: "T01", outTradeNo: "BJ01T01260302120000A", amountFen: 1_250 },
  ...{ paidMs: 0, why: "silent", trouble: "", mayRefund: false, refundableFromMs },
};

test.each(languages)(
  "a payment that cannot be given back yet says from when and what to do, in $language",
  ({ text }) => {
    for (const isAdmin of [true, false]) {
      const advice = carriedAdvice(silent, isAdmin, text);
      expect(advice).toContain(dayAndClock(refundableFromMs));
      expect(advice).not.toMatch(/[{}]/);
    }
  },
);

test.each(languages)("a payment that may be given back is one for who may, in $language", ({ text, words }) => {
  const gone = { ...silent, mayRefund: true, refundableFromMs: null };
  expect(carriedAdvice(gone, true, text)).toBe(words["carried.silent.ask"]);
  expect(carriedAdvice(gone, false, text)).toBe(words["carried.silent.admin"]);
});

test.each(languages)(
  "a payment that is never given back here says what to do instead, in $language",
  ({ text, words }) => {
    const never = (why: CarriedOrderAnswer["why"]) =>
      carriedAdvice({ ...silent, why, refundableFromMs: null }, true, text);
    expect([never("not-paid"), never("trouble"), never("other-request")]).toEqual([
      words["reason.carried-not-paid.next"],
      words["carried.trouble.next"],
      words["carried.other-request.next"],
    ]);
  },
);

test.each(languages)(
  "a changed clock is told by this browser's time, and which way it went, in $language",
  ({ text }) => {
    const [early, late] = ["2026-02-27T09:00:00.000Z", "2026-03-02T09:00:00.000Z"];
    const [earlyShown, lateShown] = [dayAndClock(Date.parse(early)), dayAndClock(Date.parse(late))];
    expect([
      reasonDetail("clock-jumped", `${late} → ${early}`, text),
      reasonDetail("clock-jumped", `${early} → ${late}`, text),
    ]).toEqual([
      text("reason.clock-jumped.back", { from: lateShown, to: earlyShown }),
      text("reason.clock-jumped.forward", { from: earlyShown, to: lateShown }),
    ]);
    expect(reasonDetail("clock-jumped", `${late} → ${early}`, text)).not.toMatch(/T\d\d:|Z|[{}]/);
  },
);

test("a detail that is no change of a clock stays as it was written", () => {
  const [{ text }] = languages;
  const details = ["", "yesterday → today", "2026-02-27T09:00:00.000Z"];
  expect(details.map((detail) => reasonDetail("clock-jumped", detail, text))).toEqual(details);
  expect(reasonDetail("fork", "2026-02-27T09:00:00.000Z → 2026-03-02T09:00:00.000Z", text)).toContain("T09:00");
});
