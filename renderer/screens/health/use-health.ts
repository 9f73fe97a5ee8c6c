import { useCallback, useEffect, useRef, useState } from "react";
import type { HealthResultView } from "#contract/ipc/health-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { type HealthCheck, healthCheckNames } from "#core/health/checks.ts";
import type { DayReading } from "#core/latency/day-timings.ts";
import { send } from "../../till-client.ts";

export interface HealthDesk {
  /** By check; what is not in it was not looked at since the till was opened. */
  readonly results: ReadonlyMap<HealthCheck, HealthResultView>;
  readonly running: ReadonlySet<HealthCheck>;
  readonly fault: IntentFault | null;
  readonly run: (checks: readonly HealthCheck[]) => void;
}

/** Minutes for years of sales: it has a key of its own. */
export const checksAtOnce = healthCheckNames.filter((check) => check !== "journal-whole");

/** What the checks have found; each is asked for by itself, so that one that hangs holds nobody up. */
export function useHealth(): HealthDesk {
  const [results, setResults] = useState<ReadonlyMap<HealthCheck, HealthResultView>>(new Map());
  const [running, setRunning] = useState<ReadonlySet<HealthCheck>>(new Set());
  const [fault, setFault] = useState<IntentFault | null>(null);
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    void send("health-page", {}).then((answer) => {
      if (!isOpen.current) return;
      if (answer.ok)
        setResults((known) => new Map([...answer.value.map((one) => [one.check, one] as const), ...known]));
      else setFault(answer.fault);
    });
    return () => {
      isOpen.current = false;
    };
  }, []);

  const run = useCallback((checks: readonly HealthCheck[]): void => {
    setFault(null);
    setRunning((known) => new Set([...known, ...checks]));
    for (const check of checks) {
      void send("run-health-check", { check }).then((answer) => {
        if (!isOpen.current) return;
        setRunning((known) => new Set([...known].filter((one) => one !== check)));
        if (answer.ok) setResults((known) => new Map([...known, [check, answer.value]]));
        else setFault(answer.fault);
      });
    }
  }, []);
  return { results, running, fault, run };
}

/** A sale more is seen soon enough. Milliseconds. */
const readAgainMs = 2_000;

/** The day's times, while somebody looks. Null before they were first read. */
export function useTimings(): DayReading | null {
  const [timings, setTimings] = useState<DayReading | null>(null);
  useEffect(() => {
    let isOpen = true;
    const read = (): void =>
      void send("day-timings", {}).then((answer) => {
        if (isOpen && answer.ok) setTimings(answer.value);
      });
    read();
    const timer = window.setInterval(read, readAgainMs);
    return () => {
      isOpen = false;
      window.clearInterval(timer);
    };
  }, []);
  return timings;
}
