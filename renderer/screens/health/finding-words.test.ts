import { createIntl } from "react-intl";
import { describe, expect, it } from "vitest";
import { healthCheckNames, healthChecks } from "#core/health/checks.ts";
import en from "../../../resources/locales/en/health.json";
import zh from "../../../resources/locales/zh-CN/health.json";
import { findingWords, microsWords, sizeWords, spanWords } from "./finding-words.ts";
import type { HealthText } from "./health-texts.ts";

function textIn(locale: "en" | "zh-CN"): HealthText {
  const intl = createIntl({ locale, messages: locale === "en" ? en : zh });
  return (key, values) => intl.formatMessage({ id: key }, values);
}

const everyFinding = healthCheckNames.flatMap((check) =>
  Object.entries(healthChecks[check].words).map(([word, state]) => ({ check, word, state })),
);

describe("What a check found", () => {
  it("has a sentence of its own for every word, and advice for every one that needs some", () => {
    for (const messages of [zh, en] as readonly Readonly<Record<string, string>>[]) {
      expect(everyFinding.filter(({ check, word }) => messages[`${check}.${word}`] === undefined)).toEqual([]);
      const needsAdvice = everyFinding.filter(({ state }) => state === "look" || state === "broken");
      expect(needsAdvice.filter(({ check, word }) => messages[`${check}.${word}.next`] === undefined)).toEqual([]);
      expect(healthCheckNames.filter((check) => messages[`check.${check}`] === undefined)).toEqual([]);
    }
  });

  it("is said with its facts", () => {
    const found = { check: "disk-space", word: "low", facts: { freeMib: 1_500, totalMib: 65_536 } } as const;
    expect(findingWords(found, textIn("en"))).toEqual({
      sentence: "Only 1.5 GB of 64 GB left",
      next: "Make room: delete files that are not needed, or move them elsewhere.",
    });
    const slow = { check: "clock", word: "wrong", facts: { seconds: 86_400, way: "behind" } } as const;
    expect(findingWords(slow, textIn("zh-CN")).sentence).toBe("慢了 24 小时");
    const office = { check: "head-office", word: "ok", facts: { waiting: 3, agreedHours: -1, hours: 0 } } as const;
    expect(findingWords(office, textIn("en")).sentence).toBe("In touch, 3 to send; days not compared yet");
  });

  it("is that it hung, with what to do, for whichever check", () => {
    const hung = { check: "database", word: "hung", facts: { seconds: 120 } } as const;
    expect(findingWords(hung, textIn("en"))).toMatchObject({ sentence: "No result within 120 seconds" });
    expect(findingWords(hung, textIn("en")).next).toContain("tell support this number");
  });
});

it("Sizes, spans and times are as long as they need to be", () => {
  expect([0, 500, 655_360, 1_258_291, 68_719_476_736].map(sizeWords)).toEqual([
    ...["0 KB", "0.5 KB", "640 KB", "1.2 MB", "64 GB"],
  ]);
  expect([1, 119, 120, 7_200, 172_800].map((seconds) => spanWords(seconds, textIn("en")))).toEqual([
    ...["1 second", "119 seconds", "2 minutes", "2 hours", "2 days"],
  ]);
  expect([0, 840, 9_940, 33_400, 1_240_000, 62_000_000].map(microsWords)).toEqual([
    ...["0.0 ms", "0.8 ms", "9.9 ms", "33 ms", "1.2 s", "62 s"],
  ]);
});
