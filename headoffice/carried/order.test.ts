import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  moneyStates,
  type OrderEvent,
  orderEvents,
  type OrderState,
  stepOrder,
  tillWords,
  toldState,
} from "./order.ts";

/** Every cell that changes anything, as docs/CARRIED.md draws it; what is not here changes nothing. */
const moves: readonly (readonly [from: string, event: OrderEvent, to: string])[] = [
  ["none silent", "open", "open silent"],
  ["none silent", "sold", "none sold"],
  ["none silent", "abandoned", "none abandoned"],
  ["open silent", "paid", "paid silent"],
  ["open silent", "closed", "closed silent"],
  ["open silent", "expired", "closing silent"],
  ["open silent", "sold", "open sold"],
  ["open silent", "abandoned", "closing abandoned"],
  ["open sold", "paid", "paid sold"],
  ["open sold", "closed", "closed sold"],
  ["open sold", "expired", "closing sold"],
  ["open abandoned", "paid", "refunding abandoned"],
  ["open abandoned", "closed", "closed abandoned"],
  ["open abandoned", "expired", "closing abandoned"],
  ["closing silent", "paid", "paid silent"],
  ["closing silent", "closed", "closed silent"],
  ["closing silent", "sold", "closing sold"],
  ["closing silent", "abandoned", "closing abandoned"],
  ["closing sold", "paid", "paid sold"],
  ["closing sold", "closed", "closed sold"],
  ["closing abandoned", "paid", "refunding abandoned"],
  ["closing abandoned", "closed", "closed abandoned"],
  ["closed silent", "paid", "paid silent"],
  ["closed silent", "sold", "closed sold"],
  ["closed silent", "abandoned", "closed abandoned"],
  ["closed sold", "paid", "paid sold"],
  ["closed abandoned", "paid", "refunding abandoned"],
  ["paid silent", "sold", "paid sold"],
  ["paid silent", "abandoned", "refunding abandoned"],
  ["paid silent", "refund-asked", "refunding silent"],
  ["refunding silent", "sold", "refunding sold"],
  ["refunding silent", "abandoned", "refunding abandoned"],
  ["refunding silent", "refunded", "refunded silent"],
  ["refunding sold", "refunded", "refunded sold"],
  ["refunding abandoned", "refunded", "refunded abandoned"],
  ["refunded silent", "sold", "refunded sold"],
  ["refunded silent", "abandoned", "refunded abandoned"],
];

const nameOf = ({ money, till }: OrderState) => `${money} ${till}`;
const all = moneyStates.flatMap((money) => tillWords.map((till): OrderState => ({ money, till })));

describe("a carried order", () => {
  it("moves exactly as its table says, from each of its states by each event", () => {
    const moved = all.flatMap((order) =>
      orderEvents.flatMap((event) => {
        const step = stepOrder(order, event);
        return step === order ? [] : [`${nameOf(order)}, ${event}: ${nameOf(step)}`];
      }),
    );
    expect(new Set(moved)).toEqual(new Set(moves.map(([from, event, to]) => `${from}, ${event}: ${to}`)));
  });

  it("is never given back once its till has sold, and always where the till gave it up and the money came", () => {
    const begin: OrderState = { money: "none", till: "silent" };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...orderEvents), { maxLength: 20 }), (events) => {
        let order = begin;
        for (const event of events) {
          const next = stepOrder(order, event);
          if (order.till === "sold" && order.money !== "refunding") expect(next.money).not.toBe("refunding");
          if (next.till === "abandoned") expect(next.money).not.toBe("paid");
          // The gateway's money never disappears: what was paid is the sale's or on its way back.
          if (["paid", "refunding", "refunded"].includes(order.money)) {
            expect(["paid", "refunding", "refunded"]).toContain(next.money);
          }
          order = next;
        }
      }),
    );
  });

  it("ends the same whichever of the till's word and the gateway's comes first", () => {
    const opened: OrderState = { money: "open", till: "silent" };
    const run = (...events: readonly OrderEvent[]) => events.reduce(stepOrder, opened);
    expect(run("paid", "abandoned", "refunded")).toEqual(run("abandoned", "paid", "refunded"));
    expect(run("paid", "sold")).toEqual(run("sold", "paid"));
  });

  it("tells its till of an end only once the gateway has confirmed it", () => {
    const told = Object.fromEntries(all.map((order) => [nameOf(order), toldState(order)]));
    expect(told).toMatchObject({
      ...{ "none silent": "unknown", "none sold": "unknown", "none abandoned": "abandoned" },
      ...{ "open silent": "opened", "closing abandoned": "opened", "closed abandoned": "abandoned" },
      ...{ "closed silent": "closed", "paid silent": "paid", "paid sold": "sold" },
      ...{ "refunding abandoned": "refunding", "refunded sold": "refunded" },
    });
  });
});
