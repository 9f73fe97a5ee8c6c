import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright";
import type { ScreenSeen } from "./every-screen.ts";
import { openGoods } from "./goods-screens.ts";
import type { TillUnderTest } from "./open-till.ts";
import { part, type } from "./sale-screen.ts";
import { willChoose } from "./set-up-wechat.ts";

export interface Painted {
  readonly type: "image/png" | "image/jpeg" | "image/webp";
  readonly width: number;
  readonly height: number;
  /** Degrees of the colour circle. */
  readonly hue: number;
}

/** A photograph of a package, as far as a test needs one: a real file of its kind. */
export async function paintImage(page: Page, painted: Painted): Promise<Buffer> {
  const url = await page.evaluate(({ type: kind, width, height, hue }) => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    const brush = canvas.getContext("2d");
    if (brush === null) return "";
    brush.fillStyle = "#fff";
    brush.fillRect(0, 0, width, height);
    const body = brush.createLinearGradient(width * 0.25, 0, width * 0.75, 0);
    for (const [at, light] of [38, 58, 34].entries()) body.addColorStop(at / 2, `hsl(${hue} 70% ${light}%)`);
    brush.fillStyle = body;
    brush.beginPath();
    brush.roundRect(width * 0.28, height * 0.06, width * 0.44, height * 0.88, width * 0.08);
    brush.fill();
    brush.fillStyle = "#fffdf4";
    brush.fillRect(width * 0.28, height * 0.34, width * 0.44, height * 0.34);
    brush.fillStyle = `hsl(${hue + 30} 80% 42%)`;
    brush.beginPath();
    brush.arc(width / 2, height * 0.51, width * 0.12, 0, 7);
    brush.fill();
    return canvas.toDataURL(kind, 0.9);
  }, painted);
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

const kinds = [
  ["image/jpeg", "jpg", 1_200, 1_600],
  ["image/png", "png", 600, 600],
  ["image/webp", "webp", 900, 700],
] as const;

/** A folder with an image of each item, each of another kind and colour, and every common mistake once. */
export async function paintFolder(page: Page, folder: string, skus: readonly string[]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  for (const [at, sku] of skus.entries()) {
    const [kind, ending, width, height] = kinds[at % kinds.length] ?? kinds[0];
    const bytes = await paintImage(page, { type: kind, width, height, hue: at * 47 });
    writeFileSync(join(folder, `${sku}.${ending}`), bytes);
  }
  const whole = await paintImage(page, { type: "image/jpeg", width: 800, height: 800, hue: 0 });
  writeFileSync(join(folder, `${skus[0] ?? ""}.png`), whole);
  writeFileSync(join(folder, "000000.jpg"), whole);
  writeFileSync(join(folder, "IMG_20260301_101500.jpg"), whole);
  writeFileSync(join(folder, "price list.xlsx"), "not a picture");
  writeFileSync(join(folder, ".DS_Store"), "");
  return folder;
}

/** The numbers of the first tiles on the sale screen. */
export async function favouriteSkus(till: TillUnderTest): Promise<readonly string[]> {
  const listed = await till.send("list-items", { categoryId: null, limit: 120, afterSku: null });
  if (!listed.ok) throw new Error(listed.fault.kind);
  return listed.value.map(({ sku }) => sku);
}

/** Walks the images of goods on a till whose manager is signed in with a shift open; most favourites have one at the end. */
export async function* itemImageScreens(till: TillUnderTest, dataDir: string): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  const skus = await favouriteSkus(till);
  const files = join(dataDir, "..", "pics");
  await paintFolder(page, files, skus.slice(0, 14));
  const [last = ""] = skus.slice(14, 15);
  const damaged = await paintImage(page, { type: "image/jpeg", width: 700, height: 700, hue: 0 });
  writeFileSync(join(files, `${last}.jpg`), damaged.subarray(0, 2_000));

  await openGoods(till);
  await part(page, "goods-row").first().click();
  await part(page, "item-image-choose").waitFor();
  yield { name: "goods-no-image", page };
  await willChoose(till, join(files, `${last}.jpg`));
  await part(page, "item-image-choose").click();
  await part(page, "trouble").waitFor();
  yield { name: "goods-image-damaged", page };
  await part(page, "item-close").click();

  await part(page, "goods-images").click();
  await part(page, "image-folder-begin").waitFor();
  yield { name: "goods-images", page };
  await willChoose(till, files);
  await part(page, "image-folder-choose").click();
  await part(page, "image-folder-apply").waitFor();
  yield { name: "goods-images-checked", page };
  await part(page, "image-folder-apply").click();
  await part(page, "image-folder-applied").waitFor();
  yield { name: "goods-images-done", page };
  await part(page, "image-folder-done").click();
  await part(page, "goods-row").first().waitFor();

  await part(page, "goods-search").fill(skus[0] ?? "");
  await page.locator(`[data-testid=goods-row][data-sku="${skus[0]}"]`).click();
  await part(page, "item-image-remove").waitFor();
  await shown(page);
  yield { name: "goods-image", page };
  await page.keyboard.press("Escape");
  await part(page, "item-editor").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await part(page, "goods").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await part(page, "manager").waitFor({ state: "detached" });

  await part(page, "tile").first().waitFor();
  await shown(page);
  yield { name: "sale-images", page };
  await page.keyboard.press("F2");
  await type(page, skus[0]?.slice(0, -1) ?? "");
  await part(page, "search-result").first().waitFor();
  await shown(page);
  yield { name: "sale-search-images", page };
  await page.keyboard.press("Escape");
  await part(page, "search-result").first().waitFor({ state: "detached" });
}

/** Waits until every image in sight is drawn. */
export async function shown(page: Page): Promise<void> {
  // Tiles with theirs may lie below what is found.
  await part(page, "item-picture").filter({ visible: true }).first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>("img.item-picture")].every(
      (image) => !image.checkVisibility() || (image.complete && image.naturalWidth > 0),
    ),
  );
}
