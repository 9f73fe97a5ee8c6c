import { readLedger } from "#tests/support/books.ts";
import type { Shop } from "#tests/support/shop.ts";
import { type Finding, keptOf } from "./judge.ts";
import { fenOf, type Note } from "./old-till-words.ts";

/** What the till says became of a request, and what the gateway had done of it by then. */
export interface Claim extends Pick<Note, "number" | "service" | "category"> {
  readonly moved: Moved;
  readonly said: string;
}

interface Moved {
  /** Money has gone the way that was asked for, or is promised. */
  readonly isMoved: boolean;
  /** Money that goes back and has not arrived. */
  readonly isOnItsWay: boolean;
}

export async function movedOf(shop: Shop, { number, category }: Pick<Note, "number" | "category">): Promise<Moved> {
  const orders = (await readLedger(shop)).orders.filter(({ amountFen }) => amountFen === fenOf(number));
  const refunds = orders.flatMap((order) => order.refunds);
  const isCharged = orders.some((order) => keptOf(order) > 0);
  return {
    isMoved: category === "Payment" ? isCharged : refunds.length > 0,
    isOnItsWay: refunds.some(({ status }) => status === "PROCESSING"),
  };
}

/** Refused before anything was kept of it, so that its status is that there was none. */
const keptNowhere = ["NotAllowed", "NotFound"];

/**
 * A status is true that says the request's own end, that nobody knows yet while there is none, or that nothing was begun
 * where the gateway has moved nothing. The last one of each request was asked when it had its end.
 */
export function untrueClaims(claims: readonly Claim[], notes: readonly Note[]): readonly Finding[] {
  const last = new Map(claims.map((claim) => [claim.service, claim]));
  return claims
    .filter((claim) => {
      const { said, service, moved } = claim;
      const end = notes.find((note) => note.service === service)?.word ?? null;
      if (said === end) return false;
      if (last.get(service) === claim && end !== null) return said !== "NotFound" || !keptNowhere.includes(end);
      return said === "NotFound" ? moved.isMoved : said !== "InProgress";
    })
    .map(({ service, said }) => ({ kind: "untrue", what: `the status of ${service} was ${said}` }));
}
