import Database from "better-sqlite3";

/** The manager who gets the first PIN of books whose PINs do not come along; null where they know none. */
export function managerOf(path: string): string | null {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return (
      db
        .prepare<[], string>(
          "SELECT name FROM cashiers WHERE role = 'manager' AND is_removed = 0 ORDER BY cashier_id LIMIT 1",
        )
        .pluck()
        .get() ?? null
    );
  } finally {
    db.close();
  }
}
