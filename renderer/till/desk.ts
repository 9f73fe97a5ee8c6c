import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentAnswer, IntentArgs, IntentName, IntentResult } from "#contract/ipc/intents.ts";
import { send } from "../till-client.ts";
import { createStore } from "./store.ts";

/**
 * What lies on the cashier's desk beside the sale: the dialog that is open, the manager's word that is waited for, and
 * the sentence about the last thing that did not work. None of it is money and none of it outlives the window.
 */

export type OpenDialog =
  | { readonly kind: "quantity"; readonly lineId: string }
  | { readonly kind: "discount"; readonly lineId: string | null }
  | { readonly kind: "rounding" }
  | { readonly kind: "price"; readonly lineId: string }
  | { readonly kind: "override"; readonly lineId: string }
  | { readonly kind: "coupon" }
  | { readonly kind: "member" }
  | { readonly kind: "hold" }
  | { readonly kind: "held" }
  | { readonly kind: "more" }
  | { readonly kind: "void-sale" }
  | { readonly kind: "close-shift" }
  | { readonly kind: "cash-move" }
  | { readonly kind: "no-sale" }
  | { readonly kind: "x-report" }
  | { readonly kind: "attempts" }
  | { readonly kind: "split" }
  | { readonly kind: "static-code" }
  | { readonly kind: "takings" }
  | { readonly kind: "carried" }
  | { readonly kind: "open-price"; readonly barcode: string | null }
  /** `scanned`: a receipt of another till, to be looked up at once. */
  | { readonly kind: "find-sale"; readonly scanned?: string }
  | { readonly kind: "other-sale"; readonly saleId: string }
  | { readonly kind: "search-sales" }
  /** Goods of which nobody knows the sale. */
  | { readonly kind: "loose-return" }
  | { readonly kind: "loose-paper"; readonly returnNumber: string }
  | { readonly kind: "refunds" }
  | { readonly kind: "prints" }
  | { readonly kind: "return-charge"; readonly outTradeNo: string }
  /** `isRefund`: what is wanted of it is money back. */
  | { readonly kind: "sale"; readonly saleId: string; readonly isRefund?: boolean };

/** A word of advice that main knows nothing of. */
export type Hint = "no-line" | "use-delete" | "weighed" | "bad-times" | "reprinted";

export type Trouble =
  | { readonly kind: "fault"; readonly fault: IntentFault }
  | { readonly kind: "hint"; readonly hint: Hint };

/** The intents that a manager's PIN may cover. */
export type ApprovableIntent = (typeof approvable)[number];

const approvable = [
  "void-sale",
  "discount-line",
  "discount-sale",
  "open-drawer",
  "sell-stopped-pack",
  "refund-sale",
  "give-return",
  "give-loose-return",
  "begin-loose-exchange",
  "begin-exchange",
  "refund-charge",
  "retry-refund",
  "send-refund-onward",
  "settle-refund-otherwise",
  "pay-static-code",
  "match-static-taking",
  "write-off-static-taking",
  "drop-held-move",
  "move-cash",
  "x-report",
  "close-shift",
  "override-price",
  "sell-short-stock",
  "book-receipt",
  "reverse-receipt",
  "correct-stock",
  "book-take",
  "save-stock-policy",
] as const satisfies readonly IntentName[];

export interface Approval {
  readonly intent: ApprovableIntent;
  /** The stopped pack it is about, where it is about one. */
  readonly stopId: string | null;
  readonly retry: (approvalPin: string) => Promise<IntentResult<IntentName>>;
}

export const dialogStore = createStore<OpenDialog | null>(null);
export const approvalStore = createStore<Approval | null>(null);
export const troubleStore = createStore<Trouble | null>(null);
type ManagersPage =
  | "reconciliation"
  | "reports"
  | "sync"
  | "shifts"
  | "promotions"
  | "members"
  | "health"
  | "stock"
  | "goods"
  | "labels";
export type Page = "till" | "manager" | "settings" | ManagersPage;
export const pageStore = createStore<Page>("till");

export function openDialog(dialog: OpenDialog): void {
  troubleStore.set(null);
  dialogStore.set(dialog);
}

export function closeDialog(): void {
  dialogStore.set(null);
}

let beforeSync = pageStore.get();

/** Head office's page, from wherever it was asked for. */
export function openSyncPage(): void {
  const page = pageStore.get();
  if (page !== "sync") beforeSync = page;
  pageStore.set("sync");
}

/** Back to where it was asked for. */
export function leaveSyncPage(): void {
  pageStore.set(beforeSync);
}

/** Long enough to read two sentences; the next success takes it away sooner. */
const troubleShownMs = 8_000;
let troubleTimer: number | undefined;

export function showTrouble(trouble: Trouble): void {
  window.clearTimeout(troubleTimer);
  troubleStore.set(trouble);
  troubleTimer = window.setTimeout(() => troubleStore.set(null), troubleShownMs);
}

export function showHint(hint: Hint): void {
  showTrouble({ kind: "hint", hint });
}

/**
 * Sends an intent and says on the strip why it was refused; asks for a manager's PIN where that would help. A dialog that
 * shows faults itself uses `send` instead.
 */
export async function act<N extends IntentName>(intent: N, args: IntentArgs<N>): Promise<IntentResult<N>> {
  const result = await send(intent, args);
  if (result.ok) troubleStore.set(null);
  else if (result.fault.kind === "approval-needed" && isApprovable(intent)) askApproval(intent, args);
  else showTrouble({ kind: "fault", fault: result.fault });
  return result;
}

/**
 * For a dialog that stays open over an approval and shows faults itself. `onDone` hears the answer, given at once or by
 * the manager's word; answers what was refused, or null when it is done or a manager has been asked.
 */
export async function actInDialog<N extends ApprovableIntent>(
  intent: N,
  args: IntentArgs<N>,
  onDone: (answer: IntentAnswer<N>) => void,
): Promise<IntentFault | null> {
  const result = await send(intent, args);
  if (result.ok) onDone(result.value);
  else if (result.fault.kind === "approval-needed") askApproval(intent, args, onDone);
  else return result.fault;
  return null;
}

function isApprovable(intent: IntentName): intent is ApprovableIntent {
  return approvable.some((one) => one === intent);
}

function askApproval<N extends ApprovableIntent>(
  intent: N,
  args: object,
  onDone: (answer: IntentAnswer<N>) => void = () => {},
): void {
  approvalStore.set({
    intent,
    stopId: "stopId" in args ? String(args.stopId) : null,
    async retry(approvalPin) {
      // The same arguments main has just judged, with the one key that all approvable intents share.
      const result = await send(intent, { ...args, approvalPin } as IntentArgs<N>);
      if (result.ok) onDone(result.value);
      return result;
    },
  });
}

let lastTurn: Promise<unknown> = Promise.resolve();

/**
 * Runs work that reads the view and then acts on it, one after the other: main's patch arrives before its answer, so two
 * quick presses of `+` count twice.
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = lastTurn.then(work);
  lastTurn = turn.catch(() => undefined);
  return turn;
}

/** Clears the desk for the next cashier. */
export function clearDesk(): void {
  dialogStore.set(null);
  approvalStore.set(null);
  troubleStore.set(null);
  pageStore.set("till");
}
