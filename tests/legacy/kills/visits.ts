import { pick, pickOne, type Random } from "#tests/support/random.ts";
import type { Stage } from "#tests/support/gateway-relay.ts";
import { type DoorName, doorNames, type Note } from "./old-till-words.ts";

/** Whose power goes. Both at once is a shop whose tills hang on one socket. */
export type Side = "till" | "old till" | "both";

/** How far a request is when it goes: what the old till has done, what the screen shows, or where its call to the gateway is. */
export type Step = "noted" | "asked" | "shown" | Exclude<Stage, "late"> | "heard" | "kept";
const atGatewaySteps: readonly Step[] = ["arrived", "taken", "half", "answered"];
const steps: Readonly<Record<Note["category"], readonly Step[]>> = {
  Payment: ["noted", "asked", "shown", ...atGatewaySteps, "heard", "kept"],
  Reversal: ["noted", "asked", ...atGatewaySteps, "heard", "kept"],
};

/** What the customer does, or the cashier in their place. */
export type Customer = "pays" | "enters the password" | "is refused" | "goes away";
const atGateway: readonly Customer[] = ["pays", "pays", "pays", "enters the password", "is refused"];
const anyhow: readonly Customer[] = [...atGateway, "goes away"];

export interface Visit {
  readonly side: Side;
  readonly step: Step;
  /** In the middle of what; a reversal's sale is paid first, with nobody's power gone. */
  readonly category: Note["category"];
  readonly customer: Customer;
  /** Which door the request is sent to at first. */
  readonly door: DoorName;
  /** Where the first try is not done, the old till asks for the same under another ServiceID. */
  readonly triesAgain: boolean;
}

const sides: readonly Side[] = ["till", "old till", "both"];
export const everyPoint = (["Payment", "Reversal"] as const).flatMap((category) =>
  steps[category].flatMap((step) => sides.map((side) => ({ category, side, step }))),
);

/** So many kills, each side at each step as often as the others, in an order that the seed shuffles anew for each round. */
export function visits(random: Random, count: number): readonly Visit[] {
  const all: Visit[] = [];
  while (all.length < count) {
    const left = [...everyPoint];
    while (left.length > 0) {
      const [point] = left.splice(pick(random, left.length), 1);
      if (point !== undefined) all.push({ ...point, ...around(random, point) });
    }
  }
  return all.slice(0, count);
}

/** A desk that forgets is found out where both sides lose the answer: a payment's, then a reversal's, in turn. */
export function forgetful(count: number): readonly Visit[] {
  const visit = { side: "both", step: "heard", customer: "pays", door: "https", triesAgain: false } as const;
  return Array.from({ length: count }, (_, turn) => ({ ...visit, category: turn % 2 === 0 ? "Payment" : "Reversal" }));
}

function around(
  random: Random,
  { category, step }: Pick<Visit, "category" | "step">,
): Pick<Visit, "customer" | "door" | "triesAgain"> {
  const willing = atGatewaySteps.includes(step) ? atGateway : anyhow;
  return {
    customer: category === "Reversal" ? "pays" : pickOne(random, willing),
    door: pickOne(random, doorNames),
    triesAgain: random() < 0.5,
  };
}
