import { z } from "zod";
import type { AgreementDayView } from "#contract/ipc/sync-view.ts";

const none = z.strictObject({});
const pin = z.string().regex(/^\d{4,8}$/);

/** Head office: managers alone enrol, see to alarms and give PINs; everybody signed in may look and have it sent now. */
export const syncSchemas = {
  /** The code head office shows, typed or scanned: case, blanks and dashes do not count. */
  enrol: z.strictObject({ code: z.string().min(1).max(40) }),
  /** Sends what waits at once, instead of at its next turn. */
  "sync-now": none,
  /** The last business days on both sides, newest first; at most 35. */
  "agreement-days": none,
  /** A manager has seen the alarm of a fork, a lost tail or a broken chain. */
  "acknowledge-sync-alarm": none,
  /** A PIN for somebody head office added, or a new one; always by a manager's PIN. */
  "set-pin": z.strictObject({ cashierId: z.string().min(1).max(64), pin, approvalPin: pin }),
} as const;

export interface SyncAnswers {
  /** What head office calls itself. */
  enrol: { readonly officeName: string };
  "agreement-days": readonly AgreementDayView[];
}

/** Why a code did not enrol the till, and what else can go wrong with head office. */
export type SyncFault =
  /** terminal.json names no head office. */
  | "no-head-office"
  | "already-enrolled"
  /** Not the shape of a code: mistyped. */
  | "enrolment-code-malformed"
  | "enrolment-code-unknown"
  | "enrolment-code-used"
  | "enrolment-code-expired"
  /** Another till stands at head office under this shop and number. */
  | "enrolment-terminal-taken"
  /** Nothing answered; the same code may be tried again. */
  | "office-out-of-reach"
  /** It answered what no head office of ours says: the address is wrong, or one of the two is too old. */
  | "office-not-understood"
  /** The till's clock is too far from head office's. */
  | "office-clock-differs"
  /** The key this till would sign with cannot be stored. */
  | "device-key-not-kept"
  | "no-sync-alarm"
  | "no-such-person"
  /** Somebody else has this PIN, and an approval would not tell the two apart. */
  | "pin-taken";
