import type { MachineAnswer } from "../../admin/shapes.ts";
import { ago, dayAndClock } from "../formats.ts";
import { useWords } from "../texts.tsx";
import type { StateName } from "./StateWord.tsx";

/**
 * A till says something at least every few minutes while it is on, a relay every minute; silent for longer a till may just
 * be closed.
 */
const lateAfterMs = 15 * 60_000;

/** How long ago a machine of a shop was last heard; the day and time under the pointer. */
export function LastSeen({ atMs, nowMs }: { readonly atMs: number | null; readonly nowMs: number }) {
  const { locale } = useWords();
  if (atMs === null) return "—";
  return <time title={dayAndClock(atMs)}>{ago(atMs, nowMs, locale)}</time>;
}

export function stateOf({ state, lastSeenMs }: MachineAnswer, nowMs: number): StateName {
  if (state !== "active") return state;
  return lastSeenMs === null || nowMs - lastSeenMs > lateAfterMs ? "late" : "active";
}
