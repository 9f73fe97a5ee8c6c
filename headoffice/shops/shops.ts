import type { Sql, Tx } from "../store/sql.ts";

export interface Shop {
  /** 2 to 4 of A-Z and 0-9. */
  readonly storeCode: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

export async function shopOf(sql: Pick<Sql, "first">, storeCode: string): Promise<Shop | undefined> {
  const row = await sql.first<{ name_zh: string; name_en: string }>(
    "SELECT name_zh, name_en FROM shops WHERE store_code = ?",
    [storeCode],
  );
  return row === undefined ? undefined : { storeCode, nameZh: row.name_zh, nameEn: row.name_en };
}

/** Adds the shop or gives it new names. */
export async function putShop(tx: Tx, { storeCode, nameZh, nameEn }: Shop): Promise<void> {
  await tx.run(
    `INSERT INTO shops (store_code, name_zh, name_en) VALUES (?, ?, ?)
     ON CONFLICT (store_code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en`,
    [storeCode, nameZh, nameEn],
  );
}
