import type { Locator, Page } from "playwright";
import { until } from "./poll.ts";

/** An element of the till's pages by the name the tests know it by. */
export function part(page: Page, testId: string): Locator {
  return page.getByTestId(testId);
}

/** What the total on the screen says, in fen. */
export async function totalOnScreen(page: Page): Promise<number> {
  return Number(await part(page, "total").getAttribute("data-fen"));
}

/** The word for money that is on the screen at this moment. */
export function moneyWord(page: Page): Promise<string | null> {
  return part(page, "money-word")
    .getAttribute("data-word", { timeout: 1_000 })
    .catch(() => null);
}

/** Keeps every word for money that the screen shows from now on, however briefly, each change once. */
export async function watchMoneyWords(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    const look = (): void => {
      const word = document.querySelector<HTMLElement>("[data-testid=money-word]")?.dataset["word"];
      if (word !== undefined && seen.at(-1) !== word) seen.push(word);
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    Object.assign(globalThis, { moneyWordsSeen: seen });
  });
  return () => page.evaluate(() => [...(Reflect.get(globalThis, "moneyWordsSeen") as readonly string[])]);
}

/** Presses keys one by one, as a cashier does: the characters of a text, or keys by their names. */
export async function type(page: Page, keys: string | readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Waits until the screen shows so many lines in the cart. */
export async function linesOnScreen(page: Page, count: number): Promise<void> {
  await until(`${count} lines on the screen`, async () => (await part(page, "cart-line").count()) === count);
}
