import { useLayoutEffect, useRef } from "react";

/** Who hears a key first: an approval lies over a dialog, a dialog over the payment, the payment over the screen. */
export type KeyLevel = "screen" | "payment" | "dialog" | "approval";

/** True when the key meant something; it then does nothing else. */
export type KeyHandler = (event: KeyboardEvent) => boolean;

const order: Readonly<Record<KeyLevel, number>> = { screen: 0, payment: 1, dialog: 2, approval: 3 };

interface Layer {
  readonly rank: number;
  readonly handle: KeyHandler;
}

let layers: readonly Layer[] = [];

/** Hears every key of the window while no higher layer is there. Only the topmost layer is asked. */
export function useKeys(level: KeyLevel, handler: KeyHandler): void {
  const latest = useRef(handler);
  // Before the layer is painted: a key pressed as soon as it is seen must not go to the one below.
  useLayoutEffect(() => {
    latest.current = handler;
  });
  useLayoutEffect(() => {
    const layer: Layer = { rank: order[level], handle: (event) => latest.current(event) };
    if (layers.length === 0) window.addEventListener("keydown", hear);
    layers = [...layers, layer];
    return () => {
      layers = layers.filter((one) => one !== layer);
      if (layers.length === 0) window.removeEventListener("keydown", hear);
    };
  }, [level]);
}

/** A text field or a list box has the focus: printable keys belong to it. */
export function isTyping(event: KeyboardEvent): boolean {
  const { target } = event;
  return target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");
}

/** A button has the focus by Tab: Space and Enter press it. Presses by hand never move the focus. */
export function isOnButton(event: KeyboardEvent): boolean {
  const { target } = event;
  return target instanceof HTMLElement && target.closest("button, a, [role=tab], [role=radio]") !== null;
}

function hear(event: KeyboardEvent): void {
  if (isNotOurs(event)) return;
  const top = layers.reduce<Layer | null>((best, one) => (best === null || one.rank >= best.rank ? one : best), null);
  if (top?.handle(event)) event.preventDefault();
}

/** Keys that an input method is still turning into characters, and those of the system. */
export function isNotOurs(event: KeyboardEvent): boolean {
  return event.isComposing || event.key === "Process" || event.altKey || event.ctrlKey || event.metaKey;
}

/** Presses by finger or mouse leave the focus where it was, so that the next Space still means what it says on the key. */
export function keepFocus(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  const pressed = event.target.closest("button, [role=tab], [role=option]");
  if (pressed === null) return;
  event.preventDefault();
  const active = document.activeElement;
  const dialog = pressed.closest("[role=dialog]");
  if (active instanceof HTMLElement && dialog === null) active.blur();
}
