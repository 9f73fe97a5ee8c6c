import type fc from "fast-check";
import type { World } from "./world.ts";

/**
 * The model: what a person in the shop sees and could do next. It chooses which steps make sense and knows nothing of
 * how the till works.
 */
export interface Seen {
  /** The till's screen: nobody signed in, no shift, an empty cart, a cart, or the payment dialog's stage. */
  screen: "signed-out" | "closed" | "empty" | "cart" | "choose" | "wechat" | "done";
  heldSales: number;
  openAttempts: number;
  hasCashTender: boolean;
  /** Payment codes already shown once. */
  usedCodes: number;
  /** Phones that ask for a password. */
  prompts: number;
  /** QR codes that a phone could pay, on the display or remembered. */
  qrs: number;
  isLineDown: boolean;
  isClockWrong: boolean;
}

export type Step = fc.AsyncCommand<Seen, World>;

/** One thing that happens, with the words a report uses for it. Every step ends with the world at rest and looked at. */
export function step(
  name: string,
  makesSense: (seen: Seen) => boolean,
  happen: (world: World) => Promise<unknown>,
): Step {
  return {
    check: (seen) => makesSense(seen),
    async run(seen, world) {
      world.steps += 1;
      await happen(world);
      await world.settle();
      Object.assign(seen, lookAround(world));
    },
    // fast-check joins the steps by commas: each begins a line of its own.
    toString: () => `\n  ${name}`,
  };
}

export function lookAround(world: World): Seen {
  const { bench, line, codes, clock } = world;
  const { session, shift, sale, payment, held, openAttempts } = bench.shown;
  return {
    screen: screenOf(),
    heldSales: held.length,
    openAttempts: openAttempts.length,
    hasCashTender: payment?.tenders.some(({ kind }) => kind === "cash") ?? false,
    usedCodes: codes.length,
    prompts: world.passwordsAsked().length,
    qrs: world.qrsSeen().length,
    isLineDown: line.isDown,
    isClockWrong: clock.skewMs !== 0,
  };

  function screenOf(): Seen["screen"] {
    if (session === null) return "signed-out";
    if (shift === null) return "closed";
    if (payment !== null) return payment.stage;
    return sale.lines.length === 0 ? "empty" : "cart";
  }
}
