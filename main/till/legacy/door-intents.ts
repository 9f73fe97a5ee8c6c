import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { LegacyDoorView } from "#contract/ipc/legacy-intents.ts";
import { may } from "#core/access/permissions.ts";
import { ok } from "#core/result.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { LegacyDoors } from "#main/till/ports/legacy-doors.ts";

const noDoor: LegacyDoorView = { state: "off", url: "", fingerprint: "", pairings: [] };

/** Which old tills may ask over HTTPS. All are a manager's. */
export const doorIntents = {
  "legacy-door": {
    needs: "signed-in",
    run: (till: TillContext): Outcome<LegacyDoorView> =>
      till.deps.legacyDoors === null || till.deps.legacyDoors === undefined
        ? ok(noDoor)
        : asManager(till, (doors) => ok(doors.view())),
  },
  "pair-legacy": {
    needs: "signed-in",
    run: (
      till: TillContext,
      { name }: IntentArgs<"pair-legacy">,
    ): Outcome<LegacyDoorView & { readonly token: string }> =>
      asManager(till, (doors) => {
        const token = doors.pair(name);
        if (token === null) return refuse("too-many-old-tills");
        note(till, "legacy-paired", name);
        return ok({ ...doors.view(), token });
      }),
  },
  "unpair-legacy": {
    needs: "signed-in",
    run: (till: TillContext, { name }: IntentArgs<"unpair-legacy">): Outcome<LegacyDoorView> =>
      asManager(till, (doors) => {
        if (doors.unpair(name)) note(till, "legacy-unpaired", name);
        return ok(doors.view());
      }),
  },
} as const;

function asManager<T>(till: TillContext, work: (doors: LegacyDoors) => Outcome<T>): Outcome<T> {
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  if (may(cashier.role, { kind: "change-settings" }) !== "yes") return refuse("not-allowed");
  const doors = till.deps.legacyDoors ?? null;
  return doors === null ? refuse("not-allowed") : work(doors);
}

/** It has happened, so a disk that refuses the note undoes nothing. */
function note(till: TillContext, kind: "legacy-paired" | "legacy-unpaired", name: string): void {
  const body = { name, cashierId: till.state.cashier?.id ?? null };
  withoutFail(till, "note a pairing", () => till.deps.store.appendJournal({ kind, body }));
  till.changed("status");
}
