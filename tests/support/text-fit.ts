import type { Page } from "playwright";
import { within } from "./poll.ts";

/** How a till's window is looked at: as somebody sees it whose text is twice as large on a screen of that size. */
export const largeTextWindows = [
  { screen: "1280x800", width: 640, height: 400 },
  { screen: "1920x1080", width: 960, height: 540 },
] as const;

/** Rounding of a letter's box and of borders; less than anybody sees. Pixels of the page. */
const tolerance = 2;
/** A page is measured in a second; one that says nothing for this long stands still. Milliseconds. */
const patienceMs = 60_000;

/**
 * What of a page's text and keys cannot be read or reached: cut off by a frame that does not scroll, out of the window,
 * printed over other text, or the page wider than its window. Empty where all is well.
 */
export function textTroubles(page: Page, screen: string): Promise<readonly string[]> {
  return within(`the measures of ${screen}`, () => measure(page), patienceMs);
}

function measure(page: Page): Promise<readonly string[]> {
  return page.evaluate((slack) => {
    interface Box {
      readonly left: number;
      readonly top: number;
      readonly right: number;
      readonly bottom: number;
    }
    const troubles: string[] = [];
    const dialog = [...document.querySelectorAll("[role=dialog]")].at(-1) ?? null;
    const scope = dialog ?? document.body;
    const isShown = (element: Element): boolean => {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
      if (
        element.closest(
          "[inert], .visually-hidden, [data-testid=paper], .training-mark, legend, [class*=SegmentedControl-innerLabel] ~ *",
        ) !== null
      )
        return false;
      return getComputedStyle(element).clipPath === "none";
    };
    const nameOf = (element: Element): string => {
      const words = element.textContent.trim().slice(0, 40);
      return `“${words}” (${element.tagName.toLowerCase()}.${element.className})`;
    };
    /** What of a box is left in sight, counting what can be scrolled to as in sight; null where all of it is. */
    const cutBy = (innermost: Element | null, box: Box): string | null => {
      let seen = box;
      for (let at = innermost; at !== null; at = at.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(at);
        const frame = at.getBoundingClientRect();
        const inner = {
          left: frame.left + at.clientLeft,
          top: frame.top + at.clientTop,
          right: frame.left + at.clientLeft + at.clientWidth,
          bottom: frame.top + at.clientTop + at.clientHeight,
        };
        const scrolls = (overflow: string): boolean => overflow === "auto" || overflow === "scroll";
        const cuts = (overflow: string): boolean => overflow === "hidden" || overflow === "clip";
        if (cuts(overflowX) && (seen.left < inner.left - slack || seen.right > inner.right + slack))
          return `cut off at the side by .${at.className}`;
        if (cuts(overflowY) && (seen.top < inner.top - slack || seen.bottom > inner.bottom + slack))
          return `cut off below by .${at.className}`;
        if (scrolls(overflowX)) seen = { ...seen, left: inner.left, right: inner.right };
        if (scrolls(overflowY)) seen = { ...seen, top: inner.top, bottom: inner.bottom };
        if (position === "fixed") break;
      }
      if (seen.left < -slack || seen.right > innerWidth + slack) return "out of the window at the side";
      if (seen.top < -slack || seen.bottom > innerHeight + slack) return "out of the window";
      return null;
    };

    const texts: { readonly element: Element; readonly box: Box }[] = [];
    const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element === null || (node.textContent ?? "").trim() === "") continue;
      if (element.closest("svg, style, script, option") !== null || !isShown(element)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width < 1 || box.height < 1) continue;
        const cut = cutBy(element, shrunk(box));
        if (cut !== null) troubles.push(`${nameOf(element)} is ${cut}`);
        else texts.push({ element, box: inSight(element, shrunk(box)) });
      }
    }
    /** What frames that scroll show of a box at this moment. */
    function inSight(element: Element, box: Box): Box {
      let { left, top, right, bottom } = box;
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { overflowY, position } = getComputedStyle(at);
        if (overflowY !== "visible") {
          const frame = at.getBoundingClientRect();
          left = Math.max(left, frame.left);
          top = Math.max(top, frame.top);
          right = Math.min(right, frame.right);
          bottom = Math.min(bottom, frame.bottom);
        }
        // What is fixed stands over the frames around it.
        if (position === "fixed") break;
      }
      return { left, top, right, bottom };
    }

    /** A line's box is higher than its letters. */
    function shrunk(box: Box): Box {
      const ease = (box.bottom - box.top) * 0.14;
      return { left: box.left, right: box.right, top: box.top + ease, bottom: box.bottom - ease };
    }

    for (const control of scope.querySelectorAll<HTMLElement>("button, input, select, textarea, a[href], summary")) {
      if (!isShown(control) || control.closest("[data-focus-guard]") !== null) continue;
      const box = control.getBoundingClientRect();
      const isFixed = getComputedStyle(control).position === "fixed";
      const cut = cutBy(isFixed ? null : control.parentElement, box);
      if (cut !== null) troubles.push(`the control ${nameOf(control)} ${control.dataset["testid"] ?? ""} is ${cut}`);
    }

    const isCovered = (one: Element, other: Element, x: number, y: number): boolean => {
      const stack = document.elementsFromPoint(x, y);
      const depth = (element: Element): number => stack.findIndex((at) => at === element || at.contains(element));
      const [upper, lower] = [Math.min(depth(one), depth(other)), Math.max(depth(one), depth(other))];
      if (upper < 0) return true;
      return stack.slice(upper, lower).some((at) => {
        const ground = getComputedStyle(at).backgroundColor;
        return !ground.endsWith(", 0)") && ground !== "transparent";
      });
    };
    for (const [at, { element, box }] of texts.entries()) {
      for (const other of texts.slice(at + 1)) {
        if (other.element === element || other.element.contains(element) || element.contains(other.element)) continue;
        const [mine, theirs] = [box, other.box];
        const left = Math.max(mine.left, theirs.left);
        const right = Math.min(mine.right, theirs.right);
        const top = Math.max(mine.top, theirs.top);
        const bottom = Math.min(mine.bottom, theirs.bottom);
        if (right - left <= slack || bottom - top <= slack) continue;
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        // What must be scrolled to is not looked at here; its neighbours are where it can be seen.
        if (x < 0 || y < 0 || x > innerWidth || y > innerHeight || isCovered(element, other.element, x, y)) continue;
        troubles.push(`${nameOf(element)} and ${nameOf(other.element)} stand on each other`);
      }
    }

    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) troubles.push(`the page is ${wide} wider than its window`);
    const frame = document.querySelector(".till-window");
    if (frame !== null && frame.scrollWidth > frame.clientWidth + slack)
      troubles.push(`the screen is ${frame.scrollWidth - frame.clientWidth} wider than its window`);
    return [...new Set(troubles)];
  }, tolerance);
}
