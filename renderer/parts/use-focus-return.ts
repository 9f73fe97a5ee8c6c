import { useLayoutEffect } from "react";

/**
 * Gives the focus back to what had it before this was there, as soon as it is gone: whoever opened a dialog by a key goes
 * on from that key. The search field of the sale screen is left alone: after a dialog, digits are the cart's again.
 */
export function useFocusReturn(): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => {
      if (!(before instanceof HTMLElement) || before === document.body || before.matches("[role=searchbox]")) return;
      if (before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
}
