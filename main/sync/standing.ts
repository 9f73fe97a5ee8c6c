import type { SyncTrouble, SyncView } from "#contract/ipc/sync-view.ts";
import type { OfficeAnswer } from "./signed-wire.ts";

/** How the till stands with head office by its last answer, and since when. */
export interface Standing {
  readonly reach: Extract<SyncView["state"], "online" | "offline" | "stopped">;
  readonly trouble: SyncTrouble | null;
  readonly sinceMs: number;
}

/** The standing after one answer; the time is kept while nothing changes. */
export function standAfter(before: Standing, answer: OfficeAnswer<unknown>, nowMs: number): Standing {
  return stand(before, reachOf(answer), troubleOf(answer), nowMs);
}

export function stand(
  before: Standing,
  reach: Standing["reach"],
  trouble: Standing["trouble"],
  nowMs: number,
): Standing {
  return { reach, trouble, sinceMs: reach === before.reach ? before.sinceMs : nowMs };
}

function reachOf(answer: OfficeAnswer<unknown>): Standing["reach"] {
  switch (answer.kind) {
    case "ok":
      return "online";
    case "no-answer":
      return "offline";
    case "not-understood":
      return answer.isWrongOffice ? "stopped" : "offline";
    case "refused":
      if (answer.fault.kind === "busy" || answer.fault.kind === "internal") return "offline";
      return troubleOf(answer) === null ? "online" : "stopped";
  }
}

function troubleOf(answer: OfficeAnswer<unknown>): SyncTrouble | null {
  if (answer.kind === "not-understood") return answer.isWrongOffice ? "wrong-office" : "not-understood";
  if (answer.kind !== "refused") return null;
  switch (answer.fault.kind) {
    case "revoked":
    case "unknown-terminal":
    case "bad-signature":
    case "wrong-clock":
      return answer.fault.kind;
    default:
      return null;
  }
}
