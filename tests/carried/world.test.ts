import { afterEach, beforeEach, expect, it } from "vitest";
import { World } from "./world.ts";

/*
 * What random days have found in the product, told by itself and kept here.
 */

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

/** The newest request, paid by its customer. */
async function paid(): Promise<string> {
  const order = world.shown.at(-1);
  if (order === undefined) throw new Error("a request was shown");
  await world.press(order.payload, order.outTradeNo, "anna", "arrives");
  expect(world.gateway.pay(order.outTradeNo, "anna")).toBe(true);
  return order.outTradeNo;
}

// Its word was in quarantine with everything behind the fork, and the money was kept until a manager gave it back, days later.
it("a payment given up on a file that was set back goes back by itself", async () => {
  await world.show(1);
  const first = world.shown.at(-1)?.outTradeNo ?? "";
  await world.till.abandon(first);
  await world.till.upload("arrives");
  expect(await world.till.setBack()).toBe(true);
  await world.pass(1_000);
  await world.show(1);
  const outTradeNo = await paid();
  await world.rest();
  expect(world.gateway.book.get(outTradeNo)).toMatchObject({ chargedFen: 1, refundedFen: 1 });
});
