import { useCallback, useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ShiftDetailView, ShiftRowView } from "#contract/ipc/shift-view.ts";
import { send, useFromSection } from "../../till-client.ts";

/** A screen full; the older ones come by a press. */
const pageRows = 30;

/** Shifts, newest first, read again when one opens or closes; null while nothing has been read. */
export function useShifts(): {
  readonly rows: readonly ShiftRowView[] | null;
  readonly readMore: (() => void) | null;
  readonly readAgain: () => void;
  readonly fault: IntentFault | null;
} {
  const [rows, setRows] = useState<readonly ShiftRowView[] | null>(null);
  const [isComplete, setComplete] = useState(false);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [reading, setReading] = useState(0);
  const shiftId = useFromSection("shift", (shift) => shift?.shiftId ?? null);

  const read = useCallback(async (known: readonly ShiftRowView[]): Promise<void> => {
    const answer = await send("shifts", { limit: pageRows, before: known.at(-1)?.place ?? null });
    setFault(answer.ok ? null : answer.fault);
    if (!answer.ok) return;
    setRows([...known, ...answer.value]);
    setComplete(answer.value.length < pageRows);
  }, []);
  useEffect(() => {
    void read([]);
  }, [read, shiftId, reading]);
  return {
    rows,
    readMore: rows === null || isComplete ? null : () => void read(rows),
    readAgain: () => setReading((count) => count + 1),
    fault,
  };
}

/** One shift as main has it now; null while it is read. */
export function useShift(shiftId: string | null): {
  readonly shift: ShiftDetailView | null;
  readonly fault: IntentFault | null;
  readonly readAgain: () => void;
} {
  const [shift, setShift] = useState<ShiftDetailView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [reading, setReading] = useState(0);
  useEffect(() => {
    if (shiftId === null) return undefined;
    let isCurrent = true;
    void send("shift-detail", { shiftId }).then((answer) => {
      if (!isCurrent) return;
      setShift(answer.ok ? answer.value : null);
      setFault(answer.ok ? null : answer.fault);
    });
    return () => {
      isCurrent = false;
    };
  }, [shiftId, reading]);
  return { shift, fault, readAgain: () => setReading((count) => count + 1) };
}
