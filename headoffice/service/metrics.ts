import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

/** What `/metrics` tells. Labels are route patterns, states and kinds of ours: never a till's or a person's. */
export interface OfficeMetrics {
  readonly registry: Registry;
  /** Journal entries by what became of them: stored, known, quarantined, flagged. */
  readonly entries: Counter<"outcome">;
  /** Seconds from a request's first byte to its answer's last. */
  readonly answers: Histogram<"route" | "status">;
}

/** Seconds; an upload takes some milliseconds, a till gives up after about thirty seconds. */
const buckets = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function officeMetrics(): OfficeMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    entries: new Counter({
      ...{ name: "office_entries_total", help: "Journal entries by what became of them", registers },
      labelNames: ["outcome"],
    }),
    answers: new Histogram({
      ...{ name: "office_answer_seconds", help: "Time to answer by route and status", registers, buckets },
      labelNames: ["route", "status"],
    }),
  };
}
