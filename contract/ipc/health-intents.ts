import { z } from "zod";
import type { SupportBundleResult } from "#contract/worker/health-messages.ts";
import { type Finding, healthCheckNames } from "#core/health/checks.ts";
import type { DayReading } from "#core/latency/day-timings.ts";

const none = z.strictObject({});
const scanCount = z.int().min(1);

/** The till looks at itself, for whoever may change its settings; only what is painted the window says by itself. */
export const healthSchemas = {
  /** What was found since the till was opened. */
  "health-page": none,
  /** Runs one check, or hears the one that is running; answers when it has ended or its time is over. */
  "run-health-check": z.strictObject({ check: z.enum(healthCheckNames) }),
  "day-timings": none,
  /** What support's package would hold. */
  "look-into-support-package": none,
  /** Asks where to, and saves it. */
  "save-support-package": none,
  /** Scans whose answers are on the screen, as the view counts them. */
  "scans-painted": z.strictObject({ from: scanCount, through: scanCount }),
} as const;

/** What a check found, when, and how long it looked. Milliseconds. */
export type HealthResultView = Finding & { readonly atMs: number; readonly tookMs: number };

export interface HealthAnswers {
  "health-page": readonly HealthResultView[];
  "run-health-check": HealthResultView;
  "day-timings": DayReading;
  "look-into-support-package": SupportBundleResult;
  /** Null: the question where to was closed. */
  "save-support-package": { readonly bytes: number } | null;
}

/** The worker could not put the package together. */
export type PlainHealthFault = "support-package-failed";
