import type { WalletBehaviour, WalletView } from "#contract/bench/wallet.ts";
import { must } from "#tests/crash/payments/basket.ts";
import { givesBackWithinMs } from "#tests/crash/payments/refund-courses.ts";
import type { Stage } from "#tests/support/gateway-relay.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import type { Random } from "#tests/support/random.ts";
import { customerWill } from "#tests/support/shop-day.ts";
import { soon } from "#tests/support/soon.ts";
import type { Note, OldTillWord } from "./old-till-words.ts";
import type { Place } from "./place.ts";
import { type Claim, movedOf } from "./truth.ts";
import type { Customer, Step, Visit } from "./visits.ts";

/** From the step to the kill, at most, milliseconds: a commit is within it. */
const afterStepMs = 20;
/** One payment, and its money back, with two starts in its middle, on a busy machine. */
const saleWithinMs = 180_000;

const behaviours: Readonly<Record<Customer, WalletBehaviour>> = {
  pays: "pay",
  "enters the password": "password",
  "is refused": "refuse",
  "goes away": "ignore",
};
const stages: readonly Step[] = ["arrived", "taken", "half", "answered"] satisfies readonly Stage[];
const operations = { Payment: "pay", Reversal: "refund" } as const;

/** One sale of the old till with a kill in its middle, from its first request until nobody waits for anything. */
export class Cycle {
  readonly #place: Place;
  readonly #visit: Visit;
  readonly #random: Random;
  #customer: Customer;
  /** What the old till has written down of this sale. */
  readonly #told: Note[] = [];
  readonly #claims: Claim[] = [];
  /** What the old till is at. */
  #noted: Pick<Note, "number" | "service" | "category"> | null = null;
  #struck: Promise<void> | null = null;
  /** The old till is dead; what it had said last is not answered. */
  #isMute = false;
  #isOver = false;
  /** The money that goes back has had its time. */
  #hasArrived = false;
  /** The start for which the money has arrived: it may tell the old till the end before it is over. */
  #arriving: Promise<void> = Promise.resolve();
  #fault: { readonly cause: unknown } | null = null;

