import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { imageHead } from "#core/item-image/image-head.ts";
import { byKeyboard } from "#tests/support/by-keyboard.ts";
import { openGoods } from "#tests/support/goods-screens.ts";
import { favouriteSkus, itemImageScreens, paintFolder, paintImage, shown } from "#tests/support/item-image-screens.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { lookAt, type ScreenLook } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, part, type } from "#tests/support/sale-screen.ts";
import { willChoose } from "#tests/support/set-up-wechat.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

const cola = "6920536012350";
/** A walk with axe, or a restart, beside other suites. Milliseconds. */
const longMs = 240_000;

describe.each(["zh-CN", "en"] as const)("Images of goods in %s", (locale) => {
  let shop: Shop;
  let till: TillUnderTest;
  let folder: string;
  let skus: readonly string[];

  beforeAll(async () => {
    shop = await openShop({ locale });
    folder = join(shop.dataDir, "..");
    await start();
    skus = await favouriteSkus(till);
  });
  afterAll(async () => {
    await till.close();
    await shop.close();
  });

  async function start(pins?: TillUnderTest["pins"]): Promise<void> {
    till = await openTill({ dataDir: shop.dataDir, ...(pins === undefined ? {} : { pins }) });
    await beginSelling(till, "manager-1");
    await part(till.page, "empty-cart").waitFor();
  }

  async function toSale(): Promise<void> {
    for (const name of ["goods", "manager"]) {
      await part(till.page, name).waitFor();
      await till.page.keyboard.press("Escape");
      await part(till.page, name).waitFor({ state: "detached" });
    }
  }

  const tile = (sku: string) => till.page.locator(`[data-testid=tile][data-sku="${sku}"]`);
  const kept = () => join(shop.dataDir, "item-images");
  const pathOf = (image: string) => join(kept(), image.slice(0, 2), `${image}.webp`);

  async function imageOf(sku: string): Promise<string | undefined> {
    const item = await till.send("catalog-item", { sku });
    if (!item.ok) throw new Error(item.fault.kind);
    return item.value.image;
  }

  it(
    "is chosen by keyboard alone, shown on the tile and in what is found, and is there after a restart",
    async () => {
      const [sku = ""] = skus;
      const photo = join(folder, "photo.jpg");
      writeFileSync(photo, await paintImage(till.page, { type: "image/jpeg", width: 4_000, height: 3_000, hue: 200 }));
      await willChoose(till, photo);
      const keyed = await byKeyboard(till);
      await openGoods(keyed);
      await type(till.page, sku);
      await until("one item is found", async () => (await part(till.page, "goods-row").count()) === 1);
      await part(keyed.page, "goods-row").first().click();
      await part(keyed.page, "item-image-choose").click();
      await till.page.locator("[data-testid=item-image-state][data-state=set]").waitFor();
      await shown(till.page);
      // The editor and the row beside it.
      expect(await part(till.page, "item-picture").count()).toBe(2);
      await till.page.keyboard.press("Escape");
      await part(till.page, "item-editor").waitFor({ state: "detached" });
      await toSale();
      expect(await keyed.touches()).toBe(0);
      await tile(sku).getByTestId("item-picture").waitFor();
      await till.page.keyboard.press("F2");
      await type(till.page, sku);
      await part(till.page, "search-result").getByTestId("item-picture").first().waitFor();
      await shown(till.page);
      await till.page.keyboard.press("Escape");

      const image = (await imageOf(sku)) ?? "";
      const file = readFileSync(pathOf(image));
      expect(imageHead(file)).toEqual({ ok: true, value: { kind: "webp", width: 256, height: 192 } });
      expect(file.length).toBeLessThan(131_072);
      expect(journalBodies(shop.dataDir, "item-images-changed")).toMatchObject([{ how: "chosen", sku, after: image }]);

      await till.close();
      await start(till.pins);
      await tile(sku).getByTestId("item-picture").waitFor();
      await shown(till.page);
      expect(await imageOf(sku)).toBe(image);
    },
    longMs,
  );

  it(
    "gives way to the name's first sign where its file is damaged, and is there again when it is chosen again",
    async () => {
      const [sku = ""] = skus;
      const path = pathOf((await imageOf(sku)) ?? "");
      const whole = readFileSync(path);
      writeFileSync(path, whole.subarray(0, 300));
      await till.close();
      await start(till.pins);
      await tile(sku).getByTestId("item-initial").waitFor();
      expect(await tile(sku).getByTestId("item-picture").count()).toBe(0);
      await tile(sku).click();
      await linesOnScreen(till.page, 1);
      await till.send("void-sale", {});
      await willChoose(till, join(folder, "photo.jpg"));
      expect(await till.send("choose-item-image", { sku })).toMatchObject({ ok: true });
      expect(readFileSync(path)).toEqual(whole);
    },
    longMs,
  );

  it("says what is wrong with a file that cannot be one, and what to do; the item stays as it was", async () => {
    const { page } = till;
    const sku = skus[1] ?? "";
    const png = await paintImage(page, { type: "image/png", width: 400, height: 400, hue: 10 });
    const pixels = Buffer.from(png);
    pixels.writeUInt32BE(60_000, 16);
    pixels.writeUInt32BE(60_000, 20);
    const spoilt = Buffer.from(png).fill(0x5a, 60, png.length - 60);
    const files = {
      "image-not-a-picture": Buffer.from("GIF89a and the rest"),
      "image-damaged": png.subarray(0, png.length >> 1),
      "image-too-many-pixels": pixels,
      "image-file-too-large": Buffer.alloc(17_000_000, png),
    };
    for (const [kind, bytes] of [...Object.entries(files), ["image-damaged", spoilt] as const]) {
      const path = join(folder, `${kind}.png`);
      writeFileSync(path, bytes);
      await willChoose(till, path);
      expect(await till.send("choose-item-image", { sku })).toEqual({ ok: false, fault: { kind } });
    }
    expect(await imageOf(sku)).toBeUndefined();
    await openGoods(till);
    await part(page, "goods-search").fill(sku);
    await until("one item is found", async () => (await part(page, "goods-row").count()) === 1);
    await part(page, "goods-row").first().click();
    await part(page, "item-image-choose").click();
    await part(page, "trouble").waitFor();
    expect(await part(page, "trouble").textContent()).toContain(locale === "en" ? "damaged" : "损坏");
    await page.keyboard.press("Escape");
    await part(page, "item-editor").waitFor({ state: "detached" });
    await toSale();
  });

  it("serves its pages images by their names, and nothing else of the disk", async () => {
    const image = (await imageOf(skus[0] ?? "")) ?? "";
    const load = (path: string) =>
      till.page.evaluate(
        (src) =>
          new Promise<boolean>((resolve) => {
            const picture = Object.assign(new Image(), { onload: () => resolve(true), onerror: () => resolve(false) });
            picture.src = src;
          }),
        path,
      );
    expect(await load(`/item-image/${image}`)).toBe(true);
    writeFileSync(join(kept(), "outside.webp"), readFileSync(pathOf(image)));
    for (const path of [
      `/item-image/${image}.webp`,
      `/item-image/${image.slice(0, 2)}/${image}`,
      "/item-image/../outside",
      "/item-image/%2e%2e%2foutside.webp",
      `/item-image/..%5c..%5coutside.webp`,
      "/item-images/outside.webp",
      `/shrink/${image}`,
      `/item-image/${"0".repeat(64)}`,
    ]) {
      expect(`${path} ${await load(path)}`).toBe(`${path} false`);
    }
  });

  it(
    "come from a folder by the names of its files while the till sells, with every file of no use named",
    async () => {
      const { page } = till;
      const files = await paintFolder(page, join(folder, `pictures-${locale}`), skus.slice(2, 8));
      await openGoods(till);
      await part(page, "goods-images").click();
      await willChoose(till, files);
      await part(page, "image-folder-choose").click();
      await part(page, "image-folder-apply").waitFor();
      const faults = await part(page, "image-folder-fault").evaluateAll((rows) =>
        rows.map((row) => `${row.getAttribute("data-file")} ${row.getAttribute("data-kind")}`),
      );
      expect(faults).toEqual([
        ...["000000.jpg no-such-item", `${skus[2]}.png twice`, "IMG_20260301_101500.jpg no-such-item"],
        "price list.xlsx not-a-picture",
      ]);
      expect(await imageOf(skus[2] ?? "")).toBeUndefined();
      const report = join(folder, `images-${locale}.csv`);
      await till.app.evaluate(({ dialog }, filePath) => {
        Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
      }, report);
      await part(page, "image-folder-report").click();
      await until("the report is there", () => existsSync(report));
      expect(readFileSync(report, "utf8")).toContain(locale === "en" ? "No item has this" : "没有这个货号");
      await part(page, "image-folder-apply").click();
      await part(page, "image-folder-applied").waitFor();
      await part(page, "image-folder-done").click();
      await part(page, "goods-row").first().waitFor();
      await toSale();
      for (const sku of skus.slice(2, 8)) await tile(sku).getByTestId("item-picture").waitFor();
      await shown(page);
      expect(journalBodies(shop.dataDir, "item-images-changed").at(-1)).toMatchObject({ how: "folder", changed: 6 });
    },
    longMs,
  );

  it(
    "stay as they were when a folder is cancelled in its middle, and scans are answered meanwhile",
    async () => {
      const many = join(folder, "many");
      const photo = await paintImage(till.page, { type: "image/jpeg", width: 3_000, height: 4_000, hue: 90 });
      const catalogue = await till.send("catalog-page", { text: "", categoryId: null, afterSku: null, limit: 80 });
      const all = catalogue.ok ? catalogue.value.map(({ sku }) => sku).filter((sku) => !skus.includes(sku)) : [];
      mkdirSync(many, { recursive: true });
      for (const sku of all) writeFileSync(join(many, `${sku}.jpg`), photo);
      await willChoose(till, many);
      await till.send("image-folder-choose", {});
      await until("some are looked at", async () => {
        const standing = await till.send("image-folder-standing", {});
        return standing.ok && standing.value.kind === "looking" && standing.value.done > 1;
      });
      await ringUp(till, cola);
      await linesOnScreen(till.page, 1);
      expect(await till.send("image-folder-cancel", {})).toMatchObject({ ok: true, value: { kind: "looking" } });
      await until("it is cancelled", async () => {
        const standing = await till.send("image-folder-standing", {});
        return standing.ok && standing.value.kind === "failed" && standing.value.why === "cancelled";
      });
      for (const sku of all.slice(0, 3)) expect(await imageOf(sku)).toBeUndefined();
      await till.send("void-sale", {});
      await till.send("image-folder-discard", {});
    },
    longMs,
  );

  it(
    "are readable for whoever sees badly and fit their window, each picture of them",
    async () => {
      for (const sku of skus) await till.send("remove-item-image", { sku });
      await part(till.page, "empty-cart").waitFor();
      const looks: (ScreenLook & { readonly name: string })[] = [];
      for await (const { name, page } of itemImageScreens(till, shop.dataDir)) {
        await page.emulateMedia({ reducedMotion: "reduce" });
        looks.push({ name, ...(await lookAt(page, name)) });
      }
      expect(looks.flatMap(({ name, barriers }) => barriers.map((barrier) => `${name}: ${barrier}`))).toEqual([]);
      expect(looks.filter(({ isTooWide }) => isTooWide)).toEqual([]);
      expect(looks).toHaveLength(8);
      expect(readdirSync(kept()).length).toBeGreaterThan(0);
    },
    longMs,
  );
});
