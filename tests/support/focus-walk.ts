import type { Page } from "playwright";
import { until, within } from "./poll.ts";

/** What hinders a person without a mouse on one screen; empty where nothing does. */
export type Hindrance = string;

/** A screen has at most this many stops for Tab; more are too many to walk over anyway. */
const mostStops = 240;
/** A press is answered in some ten milliseconds; a page that says nothing for this long stands still. Milliseconds. */
const walkPatienceMs = 90_000;

interface Ring {
  readonly isSeen: boolean;
  readonly contrast: number;
}

interface FocusWatch {
  /** Controls that Tab must come to, in the topmost dialog or, without one, on the page. */
  readonly stops: readonly Element[];
  readonly seen: Element[];
  readonly troubles: string[];
  readonly before: Element | null;
  /** What was marked in the field that had the focus. */
  readonly marked: readonly [number | null, number | null];
  readonly name: (element: Element) => string;
}

declare global {
  var focusWatch: FocusWatch | undefined;
}

/**
 * Walks over a screen with Tab alone, once around, and leaves the focus where it was. Tells of: something that can be
 * pressed but neither focused nor reached by a key, a control Tab never comes to, a focus nobody sees, and a focus that
 * gets behind the open dialog.
 */
export async function walkFocus(page: Page, screen: string): Promise<readonly Hindrance[]> {
  return within(`a walk over ${screen}`, () => walk(page), walkPatienceMs);
}

async function walk(page: Page): Promise<readonly Hindrance[]> {
  const unreachable = await pressedOnly(page);
  const stops = await watchFocus(page);
  if (stops > mostStops) return [...unreachable, `${stops} stops for Tab`];
  // A date has a stop for each of its parts, and the walk begins anywhere; it ends as soon as nothing new is found.
  let quiet = 0;
  let found = 0;
  for (let pressed = 0; pressed < stops * 4 + 8 && quiet < 3; pressed += 1) {
    for (let burst = 0; burst < 6; burst += 1) await page.keyboard.press("Tab");
    const now = await page.evaluate(() => {
      const watch = globalThis.focusWatch;
      const isWhole = watch?.stops.every((stop) => watch.seen.includes(stop) || !stop.isConnected);
      return { found: new Set(watch?.seen).size, isWhole: isWhole === true };
    });
    if (now.isWhole) break;
    quiet = now.found === found ? quiet + 1 : 0;
    found = now.found;
  }
  return [...unreachable, ...(await endWatch(page))];
}

/** What can be pressed but not focused, and has no key either. */
export function pressedOnly(page: Page): Promise<readonly Hindrance[]> {
  return page.evaluate(() => {
    const dialog = [...document.querySelectorAll("[role=dialog]")].at(-1);
    const natural = "button, a[href], input, select, textarea, summary, [contenteditable=true]";
    const handlers = ["onClick", "onMouseDown", "onMouseUp", "onPointerDown", "onPointerUp", "onDoubleClick"];
    const listens = (element: HTMLElement): boolean => {
      if (element.onclick !== null || element.onmousedown !== null || element.onpointerdown !== null) return true;
      const key = Object.keys(element).find((name) => name.startsWith("__reactProps$"));
      const props: unknown = key === undefined ? null : Reflect.get(element, key);
      return (
        typeof props === "object" &&
        props !== null &&
        handlers.some((name) => typeof Reflect.get(props, name) === "function")
      );
    };
    // One of a group that the arrows walk over has the stop for all of it.
    const groups = "[role=tablist], [role=listbox], [role=radiogroup], ol, .tile-grid";
    const hasStop = (element: Element): boolean => {
      const group = element.closest(groups);
      if (group === null || !element.matches("[role=tab], [role=option], [data-row]")) return false;
      return group.matches("[tabindex='0']") || group.querySelector("[tabindex='0']") !== null;
    };
    const hindered: string[] = [];
    for (const element of (dialog ?? document.body).querySelectorAll<HTMLElement>("*")) {
      const isControl = element.matches(
        `${natural}, [role=button], [role=tab], [role=option], [role=menuitem], [role=checkbox]`,
      );
      if (!isControl && !listens(element)) continue;
      if (
        !element.checkVisibility({ visibilityProperty: true }) ||
        element.closest("[inert], :disabled, [aria-disabled=true]") !== null
      )
        continue;
      // Where React keeps the handlers of everything inside, and the veil below a dialog, which Esc takes away.
      if (Object.keys(element).some((key) => key.startsWith("_reactListening"))) continue;
      if (element.matches("[class*=mantine-Modal]")) continue;
      if (element.tabIndex >= 0 && !(element instanceof HTMLLabelElement)) continue;
      if (element.closest("[aria-keyshortcuts]") !== null || hasStop(element)) continue;
      if (element instanceof HTMLLabelElement && element.control !== null) continue;
      // The mark of a box that is checked lies over the box itself.
      if (element.matches("input[type=radio]")) continue;
      const words = (element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 40);
      hindered.push(`only a hand can press <${element.tagName.toLowerCase()} ${element.className}> “${words}”`);
    }
    return hindered;
  });
}

