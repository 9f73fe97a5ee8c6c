import type { OfficeAnswer, Question } from "./signed-wire.ts";

/** Who answers for the shop: head office, or the shop's relay. */
export type PlaceKind = "office" | "relay";

/** Somebody stands at the counter meanwhile. The relay is on the shop's own network, head office behind its line. Milliseconds. */
const limitsMs: Readonly<Record<PlaceKind, number>> = { office: 6_000, relay: 3_000 };

export interface Nearest {
  /** Head office first; without the relay where the shop has none. */
  readonly places: readonly PlaceKind[];
  /**
   * Asks head office, and where that does not answer the relay; says whose answer it is. Head office may have heard all the
   * same: only for what may be asked at both. A refusal is an answer. Never rejects, and nothing is asked again.
   */
  ask<T>(question: Question<T>): Promise<{ readonly place: PlaceKind; readonly answer: OfficeAnswer<T> }>;
  /** Asks the one place and no other. */
  askAt<T>(place: PlaceKind, question: Question<T>): Promise<OfficeAnswer<T>>;
}

/** Asks one place in the till's name; both clients have it. */
export interface Askable {
  ask<T>(question: Question<T>): Promise<OfficeAnswer<T>>;
}

/** Signed questions that are not the journal, to whoever of the two is there. */
export function createNearest(office: Askable, relay: Askable | null): Nearest {
  async function askAt<T>(place: PlaceKind, question: Question<T>): Promise<OfficeAnswer<T>> {
    const client = place === "office" ? office : relay;
    if (client === null) return { kind: "no-answer", isTimeout: false, detail: "this shop has no relay" };
    const limited = { ...question, timeoutMs: limitsMs[place] };
    const answer = await client.ask(limited);
    // The answer brought the time by which the next one is signed.
    const isClock = answer.kind === "refused" && answer.fault.kind === "wrong-clock";
    return isClock ? client.ask(limited) : answer;
  }

  return {
    places: relay === null ? ["office"] : ["office", "relay"],
    askAt,
    async ask(question) {
      const answer = await askAt("office", question);
      if (answer.kind !== "no-answer" || relay === null) return { place: "office", answer };
      return { place: "relay", answer: await askAt("relay", question) };
    },
  };
}
