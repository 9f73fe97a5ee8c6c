import { type AttemptRow, nothing, settleFailed, settlePaid, step } from "./attempt-moves.ts";

/** What a gateway says is not heard: only head office asks it about a carried order. */
const noGateway = {
  "pay-answered": nothing,
  "native-answered": nothing,
  "query-answered": nothing,
  "reverse-answered": nothing,
  "close-answered": nothing,
  timer: nothing,
} as const;

/** On disk or about to be; the QR is shown once it is. What nobody has seen nobody pays. */
export const carriedCreated: AttemptRow = {
  ...noGateway,
  stored: (attempt, _event, nowMs) => step(attempt, { state: "pending", sentAtMs: nowMs }),
  "cancel-requested": (attempt) => settleFailed(attempt, null),
  proved: nothing,
  resumed: (attempt) => settleFailed(attempt, null),
};

/**
 * The QR is on the customer's display, for as long as it takes and over every restart: nobody here can find out what became
 * of it but by a proof. Once it is given up no proof counts any more, because head office may have begun to give the money
 * back (docs/adr/0014).
 */
export const carriedPending: AttemptRow = {
  ...noGateway,
  stored: nothing,
  "cancel-requested": (attempt, _event, nowMs) =>
    step(
      attempt,
      { state: "abandoned", undoReason: "cashier", undoingSinceMs: nowMs },
      { kind: "settle", outcome: "abandoned" },
    ),
  proved: (attempt, { facts }) => settlePaid(attempt, facts),
  resumed: nothing,
};
