/// <reference lib="dom" />
import type { Page } from "playwright";
import type { Locale } from "#contract/config/terminal.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { keepPicture } from "#scripts/pictures.ts";
import type { TillUnderTest } from "./open-till.ts";
import { arePicturesWanted } from "./wanted-pictures.ts";

/** Both windows as they stand, where pictures are wanted, as `npm run screenshots` always does: `NAME.till.LOCALE.png` and `NAME.display.LOCALE.png`. */
export async function keepPictures(
  seen: { readonly name: string; readonly till: TillUnderTest; readonly onTillOnly?: boolean },
  locale: Locale,
  isWanted = arePicturesWanted,
): Promise<void> {
  if (!isWanted) return;
  await shoot(seen.till.page, `${seen.name}.till.${locale}.png`);
  if (seen.onTillOnly !== true)
    await shoot(await seen.till.window("display.html"), `${seen.name}.display.${locale}.png`);
}

async function shoot(page: Page, file: string): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  keepPicture(projectRoot, `payments/${file}`, await page.screenshot({ animations: "disabled", caret: "hide" }));
}
