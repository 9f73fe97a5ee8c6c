import { pick, pickOne, type Random } from "#tests/support/random.ts";
import type { Stage } from "#tests/support/gateway-relay.ts";

/** Whose power goes. Both at once is a shop whose tills hang on one socket. */
export type Side = "till" | "old till" | "both";

/** How far a payment is when it goes: what the old till has done, what the screen shows, or where its call to the gateway is. */
export type Step = "noted" | "asked" | "shown" | Exclude<Stage, "late"> | "heard" | "kept";
const steps: readonly Step[] = ["noted", "asked", "shown", "arrived", "taken", "half", "answered", "heard", "kept"];

/** What the customer does, or the cashier in their place. */
export type Customer = "pays" | "enters the password" | "is refused" | "goes away";
const atGateway: readonly Customer[] = ["pays", "pays", "pays", "enters the password", "is refused"];
const anyhow: readonly Customer[] = [...atGateway, "goes away"];

export interface Visit {
  readonly side: Side;
  readonly step: Step;
  readonly customer: Customer;
  /** Which door the request is sent to at first. */
  readonly door: "https" | "drop folder";
  /** Where the first try is not paid, the old till has the same sale paid under another ServiceID. */
  readonly triesAgain: boolean;
}

const sides: readonly Side[] = ["till", "old till", "both"];
export const everyPoint = steps.flatMap((step) => sides.map((side) => ({ side, step })));

/** So many kills, each side at each step as often as the others, in an order that the seed shuffles anew for each round. */
export function visits(random: Random, count: number): readonly Visit[] {
  const all: Visit[] = [];
  while (all.length < count) {
    const left = [...everyPoint];
    while (left.length > 0) {
      const [point] = left.splice(pick(random, left.length), 1);
      if (point !== undefined) all.push({ ...point, ...around(random, point.step) });
    }
  }
  return all.slice(0, count);
}

/** A desk that forgets is found out where both sides lose the answer that the customer has paid for. */
export function forgetful(count: number): readonly Visit[] {
  const visit: Visit = { side: "both", step: "heard", customer: "pays", door: "https", triesAgain: false };
  return Array.from({ length: count }, () => visit);
}

function around(random: Random, step: Step): Pick<Visit, "customer" | "door" | "triesAgain"> {
  const isAtGateway = step === "arrived" || step === "taken" || step === "half" || step === "answered";
  return {
    customer: pickOne(random, isAtGateway ? atGateway : anyhow),
    door: pickOne(random, ["https", "drop folder"]),
    triesAgain: random() < 0.5,
  };
}
