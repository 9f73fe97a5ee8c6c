import fc from "fast-check";
import { expect, it } from "vitest";
import { walletBehaviours } from "#contract/bench/wallet.ts";
import { outcomesOf, type OutcomeName } from "./outcomes.ts";
import { startBench, type Bench } from "./test-till.ts";
import { micropayFields, sendV2 } from "./v2/test-till-v2.ts";

const numbers = ["SALE-0001", "SALE-0002", "QR-0000001"] as const;
const openingBalanceFen = 5_000;

const scriptedOperations = ["codepay", "close", "reverse", "refund"] as const;
type ScriptedOperation = (typeof scriptedOperations)[number];

type Step =
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "behave"; readonly onCode: string }
  | { readonly kind: "script"; readonly operation: ScriptedOperation; readonly outcome: OutcomeName }
  | { readonly kind: "refund"; readonly which: number; readonly refundNumber: number; readonly fen: number }
  | { readonly kind: "codepay-v2" | "reverse-v2"; readonly which: number }
  | { readonly kind: "codepay" | "native" | "close" | "reverse" | "scan-and-pay" | "password"; readonly which: number };

/** Outcomes that answer at once: a property over held sockets would only test patience. */
function prompt(operation: ScriptedOperation): readonly OutcomeName[] {
  return outcomesOf(operation).filter((outcome) => !outcome.startsWith("never") && !outcome.startsWith("slow"));
}

const which = fc.nat({ max: numbers.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(1, 3_000, 16_000, 46_000, 691_200_000) }),
  fc.record({ kind: fc.constant("behave" as const), onCode: fc.constantFrom(...walletBehaviours) }),
  fc.record({
    kind: fc.constant("refund" as const),
    which,
    refundNumber: fc.nat({ max: 3 }),
    fen: fc.constantFrom(1, 400, 700, 1_000, 2_000),
  }),
  fc.record({ kind: fc.constantFrom("codepay-v2" as const, "reverse-v2" as const), which }),
  ...scriptedOperations.map((operation) =>
    fc.record({
      kind: fc.constant("script" as const),
      operation: fc.constant(operation),
      outcome: fc.constantFrom(...prompt(operation)),
    }),
  ),
  ...(["codepay", "native", "close", "reverse", "scan-and-pay", "password"] as const).map((kind) =>
    fc.record({ kind: fc.constant(kind), which }),
  ),
);

it("takes an order's money once or not at all and gives back no more, whatever happens in whatever order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const bench = await startBench({ openingBalanceFen });
      try {
        for (const one of steps) await take(bench, one).catch(expectLostAnswer);
        const { orders } = bench.gateway.ledger();
        for (const order of orders) {
          expect([0, order.amountFen]).toContain(order.chargedFen);
          const promised = order.refunds.filter(({ status }) => status !== "CLOSED");
          const promisedFen = promised.reduce((sum, { amountFen }) => sum + amountFen, 0);
          const isReversed = order.state === "REFUND" && order.refunds.length === 0;
          expect(promisedFen).toBeLessThanOrEqual(order.chargedFen);
          const givenFen = promised.reduce((sum, one) => sum + (one.status === "SUCCESS" ? one.amountFen : 0), 0);
          expect(order.refundedFen).toBe(isReversed ? order.chargedFen : givenFen);
          expect(order.chargedFen > 0).toBe(order.state === "SUCCESS" || order.state === "REFUND");
        }
        const spent = orders.reduce((sum, order) => sum + order.chargedFen - order.refundedFen, 0);
        expect(bench.gateway.wallet.view().balanceFen).toBe(openingBalanceFen - spent);
      } finally {
        await bench.gateway.close();
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

async function take(bench: Bench, one: Step): Promise<void> {
  if (one.kind === "wait") bench.clock.nowMs += one.ms;
  else if (one.kind === "behave") await bench.control("POST", "/wallet/behaviour", { onCode: one.onCode });
  else if (one.kind === "script") {
    await bench.control("POST", "/gateway/script", { outcome: one.outcome, operation: one.operation, next: true });
  } else if (one.kind === "refund") {
    const outTradeNo = numbers[one.which] ?? numbers[0];
    await bench.refund(`R-${one.refundNumber}`, { outTradeNo, refund: one.fen, total: 1_000 * (one.which + 1) });
  } else await act(bench, one.kind, one.which);
}

async function act(bench: Bench, kind: Exclude<Step["kind"], "refund">, at: number): Promise<void> {
  const number = numbers[at] ?? numbers[0];
  const amountFen = 1_000 * (at + 1);
  const { baseUrl } = bench.gateway;
  if (kind === "codepay-v2") {
    await sendV2(baseUrl, "/pay/micropay", micropayFields(number, amountFen, bench.showCode()));
  } else if (kind === "reverse-v2") await sendV2(baseUrl, "/secapi/pay/reverse", { out_trade_no: number });
  else if (kind === "codepay") await bench.codepay(number, amountFen, bench.showCode());
  else if (kind === "close" || kind === "reverse") await bench[kind](number);
  else if (kind === "password") await bench.control("POST", "/wallet/password", { outTradeNo: number, accept: true });
  else {
    const { code_url: codeUrl } = (await bench.native(number, amountFen)).body;
    if (kind === "native" || codeUrl === undefined) return;
    await bench.control("POST", "/wallet/scan-qr", { codeUrl });
    await bench.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
  }
}

/** Scripted resets and phones with nothing to pay are part of the game; a broken promise of the gateway is not. */
function expectLostAnswer(cause: unknown): void {
  expect(String(cause)).toMatch(/ECONNRESET|aborted|socket hang up|ControlError/);
}
