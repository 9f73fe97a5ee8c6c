import { useEffect, useRef, useState } from "react";
import type { DevicesView, TraceEntry } from "#contract/ipc/devices-view.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { StatusAnswer } from "#contract/devices/trace.ts";
import { send } from "../../../till-client.ts";

/** As many as main keeps. */
const keptEntries = 200;
/** A scan shows at once to a person; main keeps scans from the cart for some seconds after the last question. */
const everyMs = 250;

export interface SelfTest {
  readonly view: DevicesView | null;
  readonly fault: IntentFault | null;
  /** Newest first. */
  readonly entries: readonly TraceEntry[];
  /** What the printer last answered to each of its questions. */
  readonly status: ReadonlyMap<StatusAnswer["question"], number>;
  readonly clear: () => void;
}

/** Follows what goes over the lines of all devices while the page is open. */
export function useSelfTest(): SelfTest {
  const [view, setView] = useState<DevicesView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [entries, setEntries] = useState<readonly TraceEntry[]>([]);
  const [status, setStatus] = useState<SelfTest["status"]>(new Map());
  const seen = useRef(0);
  useEffect(() => {
    let isOpen = true;
    let timer: number | undefined;
    const ask = async (): Promise<void> => {
      const result = await send("self-test", { after: seen.current });
      if (!isOpen) return;
      timer = window.setTimeout(() => void ask(), everyMs);
      setFault(result.ok ? null : result.fault);
      if (!result.ok) return;
      setView(result.value.devices);
      const fresh = result.value.entries;
      if (fresh.length === 0) return;
      seen.current = fresh.at(-1)?.seq ?? seen.current;
      setEntries((before) => [...fresh.toReversed(), ...before].slice(0, keptEntries));
      setStatus((before) => withAnswers(before, fresh));
    };
    void ask();
    return () => {
      isOpen = false;
      window.clearTimeout(timer);
      void send("self-test-end", {});
    };
  }, []);
  return { view, fault, entries, status, clear: () => setEntries([]) };
}

function withAnswers(before: SelfTest["status"], fresh: readonly TraceEntry[]): SelfTest["status"] {
  const answers = fresh.flatMap(({ line }) => (line.kind === "received" && line.status !== null ? [line.status] : []));
  if (answers.length === 0) return before;
  return new Map([...before, ...answers.map(({ question, byte }) => [question, byte] as const)]);
}
