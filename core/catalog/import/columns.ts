/** What a column can say about an item. */
export const importFields = [
  ...(["sku", "nameZh", "nameEn", "category", "unit", "price", "barcode", "taxClass", "scaleCode"] as const),
  ...(["pack", "favourite", "openPrice", "minPrice", "maxPrice"] as const),
] as const;
export type ImportField = (typeof importFields)[number];

/** Headings as shops, suppliers and other tills write them, both languages; compared without spaces, case and (units). */
const headings: Readonly<Record<ImportField, readonly string[]>> = {
  sku: ["sku", "货号", "商品编码", "商品编号", "编码", "编号", "商品货号", "itemcode", "code", "itemno", "id"],
  nameZh: ["名称", "商品名称", "品名", "中文名称", "中文名", "商品名", "name", "namezh", "chinesename", "itemname"],
  nameEn: ["英文名称", "英文名", "nameen", "englishname", "nameenglish"],
  category: ["分类", "类别", "商品分类", "商品类别", "category", "categoryid", "department"],
  unit: ["单位", "计量单位", "unit", "uom"],
  price: ["售价", "零售价", "单价", "价格", "销售价", "price", "retailprice", "sellingprice", "unitprice"],
  barcode: ["条码", "条形码", "商品条码", "国际条码", "barcode", "barcodes", "ean", "ean13", "upc", "gtin"],
  taxClass: ["税率", "税类", "taxclass", "tax"],
  scaleCode: ["plu", "秤码", "scalecode", "电子秤编码", "plu码"],
  pack: ["箱码", "整件条码", "包装条码", "packbarcode", "packbarcodes", "casebarcode"],
  favourite: ["常用", "收藏", "favourite", "favorite"],
  openPrice: ["开放价", "开放价商品", "openprice"],
  minPrice: ["开放价下限", "最低开放价", "openpricemin", "minopenprice"],
  maxPrice: ["开放价上限", "最高开放价", "openpricemax", "maxopenprice"],
};

/** Index of the column that says it, from 0; a field that no column says is absent. */
export type ColumnMap = Readonly<Partial<Record<ImportField, number>>>;

/** Which column says what, by the first heading that fits; those that mean nothing here are passed over. */
export function mapColumns(header: readonly string[]): ColumnMap {
  const map: Partial<Record<ImportField, number>> = {};
  for (const [index, heading] of header.entries()) {
    const field = fieldOf(heading);
    if (field !== null && map[field] === undefined) map[field] = index;
  }
  return map;
}

/** What every list must say: a name, a price, and a number or a barcode. */
export function missingColumns(columns: ColumnMap): readonly ImportField[] {
  const missing: ImportField[] = [];
  if (columns.nameZh === undefined) missing.push("nameZh");
  if (columns.price === undefined) missing.push("price");
  if (columns.sku === undefined && columns.barcode === undefined) missing.push("barcode");
  return missing;
}

function fieldOf(heading: string): ImportField | null {
  const plain = heading
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\(.*?\)|[\s_\-*./:]/g, "");
  return importFields.find((field) => headings[field].includes(plain)) ?? null;
}
