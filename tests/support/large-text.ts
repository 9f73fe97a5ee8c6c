import type { Page } from "playwright";
import { largeTextWindows, textTroubles } from "./text-fit.ts";

/** How long a window of another size may take until its screen has come to rest, on a busy machine. Milliseconds. */
const restMs = 5_000;

/** The screens of the till as they look at twice the size: with what cannot be read or reached, in both windows. */
export async function largeTextTroubles(page: Page, screen: string): Promise<readonly string[]> {
  const usual = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  const troubles: string[] = [];
  for (const { screen: size, width, height } of largeTextWindows) {
    await page.setViewportSize({ width, height });
    for (const trouble of await troublesAtRest(page, screen)) troubles.push(`${size}: ${trouble}`);
  }
  await page.setViewportSize(usual);
  await drawn(page);
  return troubles;
}

/** What is wrong and stays so: a screen that has just got another size may look wrong until it has measured its room. */
async function troublesAtRest(page: Page, screen: string): Promise<readonly string[]> {
  const end = performance.now() + restMs;
  for (;;) {
    await drawn(page);
    const troubles = await textTroubles(page, screen);
    if (troubles.length === 0 || performance.now() > end) return troubles;
  }
}

/** Two frames: lists of which only the rows in sight exist look again how much room they have. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

/**
 * Screens that are held to twice the text size: all but the customer's, whose figures are drawn for a distance and follow
 * their own size, never the cashier's setting.
 */
export function isHeldToLargeText(screen: string): boolean {
  return !screen.startsWith("display-");
}
