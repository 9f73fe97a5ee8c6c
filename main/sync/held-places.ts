import { givenSchema, heldListSchema, takenSchema } from "#contract/wire/held.ts";
import type { Log } from "#main/log/open-log.ts";
import type { HeldPlace, HeldPlaces, PlacedRow } from "#main/till/ports/held-places.ts";
import type { Nearest, PlaceKind } from "./nearest.ts";
import type { OfficeAnswer, Question } from "./signed-wire.ts";

interface HeldPlacesDeps {
  readonly nearest: Nearest;
  readonly isEnrolled: () => boolean;
  /** By whose key answers of this place count now; null where it is not known. */
  readonly keyOf: (kind: PlaceKind) => Promise<string | null>;
  readonly log: Log;
}

/** Where sales held for every till lie: asked beside the journal, one question after the other for each sale. */
export function createHeldPlaces({ nearest, isEnrolled, keyOf, log }: HeldPlacesDeps): HeldPlaces {
  const listQuestion = { method: "GET", path: "/v1/held", body: null, schema: heldListSchema } as const;

  async function listAt(kind: PlaceKind): Promise<readonly PlacedRow[] | null> {
    const key = await keyOf(kind);
    const held = key === null ? null : await decided(kind, listQuestion);
    if (key === null || held === null) return null;
    return held.held.map((row) => ({ ...row, place: { kind, key } }));
  }

  /** Only what the place has signed in full decides anything: all else may have been heard or not. */
  async function decided<T>(kind: PlaceKind, question: Question<T>): Promise<T | null> {
    const answer = await nearest.askAt(kind, question);
    if (answer.kind === "ok") return answer.value;
    log.warn("sales held for every till", { place: kind, path: question.path, ...factsOf(answer) });
    return null;
  }

  async function decidedAt<T>({ kind, key }: HeldPlace, question: Question<T>): Promise<T | null> {
    // Another office or relay under this address would take for new what the old one may have.
    return (await keyOf(kind)) === key ? decided(kind, question) : null;
  }

  return {
    isOpen: isEnrolled,
    async nearest() {
      for (const kind of nearest.places) {
        const key = await keyOf(kind);
        if (key !== null && (await decided(kind, listQuestion)) !== null) return { kind, key };
      }
      return null;
    },
    async list() {
      const lists = await Promise.all(nearest.places.map(listAt));
      return { rows: lists.flatMap((rows) => rows ?? []), isWhole: lists.every((rows) => rows !== null) };
    },
    give: (place, give) => decidedAt(place, { method: "POST", path: "/v1/held", body: give, schema: givenSchema }),
    take: (place, giveId, takeId) =>
      decidedAt(place, { method: "POST", path: "/v1/held/takes", body: { giveId, takeId }, schema: takenSchema }),
  };
}

function factsOf(answer: Exclude<OfficeAnswer<unknown>, { readonly kind: "ok" }>): Record<string, unknown> {
  if (answer.kind === "refused") return { fault: answer.fault.kind, detail: answer.fault.detail };
  return { ...answer };
}
