import Database from "better-sqlite3";

/**
 * Sales put aside in the books at `back` that the books at `here` have ended since: sold, given up, or given to another
 * till. One for which a payment was ever begun stays: whose money that is, a person has to see. Throws what SQLite says.
 */
export function draftsOver(back: string, here: string): readonly string[] {
  const db = new Database(back, { readonly: true, fileMustExist: true });
  try {
    db.prepare("ATTACH ? AS here").run(here);
    return db
      .prepare<[], string>(`
        SELECT sale_id FROM main.drafts
        WHERE sale_id NOT IN (SELECT sale_id FROM here.drafts) AND sale_id NOT IN (SELECT sale_id FROM main.attempts)
        ORDER BY sale_id`)
      .pluck()
      .all();
  } finally {
    db.close();
  }
}

/** Takes them out of books that nobody has opened yet. */
export function dropDrafts(path: string, saleIds: readonly string[]): void {
  const db = new Database(path, { fileMustExist: true });
  try {
    const drop = db.prepare("DELETE FROM drafts WHERE sale_id = ?");
    db.transaction(() => {
      for (const saleId of saleIds) drop.run(saleId);
    })();
  } finally {
    db.close();
  }
}
