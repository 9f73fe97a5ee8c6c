import { type DayRange, mostDays } from "#contract/reports/report.ts";
import { ok, type Result } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { Reports, ReportsFault } from "#main/till/ports/reports.ts";
import { managersOnly } from "#main/till/reading.ts";

/** Who answers; refused for anybody but a manager, and where the range is none. */
export function askable(till: TillContext, range: DayRange): Outcome<Reports> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  const { reports } = till.deps;
  if (reports === undefined || reports === null) return refuse("report-failed");
  return range.from <= range.to && dayCount(range) <= mostDays ? ok(reports) : refuse("report-range");
}

/** Both ends included; days are counted in UTC, where each has 24 hours. */
export function dayCount({ from, to }: DayRange): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
}

export function outcomeOf<T>(answer: Result<T, ReportsFault>): Outcome<T> {
  return answer.ok ? answer : refusalOf(answer.fault);
}

export function refusalOf({ kind }: ReportsFault): ReturnType<typeof refuse> {
  switch (kind) {
    case "cancelled":
      return refuse("report-export-cancelled");
    case "cannot-write":
      return refuse("cannot-save-file");
    case "too-many-rows":
      return refuse("report-export-too-long");
    case "failed":
      return refuse("report-failed");
  }
}

export function categoryNames({ deps, state }: TillContext): Readonly<Record<string, string>> {
  const isEnglish = state.locale === "en";
  return Object.fromEntries(
    deps.catalog.categories().map(({ id, nameZh, nameEn }) => [id, isEnglish ? nameEn : nameZh]),
  );
}
