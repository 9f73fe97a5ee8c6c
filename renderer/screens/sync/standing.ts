import type { SyncView } from "#contract/ipc/sync-view.ts";

/** How the till stands with head office, in one word. */
export type Standing = "alone" | "not-enrolled" | "online" | "offline" | "disagreed" | "troubled" | "stopped" | "alarm";

/**
 * The one word, worst first: what a person must see to outweighs what the network does. Offline is the calmest of all that
 * is not well, because selling goes on and nothing is to be done.
 */
export function standingOf(sync: Pick<SyncView, "state" | "alarm" | "trouble" | "disagreedDates">): Standing {
  if (sync.state === "alone") return "alone";
  if (sync.alarm !== null) return "alarm";
  if (sync.state === "stopped" || sync.state === "not-enrolled") return sync.state;
  if (sync.trouble !== null) return "troubled";
  return sync.disagreedDates.length > 0 ? "disagreed" : sync.state;
}

/** How loud it is: `grave` red, `amber` amber, `calm` grey, `good` green. */
export type Tone = "good" | "calm" | "amber" | "grave";

export const toneOf: Readonly<Record<Standing, Tone>> = {
  alone: "calm",
  "not-enrolled": "amber",
  online: "good",
  offline: "calm",
  disagreed: "amber",
  troubled: "amber",
  stopped: "grave",
  alarm: "grave",
};
