import fc from "fast-check";
import type { WeightedStep } from "./cashier-steps.ts";
import { step } from "./step.ts";

/** How long the money is on its way after the customer's yes. */
const settleAfterMs = fc.constantFrom(0, 0, 0, 4_000, 40_000);
const accept = fc.constantFrom(true, true, true, false);

/** What the customers' phones do, at any moment. */
export const customerSteps: readonly WeightedStep[] = [
  {
    weight: 9,
    arbitrary: fc.record({ which: fc.nat(3), accept, settleAfterMs }).map(({ which, accept, settleAfterMs }) =>
      step(
        `customer ${which} ${accept ? `types the password (money moves for ${settleAfterMs} ms)` : "taps cancel"}`,
        ({ prompts }) => prompts > 0,
        async (world) => {
          const asked = world.passwordsAsked();
          world.wallet.enterPassword({
            outTradeNo: asked[which % asked.length]?.outTradeNo ?? "",
            accept,
            settleAfterMs,
          });
        },
      ),
    ),
  },
  {
    weight: 9,
    arbitrary: fc.record({ which: fc.nat(3), accept, settleAfterMs }).map(({ which, accept, settleAfterMs }) =>
      step(
        `customer ${which} scans the QR and ${accept ? `pays (money moves for ${settleAfterMs} ms)` : "taps cancel"}`,
        ({ qrs }) => qrs > 0,
        async (world) => {
          // The latest first: an older one is seldom still good.
          const seen = world.qrsSeen();
          world.scanAndPay(seen.at(-1 - (which % seen.length))?.codeUrl ?? "", accept, settleAfterMs);
        },
      ),
    ),
  },
];
