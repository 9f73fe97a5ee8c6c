import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";
import { within } from "./poll.ts";
import { wordsOnScreen } from "./words-on-screen.ts";

/** What can be said of any screen without knowing it. */
export interface ScreenLook {
  readonly words: readonly string[];
  /** What axe calls serious or critical. */
  readonly barriers: readonly string[];
  /** Whether something sticks out of the window to the side. */
  readonly isTooWide: boolean;
}

/** A picture is read in about a second; a page that says nothing for this long stands still. Milliseconds. */
const lookPatienceMs = 60_000;

export async function lookAt(page: Page, name = page.url()): Promise<ScreenLook> {
  return within(`a look at ${name}`, () => look(page), lookPatienceMs);
}

async function look(page: Page): Promise<ScreenLook> {
  await page.evaluate(settled);
  const words = await wordsOnScreen(page);
  const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  // Half a megabyte of rules, given to a page once; and of what it found well only that it did.
  const isGiven = await page.evaluate(() => "axe" in globalThis);
  const axe = new AxeBuilder(isGiven ? { page, axeSource: "0" } : { page }).options({ resultTypes: ["violations"] });
  // Electron's pages open no second page, which the usual mode of axe wants for its frames; there are no frames here.
  const { violations } = await axe.setLegacyMode(true).analyze();
  const barriers = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id} at ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  return { words, barriers, isTooWide };
}

/** In the page: once what fades or slides in has come to rest; half faded in, a text has half its contrast. */
async function settled(): Promise<void> {
  const passing = document.getAnimations().filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
  // One that is taken back has come to rest too.
  await Promise.allSettled(passing.map(({ finished }) => finished));
}
