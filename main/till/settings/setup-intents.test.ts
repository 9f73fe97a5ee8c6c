import { afterEach, describe, expect, it } from "vitest";
import { setupSchemas } from "#contract/ipc/setup-intents.ts";
import type { IntentArgs, IntentName } from "#contract/ipc/intents.ts";
import type { ConnectionStage, ConnectionVerdict, SetupView } from "#contract/ipc/setup-view.ts";
import { ok } from "#core/result.ts";
import type { MerchantSetup } from "#main/till/ports/merchant-setup.ts";
import { chips, paymentCode, people } from "#tests/support/bench-shop.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

type Setup = Extract<IntentName, `setup${string}`>;

let bench: TillBench;
afterEach(() => bench.close());

const view: SetupView = { now: null, off: null, shop: "real", guard: "account", draft: null };

/** A set-up that writes down what it is asked, and whose test waits to be answered. */
function recordedSetup() {
  const asked: string[] = [];
  let answer: (verdict: ConnectionVerdict) => void = () => {};
  let stage: (stage: ConnectionStage) => void = () => {};
  let isAnother = false;
  const note =
    (name: string) =>
    (...args: readonly unknown[]) => {
      asked.push([name, ...args.map(String)].join(" "));
      return ok(null);
    };
  const setup: MerchantSetup = {
    view: () => view,
    begin: note("begin"),
    discard: note("discard"),
    setFields: note("fields"),
    chooseFile: async (slot) => note("file")(slot),
    takeFromClipboard: async (slot) => note("clipboard")(slot),
    typeKey: (slot) => note("type")(slot),
    test(of, onStage) {
      asked.push(`test ${of}`);
      stage = onStage;
      return new Promise((resolve) => (answer = (verdict) => resolve(ok(verdict))));
    },
    async save(mayChange) {
      const may = mayChange(isAnother);
      asked.push(`save ${may}`);
      return ok(may ? "saved" : "bound");
    },
    importFiles: async () => note("import")(),
    reopen: async () => void note("reopen")(),
  };
  return {
    ...{ setup, asked },
    answer: (verdict: ConnectionVerdict) => answer(verdict),
    stage: (now: ConnectionStage) => stage(now),
    anotherMerchant: () => void (isAnother = true),
  };
}

const examples: { readonly [N in Setup]: IntentArgs<N> } = {
  setup: {},
  "setup-begin": {},
  "setup-discard": {},
  "setup-fields": { step: "merchant", fields: { mchid: "19" } },
  "setup-choose-file": { slot: "certificate" },
  "setup-clipboard": { slot: "v2-key" },
  "setup-type-key": { slot: "v2-key", text: "x" },
  "setup-test": { of: "draft" },
  "setup-cancel-test": {},
  "setup-save": {},
  "setup-import": {},
  "setup-reopen": {},
};
// A table of all of them loses which arguments belong to which; they are the ones written above.
const intents = Object.keys(setupSchemas) as Setup[];

async function managerAt(setup: MerchantSetup): Promise<void> {
  bench = await openTillBench({ merchantSetup: setup }).atWork();
  await bench.must("sign-out", {});
  await bench.must("sign-in", { cashierId: people.manager.id, pin: people.manager.pin });
}

