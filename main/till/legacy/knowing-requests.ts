import { createHash } from "node:crypto";
import type { RequestHeader } from "#contract/nexo/header.ts";
import type { Fen } from "#core/money/fen.ts";
import type { TillContext } from "#main/till/context.ts";
import type { LegacyPeer } from "#main/till/ports/legacy-desk.ts";
import type { LegacySession } from "#main/till/ports/legacy-store.ts";
import type { Draft } from "#main/till/ports/sales-store.ts";

/** How long a ServiceID stays that request's: after two days an old till may use it for another. */
const serviceIdMs = 48 * 3_600_000;

/** What makes a request the one it is. */
export interface Identity {
  readonly category: LegacySession["category"];
  readonly transactionId: string;
  readonly transactionAt: string;
  readonly amountFen: Fen;
}

export interface Asked extends Identity {
  readonly header: RequestHeader;
  readonly from: LegacyPeer;
  readonly saleId: string | null;
}

type Repetition =
  | { readonly kind: "new" }
  | { readonly kind: "again"; readonly session: LegacySession }
  /** Known under one of its numbers, as something else. */
  | { readonly kind: "another"; readonly why: string };

/** Whether a request was asked before, in this process or one before it. */
export function repetitionOf(till: TillContext, header: RequestHeader, identity: Identity): Repetition {
  const { store, clock } = till.deps;
  const { SaleID, ServiceID } = header;
  const sameService = store.legacyByService(SaleID, ServiceID, clock.now() - serviceIdMs);
  if (sameService !== null) {
    if (sameService.requestHash === hashOf(identity)) return { kind: "again", session: sameService };
    return { kind: "another", why: "this ServiceID was another request's" };
  }
  if (identity.category !== "Payment") return { kind: "new" };
  const day = identity.transactionAt.slice(0, 10);
  const sameSale = store.legacyByTransaction(SaleID, identity.transactionId, day);
  if (sameSale === null) return { kind: "new" };
  if (sameSale.amountFen !== identity.amountFen)
    return { kind: "another", why: "this SaleTransactionID was asked for with another amount" };
  // What provably took nothing may be tried again; everything else has its one answer.
  return sameSale.end?.outcome === "not-done" ? { kind: "new" } : { kind: "again", session: sameSale };
}

/** Puts the request on disk, with the sale it is for. */
export function beginSession(
  till: TillContext,
  asked: Asked & { readonly saleId: string },
  draft: Draft | null,
): LegacySession {
  const { deps, state } = till;
  const { category, transactionId, transactionAt, amountFen, saleId, header, from } = asked;
  const session: LegacySession = {
    ...{ sessionId: deps.newId(), category, saleSystem: header.SaleID, serviceId: header.ServiceID },
    ...{ poiId: header.POIID, transactionId, transactionAt, amountFen, requestHash: hashOf(asked), saleId },
    ...{ door: from.door, peer: from.name, begunAtMs: deps.clock.now(), end: null },
  };
  const { end: _end, requestHash: _hash, begunAtMs: _at, ...told } = session;
  deps.store.beginLegacy(session, draft, { kind: "legacy-asked", body: { ...told, cashierId: state.cashier?.id } });
  return session;
}

function hashOf({ category, transactionId, transactionAt, amountFen }: Identity): string {
  const words = JSON.stringify([category, transactionId, transactionAt.slice(0, 10), amountFen]);
  return createHash("sha256").update(words).digest("hex");
}