/** Begins to note where the focus goes; answers how many stops Tab must come to. */
function watchFocus(page: Page): Promise<number> {
  return page.evaluate(() => {
    const dialog = [...document.querySelectorAll("[role=dialog]")].at(-1) ?? null;
    const scope = dialog ?? document.body;
    const name = (element: Element): string => {
      const words = (element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 40);
      const id = element.getAttribute("data-testid") ?? element.className;
      return `<${element.tagName.toLowerCase()} ${id}> “${words}”`;
    };
    const isStop = (element: HTMLElement): boolean =>
      element.tabIndex >= 0 &&
      element.matches("button, a[href], input, select, textarea, summary, [tabindex]") &&
      element.closest("[inert], :disabled, [data-focus-guard]") === null &&
      element.checkVisibility({ visibilityProperty: true });
    const stops = [...scope.querySelectorAll<HTMLElement>("*")].filter(isStop).filter((element) => {
      // Of radios that exclude each other only the chosen one is a stop.
      if (!(element instanceof HTMLInputElement) || element.type !== "radio") return true;
      return element.checked;
    });

    const channels = (colour: string): readonly number[] => (colour.match(/[\d.]+/g) ?? ["0", "0", "0"]).map(Number);
    const light = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = channels(colour).map((channel) => {
        const share = channel / 255;
        return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const isOpaque = (colour: string): boolean => channels(colour).length === 3 || channels(colour)[3] === 1;
    const groundOf = (element: Element): string => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (isOpaque(backgroundColor)) return backgroundColor;
      }
      return "rgb(255, 255, 255)";
    };
    const contrast = (one: string, other: string): number => {
      const [a, b] = [light(one), light(other)];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    };
    /** The ring of the element itself, or of the frame that stands around a field. */
    const ringOf = (element: Element): Ring => {
      for (let at: Element | null = element, steps = 0; at !== null && steps < 4; at = at.parentElement, steps += 1) {
        const { outlineStyle, outlineWidth, outlineColor, outlineOffset, boxShadow } = getComputedStyle(at);
        const ground = groundOf(Number.parseFloat(outlineOffset) < 0 ? at : (at.parentElement ?? at));
        if (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2)
          return { isSeen: true, contrast: contrast(outlineColor, ground) };
        // A ring drawn as a shadow: no blur, spread all around.
        const ring = /^(rgb[^)]*\)) 0px 0px 0px ([\d.]+)px$/.exec(boxShadow);
        if (ring !== null && Number(ring[2]) >= 2) return { isSeen: true, contrast: contrast(ring[1] ?? "", ground) };
        // Only fields are framed by what stands around them; a beside-standing date lies unseen over its words.
        if (!element.matches("input, select, textarea")) break;
      }
      // What cannot be seen itself is drawn by its label or by what stands beside it.
      const beside = element.nextElementSibling ?? element.parentElement?.previousElementSibling ?? null;
      if (element instanceof HTMLInputElement && beside !== null) {
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(beside);
        if (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2)
          return { isSeen: true, contrast: contrast(outlineColor, groundOf(beside)) };
      }
      return { isSeen: false, contrast: 0 };
    };

    const before = document.activeElement;
    const field = before instanceof HTMLInputElement ? before : null;
    const marked = [field?.selectionStart ?? null, field?.selectionEnd ?? null] as const;
    const watch: FocusWatch = { stops, seen: [], troubles: [], before, marked, name };
    const hear = ({ target }: FocusEvent): void => {
      if (!(target instanceof Element) || target.closest("[data-focus-guard]") !== null) return;
      if (!watch.seen.includes(target)) {
        const ring = ringOf(target);
        if (target.matches(".dialog-rest, [role=dialog]")) watch.seen.push(target);
        else if (!ring.isSeen) watch.troubles.push(`nobody sees the focus on ${name(target)}`);
        else if (ring.contrast < 3)
          watch.troubles.push(`the focus is hard to see (${ring.contrast.toFixed(1)}) on ${name(target)}`);
        watch.seen.push(target);
      }
      if (dialog !== null && dialog.isConnected && !dialog.contains(target))
        watch.troubles.push(`the focus is behind the dialog, on ${name(target)}`);
    };
    document.addEventListener("focusin", hear);
    globalThis.focusWatch = watch;
    Object.assign(watch, { stop: () => document.removeEventListener("focusin", hear) });
    return stops.length;
  });
}

/** What the walk found; the focus is where it was before it, or nowhere if it was nowhere. */
function endWatch(page: Page): Promise<readonly Hindrance[]> {
  return page.evaluate(() => {
    const watch = globalThis.focusWatch;
    if (watch === undefined) throw new Error("nobody watches the focus");
    const stop: unknown = Reflect.get(watch, "stop");
    if (typeof stop === "function") stop();
    globalThis.focusWatch = undefined;
    const { stops, seen, troubles, before, marked, name } = watch;
    const missed = stops.filter((one) => one.isConnected && !seen.includes(one) && !one.matches(":disabled"));
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
    const [from, to] = marked;
    if (before instanceof HTMLInputElement && from !== null && to !== null) before.setSelectionRange(from, to);
    return [...troubles, ...missed.map((one) => `Tab never comes to ${name(one)}`)];
  });
}

/** What has the focus, by the name the tests know it by, or by its class; "" for the page itself. */
export function focusOn(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (at === null || at === document.body) return "";
    return at.getAttribute("data-testid") ?? at.className;
  });
}

/** Waits until something with this name has the focus. */
export async function focusIsOn(page: Page, name: string): Promise<void> {
  await until(`the focus is on ${name}`, async () => (await focusOn(page)) === name);
}
