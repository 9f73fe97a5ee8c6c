import Database from "better-sqlite3";

type Statement = Database.Statement;

/**
 * From now on a statement of SQLite is compiled when it is first used, and not when it is prepared: a till prepares three
 * hundred at each start, of which a day like these needs a fifth. What a statement does is the same.
 */
export function compileWhenUsed(): void {
  // The library's class has it as a method like any other.
  const library = Database.prototype as { prepare(this: unknown, text: string): Statement };
  const { prepare } = library;
  library.prepare = function later(this: unknown, text: string): Statement {
    // Of a statement's methods these are all that stores use.
    return new LazyStatement(() => prepare.call(this, text)) as unknown as Statement;
  };
}

class LazyStatement {
  readonly #compile: () => Statement;
  #compiled: Statement | null = null;

  constructor(compile: () => Statement) {
    this.#compile = compile;
  }

  get(...values: unknown[]): unknown {
    return this.#statement().get(...values);
  }

  all(...values: unknown[]): unknown[] {
    return this.#statement().all(...values);
  }

  run(...values: unknown[]): Database.RunResult {
    return this.#statement().run(...values);
  }

  iterate(...values: unknown[]): IterableIterator<unknown> {
    return this.#statement().iterate(...values);
  }

  pluck(): LazyStatement {
    return new LazyStatement(() => this.#statement().pluck());
  }

  raw(): LazyStatement {
    return new LazyStatement(() => this.#statement().raw());
  }

  #statement(): Statement {
    this.#compiled ??= this.#compile();
    return this.#compiled;
  }
}
