import { may, type Action, type Permission } from "#core/access/permissions.ts";
import type { TillContext } from "#main/till/context.ts";

/** What the shop's rights, as they are now, say to whoever is signed in; `no` where nobody is. */
export function permissionFor({ state, deps }: TillContext, action: Action): Permission {
  return state.cashier === null ? "no" : may(state.cashier.role, action, deps.store.rights());
}
