/**
 * The one way to the database. The same SQL text runs on embedded SQLite and on any engine that speaks PostgreSQL's wire,
 * so it keeps to what all of them have:
 *
 * - Types: TEXT, BIGINT (whole numbers, also 0/1 for booleans), DOUBLE PRECISION, BYTEA. Times are BIGINT milliseconds.
 * - Parameters are written `?`. A text of ours holds no other question mark.
 * - Every key starts with the shard column `store_code`. No sequence, trigger, max()+1, advisory lock, JSON operator,
 *   `now()`, or foreign key across shards. A number that counts is a row that is updated (`UPDATE … RETURNING`).
 * - `INSERT … ON CONFLICT (key) DO UPDATE/NOTHING`, `RETURNING` and `LIMIT` are the same everywhere.
 * - TEXT holds no U+0000 (PostgreSQL refuses it): what comes from outside is checked or stored as bytes.
 */
export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = readonly SqlValue[];

/** Reads and writes inside one transaction. */
export interface Tx {
  /** All rows of a SELECT or of a change with RETURNING. `Row` names the columns as the SQL does (snake_case). */
  rows<Row extends object>(text: string, values?: SqlRow): Promise<readonly Row[]>;
  /** The first row, or undefined. */
  first<Row extends object>(text: string, values?: SqlRow): Promise<Row | undefined>;
  /** Changes rows and tells how many. */
  run(text: string, values?: SqlRow): Promise<number>;
  /** Inserts any number of rows set-wise: prepared once and looped in process, many rows a statement over the wire. */
  insert(into: InsertInto, rows: readonly SqlRow[]): Promise<number>;
}

export interface InsertInto {
  readonly table: string;
  readonly columns: readonly string[];
  /**
   * What follows the values, e.g. `ON CONFLICT (store_code, sku) DO UPDATE SET price_fen = excluded.price_fen`. A
   * DO UPDATE must not meet the same key twice in one call: PostgreSQL refuses that.
   */
  readonly tail?: string;
}

export interface Sql {
  readonly engine: "sqlite" | "postgres";
  /** One SELECT of committed rows, beside whatever is being written. */
  rows<Row extends object>(text: string, values?: SqlRow): Promise<readonly Row[]>;
  first<Row extends object>(text: string, values?: SqlRow): Promise<Row | undefined>;
  /**
   * Runs `work` and commits it durably: when this resolves, the change survives a power cut. Whatever `work` throws rolls
   * everything back and is thrown on. A conflict with another transaction, or a connection that broke, runs `work` again
   * (at most `mostAttempts` times): it must wait for nothing but `tx`, take ids and the time from outside, and be right when
   * it was already committed once and only the answer was lost. Transactions are never nested.
   * @param isLong its statements may take longer than the 15 s after which one is taken for stuck: migrations, rebuilding
   * @param mayBeLost a power cut may undo it, though everybody sees it at once: nothing anybody was told rests on it, and it
   *   is not worth a flush of the disk
   * @throws {StoreUnavailable} the database is out of reach, too busy, or its disk refuses
   */
  transaction<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;
  close(): Promise<void>;
}

export interface TransactionOptions {
  readonly isLong?: boolean;
  readonly mayBeLost?: boolean;
}

/** `?, ?, ?`: a place in a statement for each of these. */
export function places(values: readonly unknown[]): string {
  return values.map(() => "?").join(", ");
}

/** The database cannot be used now; the same call may succeed later. */
export class StoreUnavailable extends Error {
  readonly reason: "busy" | "unreachable" | "disk";
  constructor(reason: StoreUnavailable["reason"], detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.name = "StoreUnavailable";
    this.reason = reason;
  }
}
