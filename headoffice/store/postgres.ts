import pg from "pg";
import { assert, fail, ok, type Result } from "#core/result.ts";
import type { OpenFault } from "./fault.ts";
import { codeOf, withRetries } from "./retry.ts";
import { type InsertInto, type Sql, type SqlRow, StoreUnavailable, type TransactionOptions, type Tx } from "./sql.ts";

/** How long a call waits for a free connection before the till is told to come back. Milliseconds. */
const connectTimeoutMs = 5_000;
/** No statement of ours takes a second; one that does is stuck behind a lock. Milliseconds. */
const statementTimeoutMs = 15_000;
/** Rows of one INSERT over the wire, so that none of its parameters grows beyond some megabytes. */
const mostRowsAtOnce = 1_000;

/** Of a pool that nobody shares a thread's work with. */
const mostConnections = 8;

/**
 * Opens a pool on any engine that speaks PostgreSQL's wire, refusing one that would lose what it acknowledged.
 * @param most connections: an upload needs one for a few milliseconds, and servers allow about a hundred in all
 */
export async function openPostgres(url: string, most = mostConnections): Promise<Result<Sql, OpenFault>> {
  const where = withoutPassword(url);
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    application_name: "tillway head office",
    types: { getTypeParser },
  });
  // A connection that breaks while idle is replaced at the next call, which tells if the server is really gone.
  pool.on("error", () => undefined);
  try {
    const { rows } = await pool.query<{ name: string; setting: string }>(
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit') AND setting = 'off'",
    );
    const [careless] = rows;
    if (careless === undefined) return ok(sqlOver(pool));
    await pool.end();
    return fail({ kind: "not-durable", where, setting: careless.name });
  } catch (error) {
    await pool.end();
    if (!(error instanceof Error)) throw error;
    return fail({ kind: "unreachable", where, detail: detailOf(error) });
  }
}

function sqlOver(pool: pg.Pool): Sql {
  const columnTypes = createColumnTypes();
  const reads = txOver(pool, columnTypes);
  return {
    engine: "postgres",
    rows: (text, values) => withRetries(() => reads.rows(text, values), reasonOf),
    first: (text, values) => withRetries(() => reads.first(text, values), reasonOf),
    transaction: (work, options = {}) => withRetries(() => inTransaction(pool, columnTypes, work, options), reasonOf),
    close: () => pool.end(),
  };
}

async function inTransaction<T>(
  pool: pg.Pool,
  columnTypes: ColumnTypes,
  work: (tx: Tx) => Promise<T>,
  { isLong = false, mayBeLost = false }: TransactionOptions,
): Promise<T> {
  const client = await pool.connect();
  // A connection that fails half-way must not be given to the next one; nobody else listens while it is ours, and an
  // error that nobody hears ends the process.
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    // One message, one answer. Neither this server's disk nor a standby is waited for.
    await client.query(mayBeLost ? "BEGIN; SET LOCAL synchronous_commit TO off" : "BEGIN");
    if (isLong) await client.query("SET LOCAL statement_timeout = 0");
    const answer = await work(txOver(client, columnTypes));
    const { command } = await client.query("COMMIT");
    // PostgreSQL answers COMMIT with ROLLBACK, not with an error, when a statement before it failed and was caught.
    assert(command === "COMMIT", `a transaction that is committed, not ${command}`);
    return answer;
  } catch (error) {
    try {
      await client.query("ROLLBACK");
    } catch (rollbackError) {
      broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError));
    }
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}

