import type { Locale } from "#contract/config/terminal.ts";
import type {
  Cursor,
  DayRange,
  EventKind,
  ItemSums,
  Page,
  Pick,
  Report,
  ReportEvent,
  ReportSale,
} from "#contract/reports/report.ts";
import type { Disagreement } from "#core/report/recount.ts";
import type { Share } from "#core/report/shares.ts";
import type { Result } from "#core/result.ts";

export type ReportsFault =
  | { readonly kind: "cancelled" }
  | { readonly kind: "cannot-write" }
  | { readonly kind: "too-many-rows" }
  | { readonly kind: "failed" };

type Answer<T> = Promise<Result<T, ReportsFault>>;

export interface ReportOrder {
  readonly range: DayRange;
  readonly format: "csv" | "xlsx";
  readonly what: { readonly of: "report" } | { readonly of: "sales"; readonly pick: Pick };
  readonly locale: Locale;
  readonly target: string;
  readonly categories: Readonly<Record<string, string>>;
}

/** What a day's journal adds up to, and where what is kept differs. */
export interface Recount {
  /** All of them, however many are listed. */
  readonly foundCount: number;
  readonly found: readonly Disagreement[];
  /** The whole day, where it was asked for; up to this place in the journal. */
  readonly shares: readonly Share[];
  readonly upTo: number;
}

/** Reads sales.db away from this thread. Never throws and never rejects. */
export interface Reports {
  report(range: DayRange, against: readonly DayRange[]): Answer<Report>;
  items(range: DayRange, by: "net" | "quantity", limit: number): Answer<readonly ItemSums[]>;
  sales(range: DayRange, pick: Pick, after: Cursor | null, limit: number): Answer<Page<ReportSale>>;
  events(range: DayRange, of: EventKind, pick: Pick, after: Cursor | null, limit: number): Answer<Page<ReportEvent>>;
  /** The file appears when it is whole. */
  write(
    order: ReportOrder,
    watch: { readonly signal: AbortSignal; readonly onProgress: (share: number) => void },
  ): Answer<{ readonly rowCount: number }>;
  recount(day: string, wantsShares: boolean): Answer<Recount>;
  /** False once it was stopped: nobody is left to work for. */
  isOpen(): boolean;
}

/** What sales.db knows of recounts. */
export interface RecountStore {
  /** A day with sales or refunds that was not recounted since; the one that waits longest. Null where there is none. */
  nextRecount(beforeMs: number): string | null;
  /** Keeps what a recount found, with a journal entry where it is something new. */
  noteRecount(day: string, atMs: number, recount: Recount): void;
  /** Days whose last recount disagreed, oldest first; at most 20. */
  disagreedDays(): readonly { readonly day: string; readonly foundCount: number }[];
  /** Puts what was counted in the place of what was kept; false where the day has moved on since. */
  repairTotals(day: string, atMs: number, recount: Recount, by: string): boolean;
}
