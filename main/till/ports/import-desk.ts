import type { Locale } from "#contract/config/terminal.ts";
import type { ImportStanding } from "#contract/ipc/catalog-intents.ts";
import type { ImportField } from "#core/catalog/import/columns.ts";
import type { Result } from "#core/result.ts";

/** How a list is to be read. */
export interface ListAsk {
  readonly columns: Readonly<Partial<Record<ImportField, number>>> | null;
  readonly newCategories: "make" | "refuse";
  readonly locale: Locale;
}

/** Lists of goods on their way in and out: one at a time, read and written by the worker. */
export interface ImportDesk {
  standing(): ImportStanding;
  /** Asks the manager for a file; where they choose one it is read at once. The one before is forgotten. */
  choose(ask: ListAsk): Promise<void>;
  /** Reads the chosen file anew. False where there is none, or work is under way. */
  check(ask: ListAsk): boolean;
  /** Takes in what was checked, and nothing else. False where nothing is. */
  apply(mode: "all" | "good", locale: Locale, cashierId: string): boolean;
  cancel(): void;
  discard(): void;
  writeReport(target: string, locale: Locale): Promise<Result<number, "no-import" | "cannot-write">>;
  exportTo(
    target: string,
    format: "csv" | "xlsx",
    locale: Locale,
  ): Promise<Result<number, "cannot-write" | "too-many-items">>;
}
