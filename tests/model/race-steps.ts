import fc from "fast-check";
import { chargeCode, item, leadToPayment, payingBehaviour, type WeightedStep } from "./cashier-steps.ts";
import { step } from "./step.ts";
import { lineTroubleFor, makeTrouble, tellTrouble } from "./trouble.ts";
import { passToDeadline } from "./world.ts";

const always = (): boolean => true;

/** Moments that chance alone seldom meets: a payment and its undoing on the line together. */
export const raceSteps: readonly WeightedStep[] = [
  {
    weight: 4,
    arbitrary: fc
      .record({ item, onCode: payingBehaviour, onPay: lineTroubleFor("codepay"), onReverse: lineTroubleFor("reverse") })
      .map(({ item, onCode, onPay, onReverse }) =>
        step(
          `charge a code (${onCode}) and cancel at once${tellTrouble([onPay, onReverse])}`,
          always,
          async (world) => {
            await leadToPayment(world, item);
            makeTrouble(world, [onPay, onReverse]);
            await chargeCode(world, onCode, 1);
            const outTradeNo = world.bench.shown.payment?.attempt?.outTradeNo;
            if (outTradeNo !== undefined) await world.bench.send("cancel-attempt", { outTradeNo });
          },
        ),
      ),
  },
  {
    weight: 4,
    arbitrary: fc.record({ item, onReverse: lineTroubleFor("reverse") }).map(({ item, onReverse }) =>
      step(`charge a code, the password comes in the last second${tellTrouble([onReverse])}`, always, async (world) => {
        await leadToPayment(world, item);
        await chargeCode(world, "password", 1);
        await passToDeadline(world, -1_000);
        makeTrouble(world, [onReverse]);
        const asked = world.passwordsAsked().at(-1);
        if (asked !== undefined) world.wallet.enterPassword({ outTradeNo: asked.outTradeNo, accept: true });
        await world.pass(2_000);
      }),
    ),
  },
];
