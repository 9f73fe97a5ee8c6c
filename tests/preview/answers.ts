import { readFileSync } from "node:fs";
import type { CategoryView, ItemView } from "#contract/ipc/manager-view.ts";
import { fen } from "#core/money/fen.ts";

/** What the scripted main answers: items of the demo store for looking around, agreement to everything else. */
export function answerIntent(intent: string, args: Readonly<Record<string, unknown>>): unknown {
  switch (intent) {
    case "list-categories":
      return { ok: true, value: categories };
    case "list-items":
      return { ok: true, value: listItems(args["categoryId"], args["afterSku"]) };
    case "search-items":
      return { ok: true, value: searchItems(String(args["text"])) };
    case "close-shift":
      return { ok: true, value: closedShift(Number(args["countedCashFen"])) };
    case "sign-in":
      return { ok: false, fault: { kind: "wrong-pin", triesLeft: 3 } };
    case "void-sale":
      return { ok: false, fault: { kind: args["approvalPin"] === undefined ? "approval-needed" : "approval-refused" } };
    default:
      return { ok: true, value: null };
  }
}

interface StoredItem {
  readonly sku: string;
  readonly zh: string;
  readonly en: string;
  readonly category: string;
  readonly unit: "piece" | "kg";
  readonly priceFen: number;
  readonly favourite?: boolean;
}

const store = new URL("../../resources/demo-store/", import.meta.url);
export const items: readonly ItemView[] = readFileSync(new URL("items.jsonl", store), "utf8")
  .trim()
  .split("\n")
  .map((line) => asItem(JSON.parse(line) as StoredItem));
const categories: readonly CategoryView[] = (
  JSON.parse(readFileSync(new URL("categories.json", store), "utf8")) as readonly {
    id: string;
    zh: string;
    en: string;
    colour: number;
  }[]
).map(({ id, zh, en, colour }) => ({ id, nameZh: zh, nameEn: en, colour }));

function asItem({ sku, zh, en, category, unit, priceFen }: StoredItem): ItemView {
  return { sku, nameZh: zh, nameEn: en, categoryId: category, unit, priceFen: fen(priceFen) };
}

function listItems(categoryId: unknown, afterSku: unknown): readonly ItemView[] {
  if (categoryId === null) return items.filter((_item, index) => index % 83 === 0);
  const all = items.filter((item) => item.categoryId === categoryId);
  const from = afterSku === null ? 0 : all.findIndex((item) => item.sku === afterSku) + 1;
  return all.slice(from, from + 120);
}

function searchItems(text: string): readonly ItemView[] {
  return items.filter((item) => item.nameZh.includes(text) || item.nameEn.toLowerCase().includes(text)).slice(0, 60);
}

function closedShift(countedCashFen: number): unknown {
  const expectedCashFen = 123_450;
  return {
    shiftId: "shift-1",
    closedAt: "2026-03-02T22:00:00+08:00",
    closedBy: "c1",
    totals: {
      saleCount: 87,
      salesFen: 345_670,
      cashFen: 73_450,
      wechatFen: 272_220,
      discountFen: 4_120,
      expectedCashFen,
    },
    countedCashFen,
    differenceFen: countedCashFen - expectedCashFen,
  };
}
