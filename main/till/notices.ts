import type { NoticeView } from "#contract/ipc/till-view.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, type Outcome } from "#main/till/outcome.ts";

/** More would push each other off the strip unread. */
const mostNotices = 5;

type Unstamped<N> = N extends unknown ? Omit<N, "id" | "atMs"> : never;
/** What a notice says, before it gets its id and time. */
export type NoticeWords = Unstamped<NoticeView>;

/** Puts a sentence on the strip; an equal one moves to the end instead of standing there twice. */
export function notify(till: TillContext, words: NoticeWords): void {
  const others = till.state.notices.filter((notice) => !saysTheSame(notice, words));
  const notice: NoticeView = { ...words, id: till.deps.newId(), atMs: till.deps.clock.now() };
  till.state.notices = [...others, notice].slice(-mostNotices);
  till.changed("notices");
}

export function dismissNotice(till: TillContext, noticeId: string): Outcome {
  till.state.notices = till.state.notices.filter((notice) => notice.id !== noticeId);
  till.changed("notices");
  return done;
}

/** Takes away what is no longer true, such as a printer's trouble that was mended. */
export function withdrawNotices(till: TillContext, isOver: (notice: NoticeView) => boolean): void {
  const left = till.state.notices.filter((notice) => !isOver(notice));
  if (left.length === till.state.notices.length) return;
  till.state.notices = left;
  till.changed("notices");
}

function saysTheSame(notice: NoticeView, words: NoticeWords): boolean {
  const { id: _id, atMs: _atMs, ...rest } = notice;
  return JSON.stringify(rest) === JSON.stringify(words);
}
