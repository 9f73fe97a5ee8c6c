import type { NotFoundWhy } from "#contract/wire/refund-grant.ts";
import { fen } from "#core/money/fen.ts";
import type { RefundCheck } from "#core/refund/sale-refund.ts";
import { fail, ok } from "#core/result.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { AskedGrant } from "#main/till/ports/shop-refunds.ts";
import { grantsInDrafts } from "#main/till/returns/exchange-drafts.ts";
import type { Refundable } from "./refundable-sale.ts";

interface Asked {
  readonly tenderId: string;
  readonly amountFen: number;
  readonly inCash?: boolean | undefined;
}

/**
 * Asks head office, or the shop's relay, whether so much of this sale may go back beside what other tills give. Where
 * neither answers, a sale of this till goes back by its own knowledge, another till's by its genuine receipt alone; both are
 * marked, and head office tells if it came to too much. Null: this till is not enrolled, and nobody else knows its sales.
 * @param goods what comes back for it; money that goes back without goods has none
 */
export async function claimRefund(
  till: TillContext,
  refundable: Refundable,
  asked: Asked,
  goods?: AskedGrant["goods"],
): Promise<Outcome<RefundCheck | null>> {
  const { store, newId, sync } = till.deps;
  if (sync === null || sync === undefined || !sync.refunds.isOpen()) return ok(null);
  const { sold, other } = refundable;
  const grantId = newId();
  // On disk before the question leaves: if this process dies with the answer on its way, the next one gives it back.
  store.beginGrant(grantId);
  const told = await sync.refunds.grant({
    ...{ grantId, sale: { terminalId: sold.terminalId, saleId: sold.saleId } },
    ...{ tenderId: asked.tenderId, amountFen: asked.amountFen },
    ...(goods === undefined ? {} : { goods }),
    // Of its own sale a till says itself what was paid: the sale may not have arrived there yet.
    receipt: other === null ? sync.refunds.receiptCode(sold) : other.receipt,
  });
  const unchecked = { kind: "unchecked", grantId } as const;
  if (told === null) {
    sync.now();
    return mayGoUnchecked(till, refundable, asked, unchecked);
  }
  if (told === "refused") {
    // Not out of reach: a till that was taken out of use gives back its own sales alone.
    if (other === null) return ok(unchecked);
    giveUpClaim(till, unchecked);
    return refuse("refund-till-refused");
  }
  const { place, answer } = told;
  if (answer.kind === "granted") return ok({ kind: "granted", by: place, grantId });
  // Whoever answers for an own sale does not know it yet.
  if (answer.kind === "not-found" && other === null) return ok(unchecked);
  // A relay knows only what was sold while the line was out.
  if (answer.kind === "not-found" && place === "relay") return mayGoUnchecked(till, refundable, asked, unchecked);
  store.dropGrant(grantId);
  switch (answer.kind) {
    case "over":
      return fail({ kind: "over-refundable", remainingFen: fen(answer.remainingFen) });
    case "over-line":
      return fail({ kind: "return-over-line", lineNumber: answer.lineNumber, remaining: answer.remaining });
    case "unknown-tender":
      return refuse("no-such-tender");
    case "not-found":
      return refuse(notFoundFault[answer.why]);
  }
}

/** What is wrong with a sale that was asked for elsewhere. */
export const notFoundFault = {
  "unknown-sale": "sale-not-at-office",
  "not-genuine": "receipt-not-genuine",
  "revoked-till": "receipt-of-revoked-till",
} as const satisfies Record<NotFoundWhy, string>;

function mayGoUnchecked(
  till: TillContext,
  { sold, other }: Refundable,
  asked: Asked,
  unchecked: Extract<RefundCheck, { readonly kind: "unchecked" }>,
): Outcome<RefundCheck> {
  const fault = other === null ? null : uncheckedFault(till, sold.tenders, other.receipt !== null, asked);
  if (fault === null) return ok(unchecked);
  giveUpClaim(till, unchecked);
  return refuse(fault);
}

/** The shop's rule for another till's sale while nobody can be asked. */
function uncheckedFault(
  till: TillContext,
  tenders: Refundable["sold"]["tenders"],
  hasReceipt: boolean,
  { tenderId, inCash }: Asked,
): "refund-needs-receipt" | "refund-offline-not-allowed" | "refund-offline-cash-only" | null {
  if (!hasReceipt) return "refund-needs-receipt";
  const rule = till.deps.config.headOffice?.offlineRefunds ?? "cash-and-wechat";
  if (rule === "none") return "refund-offline-not-allowed";
  const isByGateway = tenders.find((tender) => tender.tenderId === tenderId)?.kind === "wechat" && inCash !== true;
  return rule === "cash" && isByGateway ? "refund-offline-cash-only" : null;
}

/** Nothing is given under it: the journal says so, and it counts against no other till any more. */
export function giveUpClaim(till: TillContext, claim: RefundCheck | null): void {
  if (claim === null) return;
  withoutFail(till, "give a grant back", () => till.deps.store.returnGrant(claim.grantId));
}

/** At the start: grants that the last process asked for and did not use. */
export function giveUpOpenClaims(till: TillContext): void {
  const { store } = till.deps;
  withoutFail(till, "give open grants back", () => {
    const needed = grantsInDrafts(till);
    for (const grantId of store.openGrants()) if (!needed.has(grantId)) store.returnGrant(grantId);
  });
}

const underWay = new WeakMap<TillContext, Map<string, Promise<Outcome<unknown>>>>();

/** A key that is pressed twice while somebody is being asked waits for the one answer. */
export function oncePerRequest<T>(
  till: TillContext,
  requestId: string,
  run: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const running = underWay.get(till) ?? new Map<string, Promise<Outcome<unknown>>>();
  underWay.set(till, running);
  const before = running.get(requestId);
  // Stored below under this request, which asks for one thing.
  if (before !== undefined) return before as Promise<Outcome<T>>;
  const begun = run().finally(() => running.delete(requestId));
  running.set(requestId, begun);
  return begun;
}
