import type { HealthResultView } from "#contract/ipc/health-intents.ts";
import type { TextValues } from "../../i18n/texts.tsx";
import { type HealthText, isHealthKey } from "./health-texts.ts";

/** What a check found, as a sentence, and what to do about it where there is something to do. */
export function findingWords(
  { check, word, facts }: Pick<HealthResultView, "check" | "word" | "facts">,
  text: HealthText,
): { readonly sentence: string; readonly next: string | null } {
  const values = placesOf(facts, text);
  const own = `${check}.${word}`;
  // `hung` and `failed` are every check's.
  const key = isHealthKey(own) ? own : isHealthKey(word) ? word : "failed";
  const next = `${key}.next`;
  return { sentence: text(key, values), next: isHealthKey(next) ? text(next, values) : null };
}

/** The facts as they stand in a sentence: sizes, spans and ages in words, numbers as they are. */
function placesOf(facts: HealthResultView["facts"], text: HealthText): TextValues {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]): readonly (readonly [string, string | number])[] => {
      if (typeof value === "string") return [[name, value]];
      if (name === "kib") return [["size", sizeWords(value * 1_024)]];
      if (name.endsWith("Mib")) return [[name.slice(0, -3), sizeWords(value * mib)]];
      if (name === "tookMs") return [["took", value]];
      if (name === "agreedHours") {
        return [["agreed", value < 0 ? text("agreed.never") : text("agreed.hours", { hours: value })]];
      }
      if (name === "seconds") {
        return [
          ["seconds", value],
          ["time", spanWords(value, text)],
        ];
      }
      return [[name, value]];
    }),
  );
}

const mib = 1_048_576;

/** Bytes as a person reads them: `640 KB`, `1.2 MB`, `64 GB`. */
export function sizeWords(bytes: number): string {
  const units = ["KB", "MB", "GB", "TB"] as const;
  let size = bytes / 1_024;
  let unit = 0;
  while (size >= 1_000 && unit < units.length - 1) {
    size /= 1_024;
    unit += 1;
  }
  return `${size >= 10 || size === 0 ? Math.round(size) : Math.max(size, 0.1).toFixed(1)} ${units[unit]}`;
}

/** The largest whole unit of a span. */
export function spanWords(seconds: number, text: HealthText): string {
  const units = [
    ["time.days", 86_400],
    ["time.hours", 3_600],
    ["time.minutes", 60],
  ] as const;
  const unit = units.find(([, length]) => seconds >= 2 * length);
  if (unit === undefined) return text("time.seconds", { count: seconds });
  return text(unit[0], { count: Math.round(seconds / unit[1]) });
}

/** A time of the panel: `0.8 ms`, `33 ms`, `1.2 s`. */
export function microsWords(micros: number): string {
  const ms = micros / 1_000;
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(ms >= 10_000 ? 0 : 1)} s`;
  return `${ms >= 10 ? Math.round(ms) : ms.toFixed(1)} ms`;
}
