import { z } from "zod";

/** The pole display on the Device bench and in the tests: JSON bodies of the simulators' `/pole-display…` control routes. */

export const poleModels = ["cd5220", "led8"] as const;
export type PoleModel = (typeof poleModels)[number];

const poleSwitches = z.strictObject({
  /** No power: connections are cut and refused, and what was shown is gone. */
  unplugged: z.boolean(),
  /** Hung: connections are accepted and never read. */
  stalled: z.boolean(),
});

/** POST /pole-display/switches: the switches to move; the others stay. Answer: `PoleState`. */
export const poleSwitchesRequest = poleSwitches.partial();
export type PoleSwitchesRequest = z.infer<typeof poleSwitchesRequest>;

export const poleLamps = ["none", "price", "total", "collect", "change"] as const;

/** GET /pole-display. */
export const poleState = z.strictObject({
  model: z.enum(poleModels),
  switches: poleSwitches,
  /** Two rows of twenty columns, padded with blanks, of a CD5220; a Chinese character takes two columns. */
  upper: z.string(),
  lower: z.string(),
  /** What a LED8 shows: at most eight digits, with their points. */
  digits: z.string(),
  lamp: z.enum(poleLamps),
  /** The last 100 things in the received bytes that the display does not understand, oldest first. */
  faults: z.array(z.string()),
  connections: z.int().nonnegative(),
  /** Bytes received since it was switched on. */
  receivedBytes: z.int().nonnegative(),
});
export type PoleState = z.infer<typeof poleState>;
