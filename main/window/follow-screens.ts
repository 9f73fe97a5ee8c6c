import { type BrowserWindow, type Display, type Rectangle, screen } from "electron";

export interface FollowedWindows {
  readonly till: BrowserWindow;
  /** The customer's; null while there is none. */
  customer(): BrowserWindow | null;
  /** False where the customer's window stands where somebody told it to, or is a plain window of the demo store. */
  readonly hasCustomerScreen: boolean;
  /** Makes the customer's window on a screen that was not there when the till opened. */
  openCustomer(): void;
  readonly log: (what: string, facts: Record<string, unknown>) => void;
}

/**
 * Screens that are unplugged and plugged in while the till is open. Without its screen the customer's window would be put over
 * the cashier's by the system: it is hidden, and shown again, in full, on the screen that comes back. The cashier's
 * window goes where there is a screen.
 */
export function followScreens(windows: FollowedWindows): void {
  const { till, customer, hasCustomerScreen, openCustomer, log } = windows;
  /** Where the customer's window was when its screen went; null while it has one. */
  let lost: { readonly id: number } | null = null;

  const removed = (_event: unknown, gone: Display): void => {
    log("a screen was unplugged", { id: gone.id, left: screen.getAllDisplays().length });
    if (till.isDestroyed()) return;
    keepOnScreen(till);
    const window = customer();
    if (!hasCustomerScreen || window === null || window.isDestroyed() || !window.isVisible()) return;
    if (!isInside(window.getBounds(), gone.bounds) && customerScreens().length > 0) return;
    lost = { id: gone.id };
    window.setFullScreen(false);
    window.hide();
    till.focus();
  };

  const added = (_event: unknown, come: Display): void => {
    log("a screen was plugged in", { id: come.id });
    if (!hasCustomerScreen || till.isDestroyed()) return;
    const window = customer();
    if (window === null) {
      if (customerScreens().length > 0) openCustomer();
      return;
    }
    if (lost === null || window.isDestroyed()) return;
    const [first] = customerScreens();
    const target = customerScreens().find(({ id }) => id === lost?.id) ?? first;
    if (target === undefined) return;
    lost = null;
    window.setBounds(target.bounds);
    window.setFullScreen(true);
    window.showInactive();
  };

  screen.on("display-removed", removed);
  screen.on("display-added", added);
  till.once("closed", () => {
    screen.off("display-removed", removed);
    screen.off("display-added", added);
  });
}

/** Every screen but the main one. */
function customerScreens(): readonly Display[] {
  const main = screen.getPrimaryDisplay().id;
  return screen.getAllDisplays().filter(({ id }) => id !== main);
}

/** Back onto the main screen where no screen shows the middle of it. */
function keepOnScreen(window: BrowserWindow): void {
  const { x, y, width, height } = window.getBounds();
  const middle = { x: x + width / 2, y: y + height / 2, width: 0, height: 0 };
  if (screen.getAllDisplays().some(({ bounds }) => isInside(middle, bounds))) return;
  window.setBounds(screen.getPrimaryDisplay().workArea);
}

function isInside(inner: Rectangle, outer: Rectangle): boolean {
  const [x, y] = [inner.x + inner.width / 2, inner.y + inner.height / 2];
  return x >= outer.x && x < outer.x + outer.width && y >= outer.y && y < outer.y + outer.height;
}
