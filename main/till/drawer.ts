import type { TillContext } from "#main/till/context.ts";
import { withdrawNotices } from "#main/till/notices.ts";
import type { DrawerState } from "#main/till/ports/devices.ts";

/** What the drawer's switch says now; null when nobody can tell any more. A reminder to shut it goes when it is shut. */
export function noteDrawer(till: TillContext, drawer: Pick<DrawerState, "isOpen"> | null): void {
  till.state.isDrawerOpen = drawer?.isOpen ?? null;
  if (till.state.isDrawerOpen !== true) withdrawNotices(till, (notice) => notice.kind === "drawer-open");
  till.changed("status");
}
