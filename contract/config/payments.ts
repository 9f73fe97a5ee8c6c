import { z } from "zod";

/** ¥500: what a shop may lose by one code that was guessed or talked out of a cashier. */
const mostByCodeFen = 50_000;
/** ¥2,000 a business day. */
const mostByCodePerDayFen = 200_000;
const fen = z.int().min(0).max(100_000_000);

/** How much may be proved by codes that are typed off a customer's phone; 0 takes none. A scan of the phone has no cap. */
export const defaultCarriedCaps = { mostByCodeFen, mostByCodePerDayFen } as const;

/** `payments` in terminal.json. */
export const paymentsSchema = z.strictObject({
  carried: z
    .strictObject({
      mostByCodeFen: fen
        .default(mostByCodeFen)
        .describe("Most one payment may be proved by a typed code, fen; above it the phone's screen is scanned"),
      mostByCodePerDayFen: fen
        .default(mostByCodePerDayFen)
        .describe("Most all typed codes of a business day may prove, fen"),
    })
    .prefault({})
    .describe("Payments on the customer's phone while WeChat Pay is out of reach"),
});
