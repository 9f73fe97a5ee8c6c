import type { WechatPayConfig } from "#contract/config/terminal.ts";
import type { OperationName } from "#simulators/gateway/operation.ts";
import type { OutcomeName } from "#simulators/gateway/outcomes.ts";
import type { ScriptParams } from "#simulators/gateway/script.ts";

/** How money moves: the customer's code over either protocol (被扫), our QR (主扫), or back. */
export const ways = ["v3", "v2", "native", "refund"] as const;
export type Way = (typeof ways)[number];

/** Which requests a fault strikes: the one that moves money, the queries after it, the reverse or close, or all of them. */
export const stages = ["first", "query", "undo", "all"] as const;
export type Stage = (typeof stages)[number];

/** One thing the gateway is told to do wrong. */
export interface Wrong {
  readonly operation: OperationName;
  readonly outcome: OutcomeName;
  /** How often; `until-healed` goes on until the `heal` event. */
  readonly times: number | "until-healed";
  readonly params?: ScriptParams;
}

/** What happens beside the till and the script, `atMs` after the cashier asked for the money. */
export type Happening = { readonly atMs: number } & (
  | {
      readonly kind:
        | "cancel"
        | "park"
        | "restart"
        | "cable-cut"
        | "heal"
        | "rotate-keys"
        | "refund-by-hand"
        | "send-on-by-hand";
    }
  /** The customer types the password, if the phone asks for it by then; the money takes `movesMs` to arrive. */
  | { readonly kind: "password"; readonly accepts: boolean; readonly movesMs?: number }
  /** The clock behind the gateway's signatures is this far off from now on. */
  | { readonly kind: "wire-clock"; readonly skewMs: number }
);

/** What the customer does when the QR can be seen. */
export interface QrCustomer {
  /** How long after it appears the payment is confirmed; null for a customer who does not scan. */
  readonly paysAfterMs: number | null;
  readonly movesMs?: number;
}

/** One story: what goes wrong, what people do meanwhile, and how long the cashier may be left without a word. */
export interface Course {
  readonly way: Way;
  readonly name: string;
  readonly wrongs: readonly Wrong[];
  readonly happenings: readonly Happening[];
  /** What the customer's phone says to a code: pays at once, or asks for the password and waits. */
  readonly phone: "pay" | "password";
  readonly qr: QrCustomer;
  readonly setUp: Partial<WechatPayConfig>;
  /** Longest time from the request to a final word, or from the healing where the fault lasts that long. */
  readonly limitMs: number;
}

/** Everything about one fault on one stage of one way: a cell of the table. */
export interface Cell {
  readonly way: Way;
  readonly stage: Stage | "story";
  readonly fault: string;
  readonly courses: readonly Course[];
}

/** When a fault that lasts is over: later than both deadlines of a payment (45 s and 150 s). */
export const healedAtMs = 200_000;

/** A wait counted from the healing, where there is one: before it nobody could know. */
export function sinceHealing({ happenings }: Course, waitedMs: number | null): number | null {
  const heals = happenings.find(({ kind }) => kind === "heal");
  return waitedMs === null || heals === undefined ? waitedMs : Math.max(0, waitedMs - heals.atMs);
}
