import { isDeepStrictEqual } from "node:util";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { LegacyDoorView } from "#contract/ipc/legacy-intents.ts";
import { ok } from "#core/result.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { LegacyDoors } from "#main/till/ports/legacy-doors.ts";
import { forWhoMaySetUp } from "./who-may-set-up.ts";

/** Which old tills may ask over HTTPS, where, and what they may. All are a manager's. */
export const doorIntents = {
  "legacy-door": {
    needs: "signed-in",
    run: (till: TillContext): Outcome<LegacyDoorView> =>
      forWhoMaySetUp(till, till.deps.legacyDoors, (doors) => ok(viewOf(till, doors))),
  },
  "save-legacy": {
    needs: "signed-in",
    run: (till: TillContext, settings: IntentArgs<"save-legacy">) =>
      forWhoMaySetUp(till, till.deps.legacyDoors, async (doors): Promise<Outcome<LegacyDoorView>> => {
        const cashierId = till.state.cashier?.id ?? null;
        const saved = await doors.save(settings);
        if (!saved.ok) return refuse(saved.fault);
        const { before, after } = saved.value;
        if (!isDeepStrictEqual(before, after)) note(till, "legacy-changed", { before, after, cashierId });
        return ok(viewOf(till, doors));
      }),
  },
  "pair-legacy": {
    needs: "signed-in",
    run: (
      till: TillContext,
      { name }: IntentArgs<"pair-legacy">,
    ): Outcome<LegacyDoorView & { readonly token: string }> =>
      forWhoMaySetUp(till, till.deps.legacyDoors, (doors) => {
        const token = doors.pair(name);
        if (token === null) return refuse("too-many-old-tills");
        note(till, "legacy-paired", { name, cashierId: till.state.cashier?.id ?? null });
        return ok({ ...viewOf(till, doors), token });
      }),
  },
  "unpair-legacy": {
    needs: "signed-in",
    run: (till: TillContext, { name }: IntentArgs<"unpair-legacy">): Outcome<LegacyDoorView> =>
      forWhoMaySetUp(till, till.deps.legacyDoors, (doors) => {
        if (doors.unpair(name)) note(till, "legacy-unpaired", { name, cashierId: till.state.cashier?.id ?? null });
        return ok(viewOf(till, doors));
      }),
  },
} as const;

function viewOf({ deps }: TillContext, doors: LegacyDoors): LegacyDoorView {
  return { ...doors.view(), serial: deps.config.devices.oldTill ?? null };
}

/** It has happened, so a disk that refuses the note undoes nothing. */
function note(
  till: TillContext,
  kind: "legacy-changed" | "legacy-paired" | "legacy-unpaired",
  body: Readonly<Record<string, unknown>>,
): void {
  withoutFail(till, "note a change of old tills", () => till.deps.store.appendJournal({ kind, body }));
  till.changed("status");
}
