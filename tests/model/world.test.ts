import { chips } from "#tests/support/bench-shop.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Broken } from "./broken.ts";
import type { Setup } from "./shop.ts";
import { makeTrouble, type Trouble } from "./trouble.ts";
import { passToDeadline, World } from "./world.ts";

/*
 * The model's world by itself: the races it is made for, told one by one, and whether `truth` sees what is wrong. What
 * the random runs find in the product is kept here.
 */

const setup: Setup = { codepayProtocol: "v3", hasBackup: false, queryIntervalMs: 5_000, nativeDeadlineMs: 60_000 };
let world: World;
beforeEach(async () => {
  world = await World.open(setup);
});
afterEach(() => world.close());

const onReverse = (fault: Extract<Trouble, { at: "line" }>["fault"]): Trouble => ({ at: "line", on: "reverse", fault });

async function charge(onCode: "pay" | "password"): Promise<string> {
  await world.bench.scan(chips);
  await world.bench.must("take-payment", {});
  world.wallet.setBehaviour(onCode);
  await world.bench.scan(world.wallet.showCode());
  await world.settle();
  return world.bench.shown.openAttempts[0]?.outTradeNo ?? world.api.desk.ledger.orders()[0]?.outTradeNo ?? "";
}

async function stateAfterAll(
  outTradeNo: string,
): Promise<{ readonly state: string | undefined; readonly keptFen: number }> {
  await world.heal();
  await world.end();
  const { chargedFen, refundedFen } = world.api.desk.ledger.order(outTradeNo);
  return { state: world.bench.store.attempt(outTradeNo)?.state, keptFen: chargedFen - refundedFen };
}

describe("the till on the model's line", () => {
  it("takes a payment over its real client and the simulator's real server", async () => {
    const outTradeNo = await charge("pay");
    expect(await stateAfterAll(outTradeNo)).toEqual({ state: "paid", keptFen: 1_000 });
    expect(world.logged.join("\n")).toContain("/v3/pay/transactions/codepay");
  });

  it("lets a time-out of 30 s pass in no time, and posts nothing again", async () => {
    makeTrouble(world, [{ at: "line", on: "codepay", fault: { kind: "slow", toMs: 0, backMs: 60_000 } }]);
    const outTradeNo = await charge("pay");
    await world.pass(31_000);
    expect(world.bench.shown.payment?.attempt).toMatchObject({ unknownCause: "timeout", word: "not-known" });
    expect(await stateAfterAll(outTradeNo)).toEqual({ state: "paid", keptFen: 1_000 });
  });

  it("gives the money back when the password and the reverse cross each other on the line", async () => {
    const outTradeNo = await charge("password");
    await passToDeadline(world, -1_000);
    makeTrouble(world, [onReverse({ kind: "broken", toMs: 20_000 })]);
    world.wallet.enterPassword({ outTradeNo, accept: true });
    await world.pass(2_000);
    expect(world.bench.shown.payment?.attempt?.word).toBe("not-known");
    expect(await stateAfterAll(outTradeNo)).toEqual({ state: "reversed", keptFen: 0 });
  });

  it("believes no reverse that was accepted and forgotten while the payment was still on its way", async () => {
    const late = { at: "line", on: "codepay", fault: { kind: "slow", toMs: 29_000, backMs: 0 } } as const;
    makeTrouble(world, [late, onReverse({ kind: "forgotten" })]);
    const outTradeNo = await charge("pay");
    await world.bench.must("cancel-attempt", { outTradeNo });
    await world.pass(16_000);
    expect(world.bench.shown.payment?.attempt?.word).toBe("not-known");
    expect(await stateAfterAll(outTradeNo)).toEqual({ state: "reversed", keptFen: 0 });
  });

  it("sends nothing from a process whose power is gone, and what was on its way arrives", async () => {
    makeTrouble(world, [{ at: "line", on: "codepay", fault: { kind: "slow", toMs: 20_000, backMs: 0 } }]);
    const outTradeNo = await charge("pay");
    await world.powerCut();
    expect(world.api.desk.ledger.order(outTradeNo).chargedFen).toBe(0);
    await world.pass(20_000);
    expect(world.api.desk.ledger.order(outTradeNo).chargedFen).toBe(1_000);
    expect(await stateAfterAll(outTradeNo)).toEqual({ state: "paid", keptFen: 1_000 });
  });

  it("believes no forged payment", async () => {
    makeTrouble(world, [{ at: "line", on: "codepay", fault: { kind: "forged", says: "paid", arrives: false } }]);
    const outTradeNo = await charge("pay");
    expect(world.bench.shown.payment?.attempt).toMatchObject({ unknownCause: "bad-signature", word: "not-known" });
    expect(await stateAfterAll(outTradeNo)).toEqual({ state: "reversed", keptFen: 0 });
  });
});

describe("truth", () => {
  it("sees a payment that the shop gave back behind the till's back", async () => {
    const outTradeNo = await charge("pay");
    world.api.desk.ledger.record({ kind: "refunded", at: world.clock.now(), outTradeNo, amountFen: 1_000 });
    expect(() => world.truth.look()).toThrow(Broken);
  });

  it("sees money that was taken for an attempt the till calls not paid", async () => {
    const outTradeNo = await charge("password");
    await world.bench.must("cancel-attempt", { outTradeNo });
    await world.pass(60_000);
    expect(world.bench.shown.payment?.attempt?.word).toBe("not-paid");
    world.api.desk.ledger.pay(outTradeNo, world.clock.now());
    expect(() => world.truth.look()).toThrow("Not paid means that the customer has the money");
  });

  it("sees a payment code in a log", async () => {
    const outTradeNo = await charge("pay");
    world.codes.push("134567890123456789");
    world.logged.push("charged 134567890123456789");
    await expect(stateAfterAll(outTradeNo)).rejects.toThrow("No payment code is in a database or a log");
  });

  it("sees an attempt that does not come to an end", async () => {
    await charge("password");
    world.bench.attempts.stop();
    await world.heal();
    await expect(world.end()).rejects.toThrow("within the limit");
  });
});
