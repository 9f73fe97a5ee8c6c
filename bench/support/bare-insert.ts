import Database from "better-sqlite3";
import pg from "pg";
import { assert } from "#core/result.ts";
import { type DatabaseChoice, openStore } from "#headoffice/store/open-store.ts";

/** Rows of one table that were written in one upload. */
export interface TableRows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** One upload's rows. */
export type Batch = readonly TableRows[];

/** Writes rows with nothing around it: each batch in one durable transaction. */
export interface BareInsert {
  /** Batches of several tills: one after another of a till, of all tills as many at once as the engine has writers. */
  write(ofTills: readonly (readonly Batch[])[]): Promise<void>;
  close(): Promise<void>;
}

/** A database of head office's shape. */
export async function openBareInsert(database: DatabaseChoice, writers: number): Promise<BareInsert> {
  const store = await openStore(database);
  assert(store.ok, "a scratch database takes its shape");
  await store.value.close();
  return database.kind === "sqlite" ? bareSqlite(database.path) : barePostgres(database.url, writers);
}

function bareSqlite(path: string): BareInsert {
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  const statements = new Map<string, Database.Statement>();
  const insert = ({ table, columns }: TableRows) => {
    const text = `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
    const statement = statements.get(text) ?? db.prepare(text);
    statements.set(text, statement);
    return statement;
  };
  const writeOne = db.transaction((batch: Batch) => {
    for (const some of batch) {
      const statement = insert(some);
      for (const row of some.rows) statement.run(...row);
    }
  });
  return {
    async write(ofTills) {
      for (const batches of ofTills) for (const batch of batches) writeOne.immediate(batch);
    },
    async close() {
      db.close();
    },
  };
}

async function barePostgres(url: string, writers: number): Promise<BareInsert> {
  const pool = new pg.Pool({ connectionString: url, max: writers });
  const { rows: found } = await pool.query<{ name: string; type: string }>(
    "SELECT table_name || '.' || column_name AS name, data_type AS type FROM information_schema.columns",
  );
  const types = new Map(found.map(({ name, type }) => [name, type]));
  const writeOne = async (client: pg.PoolClient, batch: Batch) => {
    await client.query("BEGIN");
    for (const { table, columns, rows } of batch) {
      // As the server takes them best: an array a column.
      const arrays = columns.map((column, index) => `$${index + 1}::${types.get(`${table}.${column}`) ?? "text"}[]`);
      const text = `INSERT INTO ${table} (${columns.join(", ")}) SELECT * FROM unnest(${arrays.join(", ")})`;
      await client.query(
        text,
        columns.map((_, index) => rows.map((row) => row[index])),
      );
    }
    await client.query("COMMIT");
  };
  return {
    async write(ofTills) {
      await Promise.all(
        ofTills.map(async (batches) => {
          const client = await pool.connect();
          for (const batch of batches) await writeOne(client, batch);
          client.release();
        }),
      );
    },
    close: () => pool.end(),
  };
}