describe("setting WeChat Pay up", () => {
  it("is refused to a cashier and to nobody, whatever is asked", async () => {
    const recorded = recordedSetup();
    bench = await openTillBench({ merchantSetup: recorded.setup }).atWork();
    const all = () => Promise.all(intents.map((intent) => bench.send(intent, examples[intent] as never)));
    expect(await all()).toEqual(intents.map(() => ({ ok: false, fault: { kind: "not-allowed" } })));
    await bench.must("sign-out", {});
    expect(await all()).toEqual(intents.map(() => ({ ok: false, fault: { kind: "not-signed-in" } })));
    expect(recorded.asked).toEqual([]);
  });

  it("is a manager's, and every answer is the page as it then is", async () => {
    const recorded = recordedSetup();
    await managerAt(recorded.setup);
    for (const intent of intents.filter((name) => name !== "setup-test")) {
      expect(await bench.send(intent, examples[intent] as never)).toEqual({ ok: true, value: view });
    }
    expect(recorded.asked).toHaveLength(intents.length - 3);
    expect(recorded.asked).toContain("type v2-key");
  });

  it("shows how far a test is, and what it found until something is changed", async () => {
    const recorded = recordedSetup();
    await managerAt(recorded.setup);
    const tested = bench.till.perform("setup-test", { of: "draft" });
    recorded.stage("probing");
    await bench.send("setup", {});
    expect(bench.shown.connectionTest).toMatchObject({ kind: "running", of: "draft", stage: "probing" });
    recorded.answer({ kind: "clock", offsetMs: -180_000 });
    expect(await tested).toEqual({ ok: true, value: view });
    const verdict = { kind: "clock", offsetMs: -180_000 };
    expect(bench.shown.connectionTest).toMatchObject({ kind: "done", of: "draft", verdict });
    expect(bench.shown.status.gateway.clockOffsetMs).toBe(-180_000);
    await bench.must("setup-fields", { step: "test", fields: {} });
    expect(bench.shown.connectionTest.kind).toBe("done");
    await bench.must("setup-fields", { step: "test", fields: { mchid: "1900000001" } });
    expect(bench.shown.connectionTest).toEqual({ kind: "none" });
  });

  it("leaves a cancelled test behind, whatever it still hears", async () => {
    const recorded = recordedSetup();
    await managerAt(recorded.setup);
    const tested = bench.till.perform("setup-test", { of: "now" });
    await bench.must("setup-cancel-test", {});
    recorded.stage("probing");
    recorded.answer({ kind: "ok", offsetMs: 0 });
    await tested;
    await bench.send("setup", {});
    expect(bench.shown.connectionTest).toEqual({ kind: "none" });
  });

  it("stays with the merchant that money is under way with, and names that money", async () => {
    const recorded = recordedSetup();
    recorded.anotherMerchant();
    await managerAt(recorded.setup);
    expect(await bench.send("setup-save", {})).toMatchObject({ ok: true });
    bench.gateway.isDown = true;
    await bench.scan(chips);
    await bench.must("take-payment", {});
    await bench.scan(paymentCode);
    const [attempt] = bench.shown.openAttempts;
    const number = attempt?.outTradeNo ?? "none";
    expect(await bench.send("setup-save", {})).toEqual({
      ok: false,
      fault: { kind: "setup-bound", money: [{ kind: "payment", number, amountFen: 1000 }] },
    });
    expect(recorded.asked).toEqual(["save true", "save false"]);
  });
});

describe("a merchant whose keys cannot be used", () => {
  it("takes no new payment, and its sale in doubt cannot be taken again in cash", async () => {
    bench = await openTillBench().atWork();
    bench.gateway.isDown = true;
    await bench.scan(chips);
    await bench.must("take-payment", {});
    await bench.scan(paymentCode);
    bench.isWechatBroken = true;
    await bench.crash();
    await bench.must("sign-in", { cashierId: people.cashier.id, pin: people.cashier.pin });
    expect(bench.shown.shop).toMatchObject({ takesWechat: false, isWechatBroken: true });
    expect(bench.shown.openAttempts).toHaveLength(1);
    expect(await bench.send("pay-cash", { receivedFen: 1000 })).toEqual({
      ok: false,
      fault: { kind: "payment-under-way" },
    });
    await bench.must("park-sale", {});
    await bench.scan(chips);
    await bench.must("take-payment", {});
    expect(await bench.send("show-qr", { amountFen: null })).toEqual({
      ok: false,
      fault: { kind: "wechat-not-set-up" },
    });
    await bench.must("pay-cash", { receivedFen: 1000 });
    expect(bench.sales()).toHaveLength(1);
  });

  it("goes on where it was once they can be: what was in doubt is asked about, and new payments are taken", async () => {
    bench = await openTillBench().atWork();
    bench.isWechatBroken = true;
    await bench.scan(chips);
    await bench.must("take-payment", {});
    bench.isWechatBroken = false;
    bench.till.merchantChanged();
    await bench.send("look", {});
    expect(bench.shown.shop.takesWechat).toBe(true);
    expect(bench.shown.status.gateway.state).toBe("untried");
    await bench.scan(paymentCode);
    expect(bench.shown.payment?.attempt?.word ?? bench.shown.payment?.stage).toBeTruthy();
    expect(bench.shown.openAttempts.length + bench.sales().length).toBe(1);
  });
});
