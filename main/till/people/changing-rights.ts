import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { PeoplePageView } from "#contract/ipc/people-intents.ts";
import { changeRight, type RightChange } from "#core/access/rights.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { byManager } from "./changing-people.ts";
import { lockMinutes, touch } from "./lock.ts";

/** All of the changes or none: one that makes no sense refuses the others with it. */
export function saveRights(till: TillContext, args: IntentArgs<"save-rights">): Promise<Outcome<PeoplePageView>> {
  return byManager(till, args.approvalPin, (manager) => {
    const { store } = till.deps;
    let rights = store.rights();
    const noted: object[] = [];
    for (const change of args.changes) {
      const changed = changeRight(rights, change satisfies RightChange);
      if (!changed.ok) return refuse(changed.fault.kind);
      const before = rights[change.role][change.right];
      rights = changed.value;
      noted.push({ role: change.role, right: change.right, before, after: rights[change.role][change.right] });
    }
    store.saveRights(rights, { kind: "rights-changed", body: { changes: noted, by: manager.id } });
    return ok(null);
  });
}

/** When the screen locks, and whether a badge needs its PIN. */
export function saveAccess(till: TillContext, args: IntentArgs<"save-access">): Promise<Outcome<PeoplePageView>> {
  return byManager(till, args.approvalPin, (manager) => {
    const { store } = till.deps;
    const before = { lockMinutes: lockMinutes(till), badgeNeedsPin: store.accessSettings().badgeNeedsPin };
    const after = { lockMinutes: args.lockMinutes, badgeNeedsPin: args.badgeNeedsPin };
    store.saveAccessSettings(after, { kind: "access-changed", body: { before, after, by: manager.id } });
    return touch(till);
  });
}
