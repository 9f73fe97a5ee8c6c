import type { IntentArgs } from "#contract/ipc/intents.ts";
import { ean13 } from "./bench-shop.ts";
import type { ScreenSeen } from "./every-screen.ts";
import { ringUp, type TillUnderTest } from "./open-till.ts";
import { linesOnScreen, part, type } from "./sale-screen.ts";

/** Flowers at whatever was agreed on, between ¥5 and ¥200. */
export const flowers = ean13("690100000077");

/** On a till without head office whose manager is signed in. */
export async function saveFlowers(till: TillUnderTest): Promise<void> {
  const desk = await till.send("catalog-desk", {});
  const categoryId = desk.ok ? (desk.value.categories[0]?.id ?? "") : "";
  const item: IntentArgs<"save-item">["item"] = {
    ...{ sku: "FLOWERS", nameZh: "鲜花", nameEn: "Flowers", categoryId, unit: "piece", priceFen: 2_000 },
    ...{ taxClass: "general", scaleCode: null, isFavourite: true, openPrice: { minFen: 500, maxFen: 20_000 } },
    codes: [{ barcode: flowers, count: 1 }],
  };
  const saved = await till.send("save-item", { isNew: true, item });
  if (!saved.ok) throw new Error(JSON.stringify(saved.fault));
}

/** Goods with an open price as they are rung up, on a till whose manager is signed in with a shift open and no sale. */
export async function* openPriceScreens(till: TillUnderTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await saveFlowers(till);
  await till.send("set-multiplier", { quantity: 3_000 });
  await ringUp(till, flowers);
  await part(page, "ask-price").waitFor();
  yield { name: "open-price-asked", page };
  await type(page, "300");
  await page.keyboard.press("Enter");
  await part(page, "trouble").waitFor();
  yield { name: "open-price-outside", page };
  await type(page, ["Backspace", "Backspace", "Backspace", ..."45"]);
  await page.keyboard.press("Enter");
  await linesOnScreen(page, 1);
  yield { name: "open-price-line", page };
  await till.send("void-line", { lineId: (await till.view()).sale.lines[0]?.lineId ?? "" });
  await part(page, "empty-cart").waitFor();
}
