import type { Locator, Page } from "playwright";
import type { TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";

/** More stops than any screen has; whoever has not come to a thing by then never will. */
const mostPresses = 260;

/** What leads from one locator to another. */
const leadsOn = new Set([
  ...["getByTestId", "getByText", "getByRole", "locator", "first", "last", "nth", "filter", "or", "and"],
]);
/** What only a hand, or a hand that is not there, can do. */
const needsHand = new Set(["tap", "dblclick", "hover", "dragTo", "uncheck", "setChecked"]);

/**
 * The till for somebody with a keyboard and nothing else. What a walk clicks is come to with Tab (and within a list with
 * the arrows) and pressed with Enter; what it fills is come to, emptied and typed; a box is ticked with Space, and of a
 * list box the arrows choose. Anything else that takes a hand is refused. That nothing was touched is told by `touches`.
 */
export async function byKeyboard(till: TillUnderTest): Promise<TillUnderTest & { touches(): Promise<number> }> {
  await till.page.evaluate(() => {
    const hands = { count: 0 };
    for (const kind of ["pointerdown", "mousedown", "touchstart"])
      window.addEventListener(kind, () => (hands.count += 1), { capture: true });
    Object.assign(globalThis, { hands });
  });
  return {
    ...till,
    page: keyedPage(till.page),
    touches: () =>
      till.page.evaluate(() => {
        const hands: unknown = Reflect.get(globalThis, "hands");
        return (hands as { readonly count: number }).count;
      }),
  };
}

function keyedPage(page: Page): Page {
  return new Proxy(page, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== "function") return own;
      if (leadsOn.has(String(name))) return (...given: unknown[]) => keyed(own.apply(target, given) as Locator, page);
      return own.bind(target) as unknown;
    },
  });
}

function keyed(locator: Locator, page: Page): Locator {
  return new Proxy(locator, {
    get(target, name) {
      if (name === "click") return () => pressOn(page, target);
      if (name === "fill") return (text: string) => typeInto(page, target, text);
      if (name === "press") return (key: string) => reach(page, target).then(() => page.keyboard.press(key));
      if (name === "focus") return () => reach(page, target);
      if (name === "check") return () => tick(page, target);
      if (name === "selectOption") return ({ index }: { readonly index: number }) => choose(page, target, index);
      const own: unknown = Reflect.get(target, name);
      if (typeof own !== "function") return own;
      if (needsHand.has(String(name))) return () => Promise.reject(new Error(`no hand is here for ${String(name)}`));
      if (leadsOn.has(String(name))) return (...given: unknown[]) => keyed(own.apply(target, given) as Locator, page);
      return own.bind(target) as unknown;
    },
  });
}

/** Comes to it with Tab and presses Enter; Space where Enter would mean the whole form. */
export async function pressOn(page: Page, locator: Locator): Promise<void> {
  await reach(page, locator);
  await page.keyboard.press((await locator.evaluate((element) => element.matches("input"))) ? "Space" : "Enter");
}

async function typeInto(page: Page, locator: Locator, text: string): Promise<void> {
  await reach(page, locator);
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  // What no key has printed on it comes from an input method.
  for (const key of text) await (/[ -~]/.test(key) ? page.keyboard.press(key) : page.keyboard.insertText(key));
}

async function tick(page: Page, locator: Locator): Promise<void> {
  await reach(page, locator);
  if (!(await locator.isChecked())) await page.keyboard.press("Space");
}

/** The arrows change a list box that is not opened. */
async function choose(page: Page, locator: Locator, index: number): Promise<void> {
  await reach(page, locator);
  await page.keyboard.press("Home");
  for (let step = 0; step < index; step += 1) await page.keyboard.press("ArrowDown");
  await until("it is chosen", () => locator.evaluate((box, at) => Reflect.get(box, "selectedIndex") === at, index));
}

/** The thing itself, or the button it stands in: a name in a test may be that of the words on a button. */
function pressable(locator: Locator): Locator {
  return locator.locator(
    "xpath=ancestor-or-self::*[self::button or self::input or self::select or self::summary or self::textarea or self::a][1]",
  );
}

/** Tab until it has the focus; in a list, Tab to the list and the arrows to its row. */
export async function reach(page: Page, asked: Locator): Promise<void> {
  const what = String(asked);
  await asked.waitFor();
  await until(`${what} can be pressed`, () => asked.isEnabled());
  const locator = pressable(asked);
  const stop = await locator.evaluate((element) => {
    if (!(element instanceof HTMLElement) || element.tabIndex >= 0) return "own";
    return element.matches("[data-row], [role=tab]") ? "of-list" : "none";
  });
  if (stop === "none") throw new Error(`${what} is no stop for Tab`);
  const isThere = (): Promise<boolean> => locator.evaluate((element) => element === document.activeElement);
  if (stop === "own") return walkTo(page, what, isThere, await stepsTo(locator));
  await walkTo(page, `the list of ${what}`, () =>
    locator.evaluate((element) => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement) || !at.matches("[data-row], [role=tab]")) return false;
      return at.closest("ol, [role=tablist], .tile-grid") === element.closest("ol, [role=tablist], .tile-grid");
    }),
  );
  for (let pressed = 0; pressed < mostPresses; pressed += 1) {
    if (await isThere()) return;
    await page.keyboard.press(await locator.evaluate(arrowTowards));
  }
  throw new Error(`the arrows never come to ${what}`);
}

/** In a list up or down; of tiles also along the row. */
function arrowTowards(element: Element): string {
  const at = document.activeElement ?? document.body;
  const isAhead = (at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const below = element.getBoundingClientRect().top - at.getBoundingClientRect().top;
  if (element.closest(".tile-grid") !== null && Math.abs(below) < 4) return isAhead ? "ArrowRight" : "ArrowLeft";
  return isAhead ? "ArrowDown" : "ArrowUp";
}

/** Presses Tab as often as the order of the page says, then on until it is there. */
async function walkTo(page: Page, what: string, isThere: () => Promise<boolean>, steps = 0): Promise<void> {
  for (let step = 0; step < steps; step += 1) await page.keyboard.press("Tab");
  for (let pressed = 0; pressed < mostPresses; pressed += 1) {
    if (await isThere()) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never comes to ${what}`);
}

/** How many stops lie between the focus and a control, going forward; 0 where that cannot be told. */
function stepsTo(locator: Locator): Promise<number> {
  return locator.evaluate((element) => {
    const dialog = element.closest("[role=dialog]");
    const stops = [...(dialog ?? document.body).querySelectorAll<HTMLElement>("*")].filter(
      (one) =>
        one.tabIndex >= 0 &&
        one.matches("button, a[href], input:not([type=radio]), select, textarea, summary, [tabindex]") &&
        one.closest("[inert], :disabled") === null &&
        one.checkVisibility({ visibilityProperty: true }),
    );
    const from = stops.findIndex((one) => one === document.activeElement);
    const to = stops.findIndex((one) => one === element);
    return to > from && from >= 0 ? to - from : 0;
  });
}
