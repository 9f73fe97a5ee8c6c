import type { NoticeView } from "#contract/ipc/till-view.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, type Outcome } from "#main/till/outcome.ts";

/** More would push each other off the strip unread. */
const mostNotices = 5;

type Unstamped<N> = N extends unknown ? Omit<N, "id" | "atMs"> : never;
/** What a notice says, before it gets its id and time. */
export type NoticeWords = Unstamped<NoticeView>;

/** Answers to a scan that are over with the next good one: the cashier has scanned again, or has gone on. */
const passing: ReadonlySet<NoticeView["kind"]> = new Set<NoticeView["kind"]>([
  "bad-check-digit",
  "payment-code-too-early",
  "other-wallet-code",
  "scan-while-not-selling",
  "scan-unreadable",
  "scan-refused",
  "label-refused",
  "cart-full",
  "receipt-scanned",
  "other-receipt-scanned",
  "gs1-refused",
  "double-scan",
  "badge-refused",
]);

/** What lies beside the till, or was said about a pack of this sale: over with the sale and not before. */
const ofSale: ReadonlySet<NoticeView["kind"]> = new Set<NoticeView["kind"]>([
  "unknown-barcode",
  "unknown-label-item",
  "pack-stopped",
  "stock-short",
  "pack-past-best-before",
]);

/** Puts a sentence on the strip; an equal one moves to the end instead of standing there twice. */
export function notify(till: TillContext, words: NoticeWords): void {
  const others = till.state.notices.filter((notice) => !saysTheSame(notice, words));
  const notice: NoticeView = { ...words, id: till.deps.newId(), atMs: till.deps.clock.now() };
  till.state.notices = [...others, notice].slice(-mostNotices);
  till.changed("notices");
}

/** Says what lasts, such as a printer's trouble: once, however often it is noticed. */
export function notifyOnce(till: TillContext, words: NoticeWords): void {
  if (!till.state.notices.some((notice) => saysTheSame(notice, words))) notify(till, words);
}

export function dismissNotice(till: TillContext, noticeId: string): Outcome {
  withdrawNotices(till, (notice) => notice.id === noticeId);
  return done;
}

/** Takes away what is no longer true, such as a printer's trouble that was mended. */
export function withdrawNotices(till: TillContext, isOver: (notice: NoticeView) => boolean): void {
  const left = till.state.notices.filter((notice) => !isOver(notice));
  if (left.length === till.state.notices.length) return;
  till.state.notices = left;
  till.changed("notices");
}

/**
 * After a scan that was taken. An unknown item stays on the strip until its code is found, sold at an open price or
 * dismissed: at twenty scans a second the next one must not hide that something lies beside the till unpaid.
 */
export function withdrawScanAnswers(till: TillContext, solved: string | undefined): void {
  withdrawNotices(till, (notice) => {
    if (notice.kind === "unknown-barcode") return notice.text === solved;
    if (notice.kind === "unknown-label-item") return notice.scaleCode === solved;
    return passing.has(notice.kind);
  });
}

/** A sale has ended: what was said about scans for it is over. */
export function withdrawSaleNotices(till: TillContext): void {
  withdrawNotices(till, ({ kind }) => ofSale.has(kind) || passing.has(kind));
}

function saysTheSame(notice: NoticeView, words: NoticeWords): boolean {
  const { id: _id, atMs: _atMs, ...rest } = notice;
  return JSON.stringify(rest) === JSON.stringify(words);
}
