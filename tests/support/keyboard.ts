import type { TillUnderTest } from "./open-till.ts";

/** A key as it is pressed on the keyboard in front of the till. */
export interface KeyPress {
  readonly keyCode: string;
  readonly isShift: boolean;
}

/**
 * Presses keys on the till's window the way the operating system does: main hears them before the page. Playwright's own
 * keyboard speaks to the page alone. One key every `gapMs`, the first after `restMs`, in which a hand reaches for the
 * scanner; "⏎" is Enter. Resolves when the last one was pressed.
 */
export async function pressKeys(till: TillUnderTest, text: string, gapMs: number, restMs = 0): Promise<void> {
  await till.app.evaluate(
    async ({ BrowserWindow }, { keys, everyMs, afterMs }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes("index.html"));
      if (window === undefined) throw new Error("the till has no window");
      const left = [...keys];
      const began = performance.now();
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          if (performance.now() - began < afterMs) return;
          const key = left.shift();
          if (key === undefined) {
            clearInterval(timer);
            resolve();
            return;
          }
          const { keyCode, isShift } = key;
          const modifiers = isShift ? (["shift"] as const) : [];
          const press = (type: "keyDown" | "char" | "keyUp"): void =>
            window.webContents.sendInputEvent({ type, keyCode, modifiers: [...modifiers] });
          press("keyDown");
          press("char");
          press("keyUp");
        }, everyMs);
      });
    },
    { keys: keysOf(text), everyMs: gapMs, afterMs: restMs },
  );
}

function keysOf(text: string): readonly KeyPress[] {
  return [...text].map((character) => {
    if (character === "⏎") return { keyCode: "Enter", isShift: false };
    return { keyCode: character, isShift: /[A-Z~!@#$%^&*()_+{}|:"<>?]/.test(character) };
  });
}

/** What the page shows while a Chinese input method is on: the letters it was given, as a composition. */
export async function compose(till: TillUnderTest, text: string): Promise<void> {
  const page = await till.page.context().newCDPSession(till.page);
  await page.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
}

/** What main hears meanwhile: the method has each key first, and all that is left of it is "Process" and where it lies. */
export async function pressComposedKeys(till: TillUnderTest, text: string, gapMs: number): Promise<void> {
  await till.app.evaluate(
    async ({ BrowserWindow }, { codes, everyMs }) => {
      const window = BrowserWindow.getAllWindows().find((one) => one.webContents.getURL().includes("index.html"));
      const left = [...codes];
      await new Promise<void>((resolve) => {
        const timer = setInterval(() => {
          const code = left.shift();
          if (code === undefined || window === undefined) {
            clearInterval(timer);
            resolve();
            return;
          }
          const input = { type: "keyDown", key: "Process", code, isAutoRepeat: false, isComposing: true };
          const modifiers = { shift: false, control: false, alt: false, meta: false, location: 0, modifiers: [] };
          window.webContents.emit("before-input-event", { preventDefault() {} }, { ...input, ...modifiers });
        }, everyMs);
      });
    },
    { codes: codesOf(text), everyMs: gapMs },
  );
}

function codesOf(text: string): readonly string[] {
  return [...text].map((one) => (one === "⏎" ? "Enter" : /\d/.test(one) ? `Digit${one}` : `Key${one.toUpperCase()}`));
}