function txOver(client: pg.Pool | pg.PoolClient, columnTypes: ColumnTypes): Tx {
  const query = (text: string, values: SqlRow = []) => client.query(numbered(text), bound(values));
  return {
    // The columns a text selects are named by whoever wrote it.
    rows: async <Row>(text: string, values?: SqlRow) => (await query(text, values)).rows as readonly Row[],
    // As above.
    first: async <Row>(text: string, values?: SqlRow) => (await query(text, values)).rows[0] as Row | undefined,
    run: async (text, values) => (await query(text, values)).rowCount ?? 0,
    async insert(into, rows) {
      if (rows.length === 0) return 0;
      const text = insertText(into, await columnTypes(client, into));
      let count = 0;
      for (let from = 0; from < rows.length; from += mostRowsAtOnce) {
        const some = rows.slice(from, from + mostRowsAtOnce);
        const columns = into.columns.map((_, index) => some.map((row) => row[index] ?? null));
        count += (await client.query(text, columns)).rowCount ?? 0;
      }
      return count;
    },
  };
}

const numberedTexts = new Map<string, string>();

/** `?` as `$1`, `$2` …; remembered, since the texts are ours and few. */
function numbered(text: string): string {
  let written = numberedTexts.get(text);
  if (written === undefined) {
    let count = 0;
    written = text.replaceAll("?", () => `$${(count += 1)}`);
    numberedTexts.set(text, written);
  }
  return written;
}

/** One array a column: a parameter for each value takes the server twice the time. Any number of rows has one text. */
function insertText({ table, columns, tail = "" }: InsertInto, types: readonly string[]): string {
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`);
  return `INSERT INTO ${table} (${columns.join(", ")}) SELECT * FROM unnest(${arrays.join(", ")}) ${tail}`;
}

/** The types of the columns an INSERT names, in its order: an array must say what it is of. */
type ColumnTypes = (client: pg.Pool | pg.PoolClient, into: InsertInto) => Promise<readonly string[]>;

/** Asked of the database once a table; again where a column is not known, as after a migration. */
function createColumnTypes(): ColumnTypes {
  const tables = new Map<string, ReadonlyMap<string, string>>();
  return async (client, { table, columns }) => {
    let known = tables.get(table);
    if (known === undefined || !columns.every((column) => known?.has(column))) {
      const { rows } = await client.query<{ name: string; type: string }>(
        `SELECT column_name AS name, data_type AS type FROM information_schema.columns
         WHERE table_name = $1 AND table_schema = ANY (current_schemas(false))`,
        [table],
      );
      known = new Map(rows.map(({ name, type }) => [name, type]));
      tables.set(table, known);
    }
    return columns.map((column) => {
      const type = known.get(column);
      assert(type !== undefined, `a column of ${table}, not ${column}`);
      return type;
    });
  };
}

/** pg sends a Buffer as bytea and any other array as something else. The same bytes, not a copy of them. */
function bound(values: SqlRow): unknown[] {
  return values.map((value) => {
    if (!(value instanceof Uint8Array) || Buffer.isBuffer(value)) return value;
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  });
}

const wholeTypes = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);

/** BIGINT and the sums of it (NUMERIC) come as text; ours are whole and below 2^53. */
function getTypeParser(oid: number, format?: "text" | "binary"): (value: string) => unknown {
  return wholeTypes.has(oid) ? wholeNumber : pg.types.getTypeParser(oid, format ?? "text");
}

function wholeNumber(text: string): number {
  const value = Number(text);
  assert(Number.isSafeInteger(value), `a whole number within 2^53, got ${text}`);
  return value;
}

/** Conflicts (40001, 40P01), a server that goes down (57P01-57P03) or a connection that broke (08xxx, sockets). */
function reasonOf(error: unknown): StoreUnavailable["reason"] | null {
  const code = codeOf(error);
  if (code === "40001" || code === "40P01" || code === "53300") return "busy";
  if (/^(?:57P0[123]|08...|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code)) return "unreachable";
  if (!(error instanceof Error)) return null;
  // pg gives these no code.
  if (/Connection terminated|connection error and is not queryable/.test(error.message)) return "unreachable";
  return error.message.includes("timeout exceeded when trying to connect") ? "busy" : null;
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, "//…@");
}

/** A refused connection to several addresses is an AggregateError without a message. */
function detailOf(error: Error): string {
  return error instanceof AggregateError ? error.errors.map(String).join("; ") : error.message;
}
