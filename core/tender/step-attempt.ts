import { type Fen, maxFen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import type {
  Attempt,
  AttemptKind,
  AttemptState,
  AttemptStep,
  AttemptTiming,
  CarriedFacts,
  MoneyWord,
  PayProtocol,
  StepAttempt,
} from "./attempt.ts";
import { type AttemptRow, type EventByKind, type EventKind, finishedRow } from "./attempt-moves.ts";
import { carriedCreated, carriedPending } from "./carried-cells.ts";
import { codepayCreated, codepayPending, codepaySent, codepayUndoing } from "./codepay-cells.ts";
import { nativeCreated, nativePending, nativeSent, nativeUndoing } from "./native-cells.ts";

type AttemptTable = Readonly<Record<AttemptKind, Readonly<Record<AttemptState, AttemptRow>>>>;

const finished = { paid: finishedRow, failed: finishedRow, reversed: finishedRow, abandoned: finishedRow } as const;

/** Every kind × state × event has a cell of its own; the compiler refuses a table with a hole. */
export const attemptTable: AttemptTable = {
  codepay: {
    created: codepayCreated,
    sent: codepaySent,
    pending: codepayPending,
    undoing: codepayUndoing,
    ...finished,
  },
  native: {
    created: nativeCreated,
    sent: nativeSent,
    pending: nativePending,
    undoing: nativeUndoing,
    ...finished,
  },
  carried: {
    created: carriedCreated,
    pending: carriedPending,
    // It is never sent and never undone from here; whoever found one so would wait for its proof.
    sent: carriedPending,
    undoing: carriedPending,
    ...finished,
  },
};

/**
 * What one event makes of a payment attempt: its next form and what to do next, as data. Total: an event that means
 * nothing in a state changes nothing, and a finished attempt never moves again.
 *
 * The driver stores the attempt, then performs the effects in order. It may skip a query, reverse or close while the
 * same one is still in flight. Progress never hangs on an answer: a `wait` always runs while an attempt is sent,
 * pending or undoing, so a lost answer costs time and nothing else.
 *
 * Never both: an attempt settles `paid`, or it is undone. A payment that shows up while a codepay attempt is being
 * undone counts as paid only when no reverse may have left yet and neither the cashier nor a restart asked for the
 * undo (the customer may have gone); otherwise the reverse goes on until the gateway says revoked, closed or refunded.
 * A native order is never reversed, only closed: closing a paid order changes nothing, so there paid always wins.
 * A carried one is paid by a proof or abandoned by the cashier, whichever comes first, and nothing follows either.
 */
export const stepAttempt: StepAttempt = (attempt, event, nowMs, timing) => answerEvent(attempt, event, nowMs, timing);

/** A new attempt, not yet on disk. `amountFen` is at least one fen; `nowMs` is the till's clock. */
export function newAttempt(request: {
  readonly kind: AttemptKind;
  readonly outTradeNo: string;
  readonly saleId: string;
  readonly tenderId: string;
  readonly amountFen: Fen;
  readonly nowMs: number;
  /** `v3` unless the merchant's payment codes go over v2. */
  readonly protocol?: PayProtocol;
  /** Of a carried attempt: what its QR asks for, and the QR. */
  readonly request?: { readonly facts: CarriedFacts; readonly address: string };
}): Attempt {
  assert(request.amountFen > 0 && request.amountFen <= maxFen, "a payment attempt is for at least one fen");
  const protocol = request.protocol ?? "v3";
  assert(request.kind === "codepay" || protocol === "v3", "a QR order exists in v3 only");
  assert((request.kind === "carried") === (request.request !== undefined), "a carried attempt has its request");
  return {
    kind: request.kind,
    protocol,
    outTradeNo: request.outTradeNo,
    saleId: request.saleId,
    tenderId: request.tenderId,
    amountFen: request.amountFen,
    state: "created",
    createdAtMs: request.nowMs,
    sentAtMs: null,
    deadlineAtMs: null,
    undoingSinceMs: null,
    undoTries: 0,
    undoReason: null,
    undoAcceptedAtMs: null,
    wasResumed: false,
    customerIsEnteringPassword: false,
    codeUrl: request.request?.address ?? null,
    ...(request.request === undefined ? {} : { carried: request.request.facts }),
    paid: null,
    refused: null,
    lastUnknown: null,
    wasRefunded: false,
    needsManager: false,
  };
}

/** Paid, failed, reversed or abandoned: nothing will change it any more, and the sale may start its next attempt. */
export function isFinished({ state }: Attempt): boolean {
  return state === "paid" || state === "failed" || state === "reversed" || state === "abandoned";
}

/**
 * A payment code's undo that found no end within the window: reverses are refused by then, and whatever the gateway
 * says later, this attempt never becomes a sale's. A native order in that state still may, so it is not given back that way.
 */
export function isUndoGivenUp({ kind, state, needsManager, undoTries }: Attempt): boolean {
  return kind === "codepay" && state === "undoing" && needsManager && undoTries > 0;
}

/**
 * The word for the screens. Anything unfinished is not known, also while it waits to be sent; and so is an abandoned one,
 * whose customer may have paid: that it took nothing, or went back, head office alone can say.
 */
export function moneyWord(attempt: Attempt): MoneyWord {
  if (attempt.state === "paid") return "paid";
  if (attempt.state === "abandoned") return "not-known";
  return isFinished(attempt) ? "not-paid" : "not-known";
}

/** Ties the event to the cell of its own kind, which a plain index into the row would lose. */
function answerEvent<K extends EventKind>(
  attempt: Attempt,
  event: EventByKind<K>,
  nowMs: number,
  timing: AttemptTiming,
): AttemptStep {
  const row = attemptTable[attempt.kind][attempt.state];
  const kind: K = event.kind;
  return row[kind](attempt, event, nowMs, timing);
}
