import fc from "fast-check";
import { chips, cola, people } from "#tests/support/bench-shop.ts";
import type { WalletBehaviour } from "#contract/bench/wallet.ts";
import { lookAround, type Step, step } from "./step.ts";
import { makeTrouble, type Operation, tellTrouble, troubleFor } from "./trouble.ts";
import type { World } from "./world.ts";

export type WeightedStep = { readonly weight: number; readonly arbitrary: fc.Arbitrary<Step> };

export const payingBehaviour = fc.constantFrom<WalletBehaviour>("pay", "password");
/** Two of three would pay. */
const behaviour = fc.oneof(
  payingBehaviour,
  payingBehaviour,
  fc.constantFrom<WalletBehaviour>("ignore", "refuse", "not-enough"),
);
/** A part of what is left, in percent; 100 is all of it. */
const part = fc.constantFrom(30, 50, 99, 100, 100, 100);
/** How often the scanner reads the same code. */
const reads = fc.constantFrom(1, 1, 1, 2);
export const item = fc.constantFrom(chips, cola);
const which = fc.nat(3);
/** Whatever is in the drawer: the shift ends by a manager's word. */
const aCount = { countedCashFen: 10_000, isFinal: true, reason: "点错" } as const;
const maybe = (...of: readonly Operation[]) =>
  fc.oneof(fc.constant([]), fc.tuple(troubleFor(...of)), fc.tuple(troubleFor(...of)));

/** What the cashier does. Whoever takes money first does what leads there: signs in, rings something up, opens the dialog. */
export const cashierSteps: readonly WeightedStep[] = [
  {
    weight: 12,
    arbitrary: fc
      .record({ item, onCode: behaviour, reads, troubles: maybe("codepay") })
      .map(({ item, onCode, reads, troubles }) =>
        step(`charge a code (${onCode}, read ${reads}×)${tellTrouble(troubles)}`, always, async (world) => {
          await leadToPayment(world, item);
          makeTrouble(world, troubles);
          await chargeCode(world, onCode, reads);
        }),
      ),
  },
  {
    weight: 6,
    arbitrary: fc.record({ item, part, troubles: maybe("native") }).map(({ item, part, troubles }) =>
      step(`show the QR for ${part}%${tellTrouble(troubles)}`, always, async (world) => {
        await leadToPayment(world, item);
        makeTrouble(world, troubles);
        await world.bench.send("show-qr", { amountFen: part === 100 ? null : partOfLeft(world, part) });
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({ item, part, onCode: behaviour }).map(({ item, part, onCode }) =>
      step(`charge a code for ${part}% (${onCode})`, always, async (world) => {
        await leadToPayment(world, item);
        await world.bench.send("set-code-amount", { amountFen: part === 100 ? null : partOfLeft(world, part) });
        await chargeCode(world, onCode, 1);
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ item, part }).map(({ item, part }) =>
      step(`cash for ${part}%`, always, async (world) => {
        await leadToPayment(world, item);
        await world.bench.send("pay-cash", { receivedFen: partOfLeft(world, part) });
      }),
    ),
  },
  simple(
    1,
    "give the cash back",
    ({ hasCashTender }) => hasCashTender,
    ({ bench }) => {
      const cash = bench.shown.payment?.tenders.find(({ kind }) => kind === "cash");
      return bench.send("remove-tender", { tenderId: cash?.tenderId ?? "none" });
    },
  ),
  {
    weight: 1,
    arbitrary: which.map((back) =>
      step(
        `scan an old code again (${back} back)`,
        ({ usedCodes }) => usedCodes > 0,
        ({ bench, codes }) => bench.scan(codes.at(-1 - (back % codes.length)) ?? ""),
      ),
    ),
  },
  {
    weight: 6,
    arbitrary: fc.record({ which, troubles: maybe("reverse", "close") }).map(({ which, troubles }) =>
      step(
        `cancel attempt ${which}${tellTrouble(troubles)}`,
        ({ openAttempts }) => openAttempts > 0,
        async (world) => {
          await world.signIn();
          makeTrouble(world, troubles);
          const { openAttempts } = world.bench.shown;
          const { outTradeNo } = openAttempts[which % openAttempts.length] ?? { outTradeNo: "none" };
          await world.bench.send("cancel-attempt", { outTradeNo });
        },
      ),
    ),
  },
  simple(
    5,
    "park the sale",
    ({ screen }) => screen === "wechat",
    ({ bench }) => bench.send("park-sale", {}),
  ),
  simple(
    1,
    "hold the sale",
    ({ screen }) => screen !== "empty",
    ({ bench }) => bench.send("hold-sale", { label: "" }),
  ),
  {
    weight: 6,
    arbitrary: which.map((which) =>
      step(
        `recall sale ${which}`,
        ({ screen, heldSales }) => heldSales > 0 && screen === "empty",
        ({ bench }) => {
          const { held } = bench.shown;
          return bench.send("recall-sale", { saleId: held[which % held.length]?.saleId ?? "none" });
        },
      ),
    ),
  },
  simple(1, "scan an item", always, ({ bench }) => bench.scan(cola)),
  simple(
    3,
    "next sale",
    ({ screen }) => screen === "done",
    ({ bench }) => bench.send("next-sale", {}),
  ),
  simple(1, "back to the cart", always, ({ bench }) => bench.send("leave-payment", {})),
  simple(
    3,
    "sign in",
    ({ screen }) => screen === "signed-out",
    (world) => world.signIn(),
  ),
  simple(
    1,
    "end the shift",
    ({ screen }) => screen === "empty",
    ({ bench }) => bench.send("close-shift", { ...aCount, approvalPin: people.manager.pin }),
  ),
];

function always(): boolean {
  return true;
}

function simple(weight: number, ...[name, makesSense, happen]: Parameters<typeof step>): WeightedStep {
  return { weight, arbitrary: fc.constant(step(name, makesSense, happen)) };
}

/** As far as the till lets it come: a payment under way stays where it is. */
export async function leadToPayment(world: World, item: string): Promise<void> {
  const { bench } = world;
  const isAt = (screen: string): boolean => lookAround(world).screen === screen;
  await world.signIn();
  if (isAt("closed")) await bench.send("open-shift", { floatFen: 10_000 });
  if (isAt("done")) await bench.send("next-sale", {});
  if (isAt("empty")) await bench.scan(item);
  if (isAt("cart")) await bench.send("take-payment", {});
}

/** The customer shows a fresh code; the reads follow each other faster than anything else can happen. */
export async function chargeCode(world: World, onCode: WalletBehaviour, reads: number): Promise<void> {
  world.wallet.setBehaviour(onCode);
  const code = world.wallet.showCode();
  world.codes.push(code);
  await Promise.all(Array.from({ length: reads }, () => world.bench.scan(code)));
}

function partOfLeft({ bench }: World, percent: number): number {
  return Math.max(1, Math.trunc(((bench.shown.payment?.leftFen ?? 0) * percent) / 100));
}
