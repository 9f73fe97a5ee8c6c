import type { RequestHeader } from "#contract/nexo/header.ts";
import type { AbortRequest } from "#contract/nexo/requests.ts";
import type { EventNotification } from "#contract/nexo/responses.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import type { LegacySession } from "#main/till/ports/legacy-store.ts";
import { endUnpaid } from "./ending-sessions.ts";
import { legacyOnScreen } from "./on-screen.ts";

interface AbortEvent {
  readonly EventToNotify: EventNotification["EventToNotify"];
  readonly details: string;
}

/**
 * The old till will not wait. What has no attempt ends here and now; an attempt is cancelled as the cashier would, and
 * only its end says whether the customer had paid: the event promises nothing, the payment's own answer does.
 */
export function abortLegacy(till: TillContext, header: RequestHeader, { MessageReference }: AbortRequest): AbortEvent {
  const { ServiceID, SaleID = header.SaleID } = MessageReference;
  const session = till.deps.store.legacyByService(SaleID, ServiceID, 0);
  // Another system's customer is not this one's to send away.
  if (session === null || SaleID !== header.SaleID) {
    return { EventToNotify: "Reject", details: "no such request" };
  }
  if (session.end !== null) return { EventToNotify: "Completed", details: "it has ended: ask for its status" };
  if (session.category === "Reversal")
    return { EventToNotify: "Reject", details: "money that goes back is not stopped" };
  till.state.legacy.aborted.add(session.sessionId);
  stop(till, session, "Aborted", "aborted by the old till");
  return { EventToNotify: "Abort", details: "its own answer says how it ended" };
}

/** The cashier's key: the customer has left, or changed their mind. */
export function cancelLegacy(till: TillContext): Outcome {
  const session = legacyOnScreen(till);
  if (session === null) return refuse("cannot-cancel");
  stop(till, session, "Cancel", "cancelled at the till");
  return done;
}

function stop(till: TillContext, session: LegacySession, condition: "Aborted" | "Cancel", why: string): void {
  const { attempts, store } = till.deps;
  const unfinished = attempts?.current(session.saleId) ?? null;
  if (unfinished !== null) {
    attempts?.cancel(unfinished.outTradeNo);
    till.changed("payment", "openAttempts");
  } else if (store.attemptsOfSale(session.saleId).length === 0) endUnpaid(till, session, condition, why);
}
