import type { SupportBundleResult } from "#contract/worker/health-messages.ts";
import type { ChainRead } from "#core/health/judge-till.ts";
import type { Result } from "#core/result.ts";
import type { BackupStatus } from "./backup-status.ts";

/** What the machine, the files and the worker say of themselves. Nothing here runs on the selling path. */
export interface MachineHealth {
  /** Of the disk with the books, bytes. */
  diskSpace(): Promise<{ readonly freeBytes: number; readonly totalBytes: number }>;
  /** Writes and flushes one page beside the books: whole milliseconds, or the system's code for why not. */
  diskWrite(): Promise<{ readonly tookMs: number } | { readonly code: string }>;
  /** Since the till was opened, by the calendar and by time that only goes on; milliseconds. */
  sinceOpened(): { readonly wallMs: number; readonly steadyMs: number; readonly hasSlept: boolean };
  /** SQLite's look through the books, in the worker. */
  database(): Promise<Result<{ readonly problems: number; readonly bytes: number; readonly tookMs: number }, "failed">>;
  durability(): Promise<{ readonly journalMode: string; readonly synchronous: number; readonly walBytes: number }>;
  /** The newest entries against their chain, in the worker. */
  journalEnd(): Promise<Result<ChainRead, "failed">>;
  /** Every entry; minutes for years of sales. */
  journalWhole(): Promise<Result<ChainRead, "failed">>;
  memory(): Promise<{
    readonly processes: readonly { readonly kind: string; readonly bytes: number }[];
    readonly freeBytes: number;
  }>;
  /** `code`: why nothing can be written there; null where it can. */
  log(): Promise<{ readonly bytes: number; readonly files: number; readonly code: string | null }>;
  /** Of the till and what it runs on, by name. */
  versions(): Readonly<Record<string, string>>;
  backup(): BackupStatus;
  /** Puts support's package together and, with a target, saves it there. */
  bundle(
    files: readonly { readonly name: string; readonly text: string }[],
    target: string | null,
  ): Promise<Result<SupportBundleResult, "failed" | "cannot-write">>;
}
