import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assert } from "#core/result.ts";
import { merchantAccount } from "#tests/payments/account.ts";
import { openScene, type Scene } from "#tests/payments/scene.ts";
import { chips, people } from "#tests/support/bench-shop.ts";
import { type Passing, startTamperingProxy, type TamperingProxy } from "#tests/support/tampering-proxy.ts";
import { distrustsV2, distrustsV3 } from "./answers.ts";
import { foreignKeyPem } from "./shop.ts";

/*
 * An answer the client cannot believe decides nothing: the till asks again. Counted where it matters, in the requests
 * that reach the simulator.
 */

let scene: Scene;
let between: TamperingProxy;
beforeAll(async () => {
  scene = await openScene();
  between = await startTamperingProxy(scene.simulator.baseUrl);
});
afterAll(async () => {
  await between.close();
  await scene.close();
});

const { gateway } = merchantAccount();
const signing = { privateKeyPem: gateway.platform.privateKeyPem, nowMs: () => scene.clock.now() };
const v3 = Object.entries(distrustsV3(signing, foreignKeyPem));
const v2 = Object.entries(distrustsV2("0123456789abcdef0123456789abcdef"));

type Tamper = (answer: Passing) => Passing;

/** Changes the next answer to such a request, and no other. */
function tamperOnce(path: RegExp, tamper: Tamper): void {
  let before = between.passed.length;
  between.tamper = (answer) => {
    const asked = between.passed.slice(before);
    before = between.passed.length;
    if (!asked.some((one) => path.test(one))) return answer;
    between.tamper = null;
    return tamper(answer);
  };
}

/** Rings up a sale and asks for its money; answers with the number of the attempt. */
async function begin(codepayProtocol: "v3" | "v2", kind: "code" | "qr", phone: "pay" | "password" = "pay") {
  const { till, simulator } = scene;
  await scene.connect({ codepayProtocol, baseUrl: between.baseUrl }, 0);
  simulator.wallet.setBehaviour(phone);
  await till.scan(chips);
  await till.must("take-payment", {});
  const { saleId } = till.shown.sale;
  if (kind === "qr") await till.must("show-qr", { amountFen: null });
  else await till.scan(simulator.wallet.showCode());
  await scene.settled();
  const [attempt] = till.store.attemptsOfSale(saleId);
  assert(attempt !== undefined, "an attempt was begun");
  return attempt.outTradeNo;
}

const asked = (outTradeNo: string) => (scene.order(outTradeNo)?.requests ?? []).map(({ operation }) => operation);
const attempt = (outTradeNo: string) => scene.till.store.attempt(outTradeNo);
const nextSale = () => scene.till.send("next-sale", {});

describe.each([
  ["v3", v3],
  ["v2", v2],
] as const)("a scanned code over %s", (protocol, distrusts) => {
  it.each(distrusts)("whose answer has %s is queried, and paid once", async (_what, tamper) => {
    tamperOnce(/codepay|micropay/u, tamper);
    const outTradeNo = await begin(protocol, "code");
    expect([attempt(outTradeNo)?.state, attempt(outTradeNo)?.lastUnknown]).toEqual(["pending", "bad-signature"]);
    expect(asked(outTradeNo)).toEqual(["codepay"]);
    await scene.clock.advance(5_000);
    expect(asked(outTradeNo)).toEqual(["codepay", "query"]);
    expect(attempt(outTradeNo)?.state).toBe("paid");
    await nextSale();
  });

  it.each(distrusts)("whose query is answered with %s is queried again", async (_what, tamper) => {
    const outTradeNo = await begin(protocol, "code", "password");
    scene.simulator.wallet.enterPassword({ outTradeNo, accept: true });
    tamperOnce(/out-trade-no|orderquery/u, tamper);
    await scene.clock.advance(5_000);
    expect([attempt(outTradeNo)?.state, attempt(outTradeNo)?.lastUnknown]).toEqual(["pending", "bad-signature"]);
    await scene.clock.advance(5_000);
    expect(asked(outTradeNo)).toEqual(["codepay", "query", "query"]);
    expect(attempt(outTradeNo)?.state).toBe("paid");
    await nextSale();
  });
});

describe("undoing", () => {
  it.each(v3)("a reverse answered with %s is asked about", async (_what, tamper) => {
    const outTradeNo = await begin("v3", "code", "password");
    await scene.till.must("cancel-attempt", { outTradeNo });
    tamperOnce(/\/reverse$/u, tamper);
    await scene.clock.advance(15_000);
    expect(asked(outTradeNo)).toEqual(["codepay", "reverse", "query"]);
    expect(attempt(outTradeNo)).toMatchObject({ state: "reversed", wasRefunded: false, lastUnknown: "bad-signature" });
    await payInCash();
  });

  it.each(v3)("a close answered with %s is asked about", async (_what, tamper) => {
    const outTradeNo = await begin("v3", "qr");
    tamperOnce(/\/close$/u, tamper);
    await scene.till.must("cancel-attempt", { outTradeNo });
    await scene.settled();
    expect(asked(outTradeNo)).toEqual(["native", "close", "query"]);
    expect(attempt(outTradeNo)).toMatchObject({ state: "reversed", lastUnknown: "bad-signature" });
    await payInCash();
  });

  it.each(v3)("a QR whose opening is answered with %s is never shown, and opened again", async (_what, tamper) => {
    tamperOnce(/\/native$/u, tamper);
    const outTradeNo = await begin("v3", "qr");
    expect(attempt(outTradeNo)).toMatchObject({ state: "sent", codeUrl: null, lastUnknown: "bad-signature" });
    await scene.clock.advance(5_000);
    expect(asked(outTradeNo)).toEqual(["native", "native"]);
    await scene.till.must("cancel-attempt", { outTradeNo });
    await scene.settled();
    await payInCash();
  });
});

describe("a refund", () => {
  it.each(v3)("answered with %s is asked for again under its number, its query asked again", async (_what, tamper) => {
    const outTradeNo = await begin("v3", "code");
    await nextSale();
    await scene.clock.advance(60_000);
    const saleId = attempt(outTradeNo)?.saleId ?? "";
    const tenderId = scene.till.store.sale(saleId)?.sale.tenders[0]?.tenderId ?? "";
    tamperOnce(/\/refunds$/u, tamper);
    const { refundNo } = await scene.till.must("refund-sale", {
      ...{ requestId: `press ${saleId}`, saleId, tenderId, amountFen: 100, reason: "" },
      approvalPin: people.manager.pin,
    });
    await scene.settled();
    const refund = () => scene.till.store.refund(refundNo)?.gateway;
    expect([refund()?.state, refund()?.lastUnknown]).toEqual(["unknown", "bad-signature"]);
    await scene.clock.advance(5_000);
    expect(asked(outTradeNo).slice(1)).toEqual(["refund", "refund"]);
    if (refund()?.state === "processing") {
      tamperOnce(/\/refunds\/[^/]+$/u, tamper);
      await scene.clock.advance(60_000);
      expect(refund()?.state).toBe("processing");
      await scene.clock.advance(120_000);
      expect(asked(outTradeNo).slice(3)).toEqual(["refund-query", "refund-query"]);
    }
    expect(refund()?.state).toBe("succeeded");
    expect(scene.order(outTradeNo)?.refunds.map(({ outRefundNo }) => outRefundNo)).toEqual([refundNo]);
  });
});

async function payInCash(): Promise<void> {
  await scene.till.must("take-payment", {});
  await scene.till.must("pay-cash", { receivedFen: 1_000 });
  await nextSale();
}
