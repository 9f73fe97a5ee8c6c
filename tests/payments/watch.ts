import type { AttemptView, NoticeView } from "#contract/ipc/till-view.ts";
import type { MoneyWord } from "#core/tender/attempt.ts";
import type { LedgerOrder } from "#simulators/gateway/ledger-view.ts";
import type { Scene } from "./scene.ts";

/** What the screens have said about one sale's money, each word held against the gateway's book as long as it stands. */
export interface Watch {
  /** The attempt the screens speak of last. */
  readonly outTradeNo: () => string | null;
  /** Since the request: when the last word "not known" gave way to another; null while it stands. */
  readonly knownAfterMs: () => number | null;
  /** Since the request: when the queue could go on, because the word was known or the sale could be put aside. */
  readonly goesOnAfterMs: () => number | null;
  readonly complaints: readonly string[];
}

/** The customer can do nothing more for it: the screen offers to put the sale aside (the payment dialog's own rule). */
const mayBeParked: ReadonlySet<string> = new Set(["waiting-for-answer", "cancelling", "needs-manager"]);

/** Watches every screen of the till for this sale, which is about to be paid. */
export function watchPayment(scene: Scene, saleId: string): Watch {
  const { till, clock } = scene;
  const oldNotices = new Set(till.shown.notices.map(({ id }) => id));
  const startedAtMs = clock.now();
  const said = { paid: new Set<string>(), notPaid: new Set<string>() };
  const complaints: string[] = [];
  let outTradeNo: string | null = null;
  let knownAtMs: number | null = null;
  let goesOnAtMs: number | null = null;
  scene.look = look;

  return {
    outTradeNo: () => outTradeNo,
    knownAfterMs: () => (knownAtMs === null ? null : knownAtMs - startedAtMs),
    goesOnAfterMs: () => (goesOnAtMs === null ? null : goesOnAtMs - startedAtMs),
    complaints,
  };

  function look(): void {
    const { payment, openAttempts } = till.shown;
    const open = openAttempts.find((attempt) => attempt.saleId === saleId);
    const shown = payment?.attempt?.saleId === saleId ? payment.attempt : null;
    outTradeNo = open?.outTradeNo ?? shown?.outTradeNo ?? outTradeNo;
    if (outTradeNo === null) return;
    const words = finalWords(open, shown);
    if (words.includes("paid")) said.paid.add(outTradeNo);
    if (words.includes("not-paid")) said.notPaid.add(outTradeNo);
    holdAgainst();
    // After a restart nothing may be said of a sale that is done: that takes nothing back.
    if (open !== undefined || shown?.word === "not-known") knownAtMs = null;
    else if (words.length > 0) knownAtMs ??= clock.now();
    if (knownAtMs !== null || mayBeParked.has(open?.phase ?? "")) goesOnAtMs ??= clock.now();
  }

  /** What the cashier's screen, the customer's and the notices say, the sale being on the screen, put aside or done. */
  function finalWords(open: AttemptView | undefined, shown: AttemptView | null): readonly MoneyWord[] {
    const { payment, sale, notices } = till.shown;
    const isDone = payment?.done?.saleId === saleId;
    const display = isDone || shown !== null ? till.displays.at(-1)?.stage.kind : undefined;
    const words = [
      ...(isDone ? ["paid" as const] : []),
      ...(display === "paid" || display === "not-paid" ? [display] : []),
      ...[open, shown].flatMap((attempt) => attempt?.word ?? []),
      ...notices.filter(({ id }) => !oldNotices.has(id)).flatMap((notice) => wordOfNotice(notice) ?? []),
    ].filter((word) => word !== "not-known");
    // Nothing is said of it and the cart can be paid for again: that says the same.
    const isOpenAgain = open === undefined && shown === null && sale.saleId === saleId;
    return words.length === 0 && isOpenAgain ? ["not-paid"] : words;
  }

  function wordOfNotice(notice: NoticeView): MoneyWord | null {
    if (notice.kind === "late-payment-reversed") return "not-paid";
    return notice.kind === "parked-payment-ended" && notice.saleId === saleId ? notice.word : null;
  }

  function holdAgainst(): void {
    for (const no of said.notPaid)
      complainOf(no, heldFen(scene.order(no)) > 0, "not paid, and the gateway holds the money");
    for (const no of said.paid) complainOf(no, heldFen(scene.order(no)) === 0, "paid, and the gateway holds no money");
  }

  function complainOf(no: string, isWrong: boolean, what: string): void {
    const complaint = `the screen says ${what} (${no})`;
    if (isWrong && !complaints.includes(complaint)) complaints.push(complaint);
  }
}

/** What the gateway has taken under this number and not given back. */
export function heldFen(order: LedgerOrder | undefined): number {
  return order === undefined ? 0 : order.chargedFen - order.refundedFen;
}