  constructor(place: Place, visit: Visit, random: Random) {
    [this.#place, this.#visit, this.#random, this.#customer] = [place, visit, random, visit.customer];
  }

  isStruck(): boolean {
    return this.#struck !== null;
  }

  told(): readonly Note[] {
    return this.#told;
  }

  /** What the till said became of its requests, after the kill and at the end. */
  claims(): readonly Claim[] {
    return this.#claims;
  }

  /** @param isWaiting the old till has said `next` already */
  async run(isWaiting: boolean): Promise<void> {
    const { relay } = this.#place.shop;
    await this.#will(this.#customer);
    const { step, category } = this.#visit;
    const stage = stages.includes(step) ? (step as Stage) : null; // by the line before
    if (stage !== null) {
      const delayMs = stage === "answered" ? this.#random() * afterStepMs : 0;
      const catches = ({ operation }: { readonly operation: string }) => operation === operations[category];
      relay.setTrap({ stage, delayMs, catches, spring: () => this.#strike() });
    }
    if (isWaiting) this.#goOn();
    await until("the sale ends", () => this.#attend(), saleWithinMs);
    await this.#struck;
    await until("every payment is resolved", async () => {
      const till = this.#place.till();
      return till !== null && (await till.view()).openAttempts.length === 0;
    });
    relay.setTrap(null);
    for (const note of this.#told) await this.#askStatus(note);
  }

  /** What the old till says; it goes on by the answer. */
  hear(word: OldTillWord): void {
    if (this.#isMute) return;
    if (word.kind === "kept") this.#told.push(word);
    if (word.kind === "noted") this.#noted = word;
    if (word.kind === "next") return this.#goOn();
    this.#reached(word.kind, word.kind === "asked" ? this.#random() * afterStepMs : 0);
    if (!this.#isMute && (word.kind === "noted" || word.kind === "heard")) this.#place.say(this.#visit.door);
  }

  /** The old till is free: what it is to ask next, or nothing more. */
  #goOn(): void {
    const { category, triesAgain } = this.#visit;
    const isSold = this.#told.some((note) => note.category === "Payment" && note.word === "Success");
    if (category === "Reversal" && !isSold) return this.#place.say("next");
    const mine = this.#told.filter((note) => note.category === category);
    if (mine.length === 0) return this.#place.say(category === "Reversal" ? "back" : "next");
    const isEnough = mine.length > 1 || mine.some(({ word }) => word === "Success") || !triesAgain;
    if (isEnough) this.#isOver = true;
    else void this.#will("pays").then(() => this.#place.say("again"), this.#fail);
  }

  #reached(step: Step, withinMs: number): void {
    const { category } = this.#visit;
    if (this.#visit.step !== step || this.#noted?.category !== category || this.#struck !== null) return;
    if (withinMs === 0) this.#strike();
    else soon(withinMs, () => this.#strike());
  }

  /** The power goes at once, and comes back. */
  #strike(): void {
    if (this.#struck !== null) return;
    this.#struck = this.#cutPower().catch(this.#fail);
  }

  async #cutPower(): Promise<void> {
    const { side } = this.#visit;
    const asked = this.#noted;
    this.#isMute = side !== "till";
    await this.#arriving;
    // Both at the same moment: neither is waited for before the other is killed.
    const oldTill = side === "till" ? Promise.resolve() : this.#place.killOldTill();
    const till = side === "old till" ? Promise.resolve() : this.#place.killTill();
    await Promise.all([oldTill, till]);
    if (side !== "till") {
      this.#isMute = false;
      this.#place.startOldTill();
    }
    if (side !== "old till") await this.#place.startTill();
    if (asked !== null) await this.#askStatus(asked);
  }

  async #askStatus(request: Pick<Note, "number" | "service" | "category">): Promise<void> {
    const moved = await movedOf(this.#place.shop, request);
    this.#claims.push({ ...request, moved, said: await this.#place.statusOf(request) });
  }

  readonly #fail = (cause: unknown): void => {
    this.#fault = { cause };
  };

  /** The cashier and the customer, by what they see; true once the old till has its answer and nothing is asked of them. */
  async #attend(): Promise<boolean> {
    if (this.#fault !== null) throw new Error("in the shop", { cause: this.#fault.cause });
    const till = this.#place.till();
    if (till === null) return false;
    try {
      await this.#serve(till);
    } catch (cause) {
      // The till died under their hands, which is the point.
      if (this.#place.till() === till) throw cause;
    }
    if (this.#visit.category === "Reversal" && !this.#isOver) await this.#letArrive();
    return this.#isOver;
  }

  async #serve(till: TillUnderTest): Promise<void> {
    const { shop } = this.#place;
    if (this.#customer === "enters the password") await enterPasswords(this.#place);
    const { payment } = await till.view();
    if (payment?.legacy === undefined || payment.stage !== "choose") return;
    const isCut = this.#struck !== null;
    this.#reached("shown", 0);
    if (!isCut && this.#struck !== null) return;
    if (this.#customer === "goes away") await must(till, "cancel-legacy", {});
    else await till.send("scan", { text: await shop.paymentCode(), by: "typed" });
  }

  /**
   * The gateway takes its time to give money back, and the till asks after it in a minute, or when it starts: so its power
   * goes once more, with the refund on its way.
   */
  async #letArrive(): Promise<void> {
    const comesLater = this.#visit.step === "heard" || this.#visit.step === "kept";
    if (this.#hasArrived || this.#noted?.category !== "Reversal" || (this.#struck === null && !comesLater)) return;
    await this.#struck;
    if (!(await movedOf(this.#place.shop, this.#noted)).isOnItsWay) return;
    this.#hasArrived = true;
    await this.#place.shop.control("POST", "/gateway/clock", { advanceMs: givesBackWithinMs });
    this.#arriving = this.#place.killTill().then(() => this.#place.startTill());
    await this.#arriving;
  }

  async #will(customer: Customer): Promise<void> {
    this.#customer = customer;
    await customerWill(this.#place.shop, behaviours[customer]);
  }
}

async function enterPasswords({ shop }: Place): Promise<void> {
  const { pending } = (await shop.control("GET", "/wallet")) as WalletView;
  for (const { outTradeNo } of pending) {
    // One that the till took back meanwhile is gone from the phone; that refusal is expected.
    await shop.control("POST", "/wallet/password", { outTradeNo, accept: true }).catch(() => null);
  }
}
