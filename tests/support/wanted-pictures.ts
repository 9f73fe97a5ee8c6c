import type { Page } from "playwright";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { keepPicture } from "#scripts/pictures.ts";

/** Tests leave pictures behind only when asked to. */
export const arePicturesWanted = process.env["TILLWAY_PICTURES"] === "1";

/** The page as it stands, as `keepPicture` keeps it: `name` is its path without the ending. Nothing where none are wanted. */
export async function pictureIfWanted(page: Page, name: string): Promise<void> {
  if (!arePicturesWanted) return;
  keepPicture(projectRoot, `${name}.png`, await page.screenshot({ animations: "disabled", caret: "hide" }));
}
