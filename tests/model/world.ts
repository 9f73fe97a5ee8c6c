import { defaultAttemptTiming } from "#core/tender/attempt.ts";
import type { PaymentGateway } from "#main/till/ports/payment-gateway.ts";
import type { Api } from "#simulators/gateway/carry-out.ts";
import { ControlError } from "#simulators/control/route.ts";
import { buildGateway } from "#simulators/gateway/gateway.ts";
import type { Order } from "#simulators/gateway/order.ts";
import type { Wallet } from "#simulators/wallet/wallet.ts";
import { openingMs, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";
import { Line } from "./line.ts";
import { merchant, openClient, openShop, platform, type Setup, type Shop } from "./shop.ts";
import { limitMs, Truth } from "./truth.ts";
import { comesToRest, WorldClock } from "./world-clock.ts";

/**
 * One shop in one run: the till with its real store, driver, use cases and client, the gateway simulator and its wallet,
 * and the line between them, all in one time. After everything that happens `truth` looks whether a promise was broken.
 */
export class World {
  readonly clock = new WorldClock(openingMs);
  readonly line: Line;
  readonly api: Api;
  readonly wallet: Wallet;
  readonly bench: TillBench;
  readonly truth: Truth;
  /** Payment codes that were shown to the scanner, the latest last. */
  readonly codes: string[] = [];
  /** How often the gateway's book or a phone changed. */
  ledgerEvents = 0;
  /** Steps taken. */
  steps = 0;
  readonly #setup: Setup;
  #process: { readonly client: PaymentGateway; readonly cut: () => void };
  /** What the client told the log. */
  readonly logged: string[] = [];

  static async open(setup: Setup): Promise<World> {
    const world = new World(setup, await openShop());
    await world.signIn();
    await world.settle();
    return world;
  }

  private constructor(setup: Setup, shop: Shop) {
    const { clock } = this;
    const later = (ms: number, work: () => void): void => void clock.after(ms, work);
    const { api, parts } = buildGateway({
      merchant,
      platform,
      now: clock.now,
      announce: () => (this.ledgerEvents += 1),
      later,
    });
    this.api = api;
    this.wallet = parts.wallet;
    this.line = new Line(clock, api, platform, (heard) => this.truth.leaves(heard));
    this.#setup = setup;
    this.#process = this.#startClient();
    const gateway: PaymentGateway = {
      codeProtocol: setup.codepayProtocol,
      pay: (...asked) => this.#process.client.pay(...asked),
      openNative: (...asked) => this.#process.client.openNative(...asked),
      query: (...asked) => this.#process.client.query(...asked),
      reverse: (...asked) => this.#process.client.reverse(...asked),
      close: (...asked) => this.#process.client.close(...asked),
    };
    const { queryIntervalMs, nativeDeadlineMs } = setup;
    const timing = { ...defaultAttemptTiming, queryIntervalMs, nativeDeadlineMs };
    this.bench = openTillBench({ clock: clock.tillsClock, gateway, timing, ...shop });
    this.truth = new Truth(this);
  }

  /** A client for one process of the till. */
  #startClient(): { readonly client: PaymentGateway; readonly cut: () => void } {
    const { exchange, cut } = this.line.connect();
    const log = (line: string): void => void this.logged.push(line);
    return { client: openClient(this.#setup, { exchange, now: this.clock.tillsClock.now, log }), cut };
  }

  async signIn(): Promise<void> {
    if (this.bench.shown.session === null)
      await this.bench.send("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
  }

  /** Lets everything come to rest, and looks at it. */
  async settle(): Promise<void> {
    await comesToRest();
    this.truth.look();
  }

  async pass(ms: number): Promise<void> {
    await this.clock.pass(ms, () => this.truth.look());
  }

  /** The power goes and comes back. What is on the line stays on its way. */
  async powerCut(): Promise<void> {
    this.#process.cut();
    this.#process = this.#startClient();
    await this.bench.crash();
    await this.settle();
  }

  /** The line is whole, the clock is set, the disk takes everything, somebody is there; the gateway behaves. */
  async heal(): Promise<void> {
    this.line.isDown = false;
    this.line.troubles = [];
    this.api.scripts.clear();
    this.clock.skewMs = 0;
    this.bench.refuse.times = 0;
    await this.signIn();
    await this.settle();
  }

  /** Runs on until nothing is in doubt; milliseconds until then. Breaks a promise where that takes too long. */
  async end(): Promise<number> {
    const healedAtMs = this.clock.now();
    const passedMs = (): number => this.clock.now() - healedAtMs;
    while (this.truth.isInDoubt()) {
      if (passedMs() > limitMs) this.truth.failInTime(passedMs());
      await this.pass(5_000);
    }
    const tookMs = passedMs();
    await this.customersPayWhatTheyCan();
    this.truth.lookAtTheBooks();
    return tookMs;
  }

  /** Whatever a phone still lets its owner pay is paid: nothing of it may hurt an attempt that has its end. */
  async customersPayWhatTheyCan(): Promise<void> {
    for (const { outTradeNo } of this.passwordsAsked()) this.wallet.enterPassword({ outTradeNo, accept: true });
    for (const { codeUrl } of this.qrsSeen()) this.scanAndPay(codeUrl, true, 0);
    await this.pass(60_000);
    this.truth.look();
  }

  /** Payments for which a phone asks its owner for the password. */
  passwordsAsked(): readonly Order[] {
    this.api.desk.ledger.advance();
    return this.api.desk.ledger.orders().filter(({ kind, promptsPhone }) => kind === "codepay" && promptsPhone);
  }

  /** What customers have seen on their display, whatever has become of it. */
  qrsSeen(): readonly { readonly codeUrl: string }[] {
    return this.bench.displays.flatMap(({ stage }) => (stage.kind === "qr" ? [{ codeUrl: stage.codeUrl }] : []));
  }

  scanAndPay(codeUrl: string, accept: boolean, settleAfterMs: number): void {
    try {
      this.wallet.scanQr(codeUrl);
      this.wallet.payQr({ codeUrl, accept, settleAfterMs });
    } catch (cause) {
      // The phone says why not: too late, paid, or already on its way.
      if (!(cause instanceof ControlError)) throw cause;
    }
  }

  close(): void {
    this.bench.close();
  }
}

/** To so many milliseconds past the first deadline of an open attempt, where that lies ahead. */
export async function passToDeadline(world: World, pastMs: number): Promise<void> {
  const deadlines = world.bench.shown.openAttempts.flatMap(({ deadlineAtMs }) => deadlineAtMs ?? []);
  const leftMs = Math.min(...deadlines) + pastMs - world.clock.tillsClock.now();
  // A clock that was set far back is not waited for.
  if (leftMs > 0 && leftMs < 600_000) await world.pass(leftMs);
}
