import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { AttemptView, TillView } from "#contract/ipc/till-view.ts";
import type { Sale, Tender } from "#core/sale/sale.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import { isFinished } from "#core/tender/step-attempt.ts";
import type { Order } from "#simulators/gateway/order.ts";
import { businessDay } from "#tests/support/bench-shop.ts";
import { Broken, hold } from "./broken.ts";
import type { Heard } from "./heard.ts";
import type { World } from "./world.ts";

/**
 * An attempt must have its end within this once the line is whole, the clocks agree and the disk takes
 * everything: a QR is shown for 150 s, money takes 60 s at most to move, a request lives 30 s, and the longest wait between two
 * tries to undo is 600 s. The rest is one more round of query and answer.
 */
export const limitMs = 150_000 + 60_000 + 30_000 + 600_000 + 60_000;

/** What the shop holds of an order: charged and not given back. */
const keptFen = ({ chargedFen, refundedFen }: Order): number => chargedFen - refundedFen;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * Compares what the till says and stores with the gateway's own book, which alone knows whose the money is. It looks
 * whenever the world has come to rest, and at each request that leaves the till.
 */
export class Truth {
  readonly #world: World;
  /** Every attempt that ever was, oldest first; a final one stays as it is. */
  readonly #attempts = new Map<string, Attempt>();
  /** Finished ones, which stay as they are. */
  readonly #sales = new Map<string, Sale>();
  readonly #posts = new Map<string, number>();
  /** What the last look saw: where nothing happened since, nothing can have been broken. */
  #seen = "";
  #whatLeft: Broken | null = null;
  #noticesSeen: ReadonlySet<string> = new Set();
  #displaysSeen = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** A request is about to leave the till. What is wrong with it is told at the next look: the client hears nothing. */
  leaves(heard: Heard): void {
    try {
      this.#judgeLeaving(heard);
    } catch (cause) {
      if (!(cause instanceof Broken)) throw cause;
      this.#whatLeft ??= cause;
    }
  }

  #judgeLeaving({ operation, outTradeNo }: Heard): void {
    if (operation === "reverse") this.#judgeReverse(outTradeNo);
    if (operation !== "codepay" && operation !== "native") return;
    const { store } = this.#world.bench;
    const attempt = store.attempt(outTradeNo);
    // Cancelled meanwhile or not: a first address that could not be reached passes the request on to the second. A QR
    // nobody was shown needs no more to be given up, so its order may still be opened then, for nobody.
    const isLate = attempt !== null && isFinished(attempt) && (operation === "codepay" || attempt.codeUrl !== null);
    const isStored = attempt !== null && attempt.state !== "created" && !isLate;
    hold("stored-first", isStored, () => ({ outTradeNo, state: attempt?.state ?? "not stored" }));
    const attempts = store.attemptsOfSale(attempt.saleId);
    const before = attempts.slice(
      0,
      attempts.findIndex((one) => one.outTradeNo === outTradeNo),
    );
    hold("one-at-a-time", before.every(isFinished), () => ({ outTradeNo, before }));
    const posts = (this.#posts.get(outTradeNo) ?? 0) + 1;
    this.#posts.set(outTradeNo, posts);
    hold("posted-once", operation === "native" || posts === 1, () => ({ outTradeNo, posts }));
  }

