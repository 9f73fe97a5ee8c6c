import type { Item } from "#core/catalog/item.ts";
import { mod10CheckDigit } from "#core/barcode/check-digit.ts";
import { fen } from "#core/money/fen.ts";
import type { ImportRow } from "#main/store/catalog/import-items.ts";

const brands = split([
  ...[
    "可口可乐 Coca-Cola",
    "康师傅 Master Kong",
    "统一 Uni-President",
    "农夫山泉 Nongfu",
    "娃哈哈 Wahaha",
    "伊利 Yili",
  ],
  ...[
    "蒙牛 Mengniu",
    "光明 Bright",
    "旺旺 Want Want",
    "乐事 Lay's",
    "奥利奥 Oreo",
    "德芙 Dove",
    "海天 Haitian",
    "李锦记 Lee",
  ],
  ...["金龙鱼 Arawana", "蓝月亮 Blue Moon", "清风 Breeze", "维达 Vinda", "高露洁 Colgate", "三只松鼠 Squirrels"],
]);
const things = split([
  ...[
    "冰红茶 iced tea",
    "绿茶 green tea",
    "矿泉水 water",
    "纯牛奶 milk",
    "酸奶 yogurt",
    "薯片 crisps",
    "饼干 biscuits",
  ],
  ...["巧克力 chocolate", "方便面 noodles", "酱油 soy sauce", "花生油 peanut oil", "洗衣液 detergent", "纸巾 tissues"],
  ...["牙膏 toothpaste", "坚果 nuts", "火腿肠 sausage", "八宝粥 congee", "果汁 juice", "咖啡 coffee", "啤酒 beer"],
]);
const kinds = split([
  ...["原味 original", "柠檬味 lemon", "草莓味 strawberry", "香辣味 spicy", "番茄味 tomato", "无糖 sugar-free"],
  ...[
    "低脂 low-fat",
    "经典 classic",
    "家庭装 family",
    "便携装 travel",
    "特浓 extra strong",
    "清爽 fresh",
    "红枣 jujube",
  ],
]);
const sizes = ["100g", "250ml", "330ml", "500ml", "550ml", "1L", "1.5L", "2kg", "24包", "6连罐"];

/** `count` different items with valid EAN-13 codes; the same count always gives the same items. */
export function* sampleCatalog(count: number): Generator<ImportRow> {
  for (let index = 0; index < count; index += 1) yield sampleRow(index);
}

/** The item at a place of the catalogue, from 0. */
export function sampleRow(index: number): ImportRow {
  const brand = at(brands, index);
  const thing = at(things, Math.floor(index / brands.length));
  const kind = at(kinds, Math.floor(index / (brands.length * things.length)));
  const size = sizes[index % sizes.length] ?? "";
  const series = String(Math.floor(index / (brands.length * things.length * kinds.length)) + 1);
  const digits = `69${String((index * 7_919) % 10_000_000_000).padStart(10, "0")}`;
  const item: Item = {
    sku: String(100_000 + index),
    nameZh: `${brand.zh}${thing.zh}${kind.zh} ${series}号 ${size}`,
    nameEn: `${brand.en} ${thing.en} ${kind.en} no. ${series} ${size}`,
    categoryId: `c${index % 12}`,
    unit: "piece",
    priceFen: fen(100 + (index % 5_000)),
    taxClass: "general",
    scaleCode: null,
    isFavourite: index < 24,
  };
  return { item, barcodes: [{ barcode: `${digits}${mod10CheckDigit(digits)}`, count: 1 }] };
}

interface Words {
  readonly zh: string;
  readonly en: string;
}

const noWords: Words = { zh: "", en: "" };

/** Once, and not for each of some million goods. */
function split(list: readonly string[]): readonly Words[] {
  return list.map((both) => {
    const [zh = "", ...en] = both.split(" ");
    return { zh, en: en.join(" ") };
  });
}

function at(list: readonly Words[], index: number): Words {
  return list[index % list.length] ?? noWords;
}
