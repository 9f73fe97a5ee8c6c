import { isNotOurs } from "./keys.ts";

/** More keys than anybody presses before a page is there; what comes after them is lost. */
const mostHeld = 16;
/** A key that was pressed so long before was not meant for this page any more. Milliseconds. */
const heldForMs = 3_000;
/** They do nothing by themselves, or, like Tab, nothing that could be done later. */
const notHeld = new Set(["Shift", "CapsLock", "NumLock", "Tab"]);

let holders = 0;
let held: readonly KeyboardEvent[] = [];

/**
 * Keeps keys back from now on, for a page or dialog that is on its way: what is on the screen until then must not hear what
 * is meant for it. The answer is to be called once: with true when it is there, and its keys are pressed then; with false
 * when it is not wanted any more, and they are forgotten.
 */
export function holdKeys(): (isHere: boolean) => void {
  if (holders === 0) window.addEventListener("keydown", holdBack, true);
  holders += 1;
  // A dialog puts the focus into its field a turn after it was drawn; the keys come behind that.
  return (isHere) => void setTimeout(() => setTimeout(() => void letGo(isHere)));
}

function holdBack(event: KeyboardEvent): void {
  if (isNotOurs(event) || notHeld.has(event.key)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (held.length < mostHeld && !event.repeat) held = [...held, event];
}

async function letGo(isHere: boolean): Promise<void> {
  holders -= 1;
  if (holders > 0) return;
  window.removeEventListener("keydown", holdBack, true);
  const pressed = held;
  held = [];
  if (!isHere) return;
  for (const event of pressed) {
    if (performance.now() - event.timeStamp < heldForMs) pressAgain(event);
    // What one key opens is drawn before the next is heard.
    await Promise.resolve();
  }
}

function pressAgain({ key, code, shiftKey }: KeyboardEvent): void {
  const at = document.activeElement ?? document.body;
  const event = new KeyboardEvent("keydown", { key, code, shiftKey, bubbles: true, cancelable: true });
  const isUnheard = at.dispatchEvent(event);
  // Characters of a real key come into a field by themselves; these do not.
  if (isUnheard && key.length === 1 && at instanceof HTMLInputElement) write(at, key);
}

function write(field: HTMLInputElement, character: string): void {
  const { selectionStart, selectionEnd, value, maxLength } = field;
  if (selectionStart === null || selectionEnd === null) return;
  if (maxLength >= 0 && value.length - (selectionEnd - selectionStart) >= maxLength) return;
  field.setRangeText(character, selectionStart, selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, data: character, inputType: "insertText" }));
}
