import { useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ItemView } from "#contract/ipc/manager-view.ts";
import type { PromotionsView } from "#contract/ipc/pricing-intents.ts";
import { send } from "../../till-client.ts";
import { mostExampleItems } from "./example.ts";
import type { PromotionForm } from "./form.ts";

/** What the till keeps, and what was refused of it. */
export function usePromotions() {
  const [view, setView] = useState<PromotionsView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void send("promotions", {}).then((result) => {
      if (!isCurrent) return;
      if (result.ok) setView(result.value);
      else setFault(result.fault);
    });
    return () => {
      isCurrent = false;
    };
  }, []);
  return { view, setView, fault, setFault };
}

/** Goods for the example: those named, else some of a named category, else the shop's favourites. */
export function useExampleItems({ isForAll, skus, categoryIds }: PromotionForm): readonly ItemView[] {
  const [items, setItems] = useState<readonly ItemView[]>([]);
  const named = skus.slice(0, mostExampleItems).join("\n");
  const category = categoryIds[0] ?? null;
  useEffect(() => {
    let isCurrent = true;
    const tell = (found: readonly ItemView[]): void => {
      if (isCurrent) setItems(found);
    };
    if (!isForAll && named !== "") void itemsNamed(named.split("\n")).then(tell);
    else if (!isForAll && category === null) tell([]);
    else {
      const categoryId = isForAll ? null : category;
      void send("list-items", { categoryId, limit: mostExampleItems, afterSku: null }).then((result) =>
        tell(result.ok ? result.value : []),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [isForAll, named, category]);
  return items;
}

/** By their numbers; one that has left the catalogue is left out. */
export async function itemsNamed(skus: readonly string[]): Promise<readonly ItemView[]> {
  const found = await Promise.all(skus.map((sku) => send("search-items", { text: sku, limit: 20 })));
  return skus.flatMap((sku, index) => {
    const result = found[index];
    const item = result?.ok === true ? result.value.items.find((one) => one.sku === sku) : undefined;
    return item === undefined ? [] : [item];
  });
}
