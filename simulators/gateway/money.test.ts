import fc from "fast-check";
import { expect, it } from "vitest";
import { walletBehaviours } from "#contract/bench/wallet.ts";
import { outcomesOf, type OutcomeName } from "./outcomes.ts";
import { startBench, type Bench } from "./test-till.ts";

const numbers = ["SALE-0001", "SALE-0002", "QR-0000001"] as const;
const openingBalanceFen = 5_000;

type Step =
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "behave"; readonly onCode: string }
  | { readonly kind: "script"; readonly operation: "codepay" | "close" | "reverse"; readonly outcome: OutcomeName }
  | { readonly kind: "codepay" | "native" | "close" | "reverse" | "scan-and-pay" | "password"; readonly which: number };

/** Outcomes that answer at once: a property over held sockets would only test patience. */
function prompt(operation: "codepay" | "close" | "reverse"): readonly OutcomeName[] {
  return outcomesOf(operation).filter((outcome) => !outcome.startsWith("never") && !outcome.startsWith("slow"));
}

const which = fc.nat({ max: numbers.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(1, 3_000, 16_000, 46_000, 691_200_000) }),
  fc.record({ kind: fc.constant("behave" as const), onCode: fc.constantFrom(...walletBehaviours) }),
  ...(["codepay", "close", "reverse"] as const).map((operation) =>
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
          expect([0, order.chargedFen]).toContain(order.refundedFen);
          expect(order.chargedFen > order.refundedFen).toBe(order.state === "SUCCESS");
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
  } else await act(bench, one.kind, one.which);
}

async function act(bench: Bench, kind: Step["kind"], at: number): Promise<void> {
  const number = numbers[at] ?? numbers[0];
  const amountFen = 1_000 * (at + 1);
  if (kind === "codepay") await bench.codepay(number, amountFen, bench.showCode());
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