  /** No sooner than 15 s after the payment was sent; a clock that was set is excused, and only then. */
  #judgeReverse(outTradeNo: string): void {
    const { bench, clock } = this.#world;
    const sentAtMs = bench.store.attempt(outTradeNo)?.sentAtMs ?? clock.now();
    const passedMs = clock.now() - sentAtMs;
    hold("gateway-rules-kept", clock.wasWrong || passedMs >= 15_000, () => ({ outTradeNo, passedMs }));
  }

  look(): void {
    const { bench, api } = this.#world;
    if (this.#whatLeft !== null) throw this.#whatLeft;
    api.desk.ledger.advance();
    const seen = `${this.#world.ledgerEvents} ${bench.patches.length} ${bench.faults.length}`;
    if (seen === this.#seen) return;
    this.#seen = seen;
    this.#learn();
    for (const attempt of this.#attempts.values()) this.#judgeAttempt(attempt);
    const bySale = Map.groupBy(this.#attempts.values(), ({ saleId }) => saleId);
    for (const [saleId, attempts] of bySale) this.#judgeSale(saleId, attempts);
    this.#judgeScreens(bench.shown);
    const mistakes = bench.faults.filter((fault) => !fault.includes("StoreBroken"));
    hold("no-bug", mistakes.length === 0, () => mistakes);
  }

  /** When everything is over. */
  lookAtTheBooks(): void {
    const { bench, api, codes, logged } = this.#world;
    const totals = bench.store.dayTotals(businessDay);
    const counted = bench.recount();
    const isEqual = Object.entries(counted).every(([name, value]) => totals[name as keyof typeof counted] === value);
    hold("books-add-up", isEqual, () => ({ totals, counted }));
    const chain = bench.store.verifyWholeChain();
    hold("books-add-up", chain.ok, () => chain);

    const orders = api.desk.ledger.orders();
    const broken = orders.flatMap(({ outTradeNo }) =>
      api.desk.ledger.history(outTradeNo).filter((event) => event.kind === "violation"),
    );
    // A pay that was long on its way makes the gateway see a reverse too soon: the till's own part is judged as it leaves.
    const unexcused = broken.filter((event) => event.rule !== "reversed-too-soon");
    hold("gateway-rules-kept", unexcused.length === 0, () => unexcused);

    const lines = [...bench.logged, ...logged];
    const log = lines.join("\n");
    const ours = lines.filter((line) =>
      /^(?:gateway port broken|attempt effect failed|gateway client failed)/u.test(line),
    );
    ours.push(...lines.filter((line) => line.startsWith("attempt step not stored") && !line.includes("StoreBroken")));
    hold("no-bug", ours.length === 0, () => ours);
    const files = readdirSync(bench.directory).map((name) => readFileSync(join(bench.directory, name), "latin1"));
    const leaks = codes.filter((code) => log.includes(code) || files.some((bytes) => bytes.includes(code)));
    hold("code-is-secret", leaks.length === 0, () => ({ leaks: leaks.length }));
  }

  isInDoubt(): boolean {
    const { store, attempts } = this.#world.bench;
    return store.unfinishedAttempts().length > 0 || attempts.unfinished().length > 0;
  }

  failInTime(passedMs: number): never {
    throw new Broken("final-in-time", { passedMs, limitMs, unfinished: this.#world.bench.store.unfinishedAttempts() });
  }

  /** Reads again what is not final; a new attempt is first met while it is unfinished, or on its way out. */
  #learn(): void {
    const { store } = this.#world.bench;
    const unfinished = store.unfinishedAttempts();
    const known = [...this.#attempts.values()].filter((attempt) => !isFinished(attempt));
    const numbers = [...known.map(({ outTradeNo }) => outTradeNo), ...this.#posts.keys()];
    for (const outTradeNo of numbers) {
      const before = this.#attempts.get(outTradeNo);
      if (before !== undefined && isFinished(before)) continue;
      const attempt = store.attempt(outTradeNo);
      if (attempt !== null) this.#attempts.set(outTradeNo, attempt);
    }
    for (const attempt of unfinished) this.#attempts.set(attempt.outTradeNo, attempt);
  }

  #order(outTradeNo: string): Order {
    return this.#world.api.desk.ledger.order(outTradeNo);
  }

  #judgeAttempt(attempt: Attempt): void {
    const { outTradeNo, state, amountFen, paid } = attempt;
    const order = this.#order(outTradeNo);
    const facts = () => ({ attempt, order });
    if (state === "paid") {
      const isWhole = order.chargedFen === amountFen && order.refundedFen === 0;
      const isTold = paid?.transactionId === order.transactionId && paid?.payerTotalFen === amountFen;
      hold("paid-is-charged", isWhole && isTold, facts);
    } else if (isFinished(attempt)) hold("not-paid-is-not-charged", keptFen(order) === 0, facts);
  }

  #judgeSale(saleId: string, attempts: readonly Attempt[]): void {
    const unfinished = attempts.filter((attempt) => !isFinished(attempt));
    hold("one-at-a-time", unfinished.length <= 1, () => unfinished);
    const { totalFen, tenders } = this.#bookOf(saleId);
    const kept = sum(attempts.map(({ outTradeNo }) => keptFen(this.#order(outTradeNo))));
    const booked = (kind: Tender["kind"]): number =>
      sum(tenders.filter((tender) => tender.kind === kind).map(({ amountFen }) => amountFen));
    const facts = () => ({ saleId, totalFen, kept, cash: booked("cash"), wechat: booked("wechat"), attempts });
    hold("no-more-than-it-costs", kept + booked("cash") <= totalFen, facts);
    const isAgreed = unfinished.length === 0 ? booked("wechat") === kept : booked("wechat") <= kept;
    hold("tenders-are-charged", isAgreed, facts);
  }

  /** The sale as it is on disk: finished, put aside or being rung up. */
  #bookOf(saleId: string): { readonly totalFen: number; readonly tenders: readonly Tender[] } {
    const { store } = this.#world.bench;
    const finished = this.#sales.get(saleId) ?? store.sale(saleId)?.sale;
    if (finished !== undefined) {
      this.#sales.set(saleId, finished);
      return finished;
    }
    const draft = store.draft(saleId);
    hold("books-add-up", draft !== null, () => ({ saleId, problem: "neither a sale nor a draft" }));
    return { totalFen: priceCart(draft.cart).totalFen, tenders: draft.tenders };
  }

  #judgeScreens({ payment, openAttempts, notices }: TillView): void {
    for (const attempt of [...openAttempts, ...(payment?.attempt ? [payment.attempt] : [])]) this.#judgeWord(attempt);
    if (payment?.done) {
      const { saleId } = payment.done;
      hold("screens-are-true", this.#world.bench.store.sale(saleId) !== null, () => ({ shown: payment.done }));
    }
    for (const notice of notices) {
      if (this.#noticesSeen.has(notice.id) || notice.kind !== "parked-payment-ended") continue;
      const last = [...this.#attempts.values()].findLast(({ saleId }) => saleId === notice.saleId);
      const isPaid = last !== undefined && keptFen(this.#order(last.outTradeNo)) > 0;
      hold("screens-are-true", isPaid === (notice.word === "paid"), () => ({ notice, last }));
    }
    this.#noticesSeen = new Set(notices.map(({ id }) => id));
    this.#judgeDisplay();
  }

  #judgeWord(view: AttemptView): void {
    const { outTradeNo, word, amountFen } = view;
    const kept = keptFen(this.#order(outTradeNo));
    const isTrue = word === "not-known" || (word === "paid" ? kept === amountFen : kept === 0);
    hold("screens-are-true", isTrue, () => ({ shown: view, kept }));
  }

  /** What the customer read since the last look; "not paid" and "paid" are about the sale that was on the screen. */
  #judgeDisplay(): void {
    const { bench } = this.#world;
    const shown = bench.displays.slice(this.#displaysSeen);
    this.#displaysSeen = bench.displays.length;
    const latest = shown.at(-1)?.stage;
    if (latest?.kind === "not-paid") {
      const attempt = bench.shown.payment?.attempt;
      hold("screens-are-true", attempt?.word === "not-paid", () => ({ display: latest, attempt }));
    }
    if (latest?.kind === "paid") {
      const [sale] = bench.store.lastSales(1);
      hold("screens-are-true", sale?.totalFen === latest.totalFen, () => ({ display: latest, sale }));
    }
  }
}
