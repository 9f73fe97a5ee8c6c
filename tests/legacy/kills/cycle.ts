import type { WalletBehaviour, WalletView } from "#contract/bench/wallet.ts";
import { must } from "#tests/crash/payments/basket.ts";
import type { Stage } from "#tests/support/gateway-relay.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import type { Random } from "#tests/support/random.ts";
import { customerWill } from "#tests/support/shop-day.ts";
import { soon } from "#tests/support/soon.ts";
import type { OldTillWord } from "./old-till-words.ts";
import type { Place } from "./place.ts";
import type { Customer, Step, Visit } from "./visits.ts";

/** From the step to the kill, at most, milliseconds: a commit is within it. */
const afterStepMs = 20;
/** One payment with a start in its middle, on a busy machine. */
const saleWithinMs = 120_000;

const behaviours: Readonly<Record<Customer, WalletBehaviour>> = {
  pays: "pay",
  "enters the password": "password",
  "is refused": "refuse",
  "goes away": "ignore",
};
const stages: readonly Step[] = ["arrived", "taken", "half", "answered"] satisfies readonly Stage[];

/** One sale of the old till with a kill in its middle, from its first request until nobody waits for anything. */
export class Cycle {
  readonly #place: Place;
  readonly #visit: Visit;
  readonly #random: Random;
  #customer: Customer;
  /** What the old till has written down of this sale. */
  readonly #told: string[] = [];
  #struck: Promise<void> | null = null;
  /** The old till is dead; what it had said last is not answered. */
  #isMute = false;
  #isOver = false;
  #fault: { readonly cause: unknown } | null = null;

  constructor(place: Place, visit: Visit, random: Random) {
    [this.#place, this.#visit, this.#random, this.#customer] = [place, visit, random, visit.customer];
  }

  isStruck(): boolean {
    return this.#struck !== null;
  }

  told(): readonly string[] {
    return this.#told;
  }

  /** @param isWaiting the old till has said `next` already */
  async run(isWaiting: boolean): Promise<void> {
    const { relay } = this.#place.shop;
    await this.#will(this.#customer);
    const { step } = this.#visit;
    const stage = stages.includes(step) ? (step as Stage) : null; // by the line before
    if (stage !== null) {
      const delayMs = stage === "answered" ? this.#random() * afterStepMs : 0;
      relay.setTrap({ stage, delayMs, catches: ({ operation }) => operation === "pay", spring: () => this.#strike() });
    }
    if (isWaiting) this.#place.say("next");
    await until("the sale ends", () => this.#attend(), saleWithinMs);
    await this.#struck;
    await until("every payment is resolved", async () => {
      const till = this.#place.till();
      return till !== null && (await till.view()).openAttempts.length === 0;
    });
    relay.setTrap(null);
  }

  /** What the old till says; it goes on by the answer. */
  hear(word: OldTillWord): void {
    if (this.#isMute) return;
    const { door, triesAgain } = this.#visit;
    if (word.kind === "kept") this.#told.push(word.word ?? "");
    if (word.kind === "asked") return this.#reached("asked", this.#random() * afterStepMs);
    if (word.kind === "next") {
      if (this.#told.length === 0) return this.#place.say("next");
      const isEnough = this.#told.length > 1 || this.#told.includes("Success") || !triesAgain;
      if (isEnough) this.#isOver = true;
      else void this.#will("pays").then(() => this.#place.say("again"), this.#fail);
      return;
    }
    this.#reached(word.kind, 0);
    if (!this.#isMute && word.kind !== "kept") this.#place.say(door);
  }

  #reached(step: Step, withinMs: number): void {
    if (this.#visit.step !== step || this.#struck !== null) return;
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
    this.#isMute = side !== "till";
    // Both at the same moment: neither is waited for before the other is killed.
    const oldTill = side === "till" ? Promise.resolve() : this.#place.killOldTill();
    const till = side === "old till" ? Promise.resolve() : this.#place.killTill();
    await Promise.all([oldTill, till]);
    if (side !== "till") {
      this.#isMute = false;
      this.#place.startOldTill();
    }
    if (side !== "old till") await this.#place.startTill();
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
