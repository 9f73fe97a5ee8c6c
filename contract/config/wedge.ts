import { z } from "zod";

/** A scanner that types like a keyboard, caught in the till's own window: the last resort. */
export const wedgeTransport = z.strictObject({
  kind: z
    .literal("wedge")
    .describe("A scanner that types into the till's window; only where nothing better can be had"),
  suffix: z.enum(["enter", "tab", "none"]).default("enter").describe("The key it presses after each code"),
  maxKeyGapMs: z
    .int()
    .min(10)
    .max(100)
    .default(30)
    .describe("Longest pause between two of its keys in milliseconds; a person's keys wait this long to be seen"),
});
