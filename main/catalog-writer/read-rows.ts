import { importRowsSchema } from "#contract/catalog-writer/import-rows.ts";
import { limitsOf } from "#core/catalog/open-price.ts";
import { fen } from "#core/money/fen.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { ImportRowWithSound } from "#main/store/catalog/import-items.ts";

/** Reads rows of an import and finds how their names are spoken; the fault says which is no such row. */
export async function readRows(json: Uint8Array): Promise<Result<readonly ImportRowWithSound[], string>> {
  const parsed = importRowsSchema.safeParse(JSON.parse(new TextDecoder().decode(json)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return fail(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "no rows"}`.slice(0, 500));
  }
  // The dictionary of pinyin is loaded with the first rows.
  const { soundOf } = await import("#main/store/catalog/sound.ts");
  return ok(
    parsed.data.map(({ sku, value: { barcodes, priceFen, openPrice, ...rest } }) => {
      const limits = openPrice === undefined ? {} : { openPrice: limitsOf(openPrice) };
      const item = { ...rest, sku, priceFen: fen(priceFen), ...limits };
      return { row: { item, barcodes }, sound: soundOf(item.nameZh) };
    }),
  );
}
