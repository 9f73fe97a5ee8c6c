import type { IntentArgs } from "#contract/ipc/intents.ts";
import { ean13 } from "./bench-shop.ts";
import type { TillUnderTest } from "./open-till.ts";

/** Flowers at whatever was agreed on, between ¥5 and ¥200. */
export const flowers = ean13("690100000077");

/** On a till without head office whose manager is signed in. */
export async function saveFlowers(till: TillUnderTest): Promise<void> {
  const desk = await till.send("catalog-desk", {});
  const categoryId = desk.ok ? (desk.value.categories[0]?.id ?? "") : "";
  const item: IntentArgs<"save-item">["item"] = {
    ...{ sku: "FL-01", nameZh: "鲜花", nameEn: "Flowers", categoryId, unit: "piece", priceFen: 2_000 },
    ...{ taxClass: "general", scaleCode: null, isFavourite: true, openPrice: { minFen: 500, maxFen: 20_000 } },
    codes: [{ barcode: flowers, count: 1 }],
  };
  const saved = await till.send("save-item", { isNew: true, item });
  if (!saved.ok) throw new Error(JSON.stringify(saved.fault));
}
