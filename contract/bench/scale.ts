import { z } from "zod";

/** The scale on the Device bench and in the tests: JSON bodies of the simulators' `/scale…` control routes. Weights are grams. */

export const scaleModels = ["toledo-8217", "cas-22", "cas-10", "and-18"] as const;
export type ScaleModel = (typeof scaleModels)[number];

const scaleSwitches = z.strictObject({
  /** No power: connections are cut and refused. */
  unplugged: z.boolean(),
  /** Hung: hears everything and says nothing. */
  stalled: z.boolean(),
  /** Says everything 900 ms late. */
  slow: z.boolean(),
  /** Noise before each frame, and only every third frame arrives whole. */
  garbage: z.boolean(),
  /** The line is set to another parity than the till's: the eighth bit of every byte is what it happens to be. */
  misparity: z.boolean(),
  /** Somebody leans on the tray: the weight never settles. */
  unsteady: z.boolean(),
  /** Says the same weight for ever, whatever lies on it. */
  frozen: z.boolean(),
});
export type ScaleSwitches = z.infer<typeof scaleSwitches>;

/** POST /scale/put: what lies on the tray from now on; negative: somebody lifts the tray. Answer: `ScaleState`. */
export const scalePutRequest = z.strictObject({ grams: z.int().min(-5_000).max(60_000) });
export type ScalePutRequest = z.infer<typeof scalePutRequest>;

/** POST /scale/key: the scale's own keys. Answer: `ScaleState`. */
export const scaleKeyRequest = z.strictObject({ key: z.enum(["tare", "zero"]) });
export type ScaleKeyRequest = z.infer<typeof scaleKeyRequest>;

/** POST /scale/switches: the switches to move; the others stay. Answer: `ScaleState`. */
export const scaleSwitchesRequest = scaleSwitches.partial();
export type ScaleSwitchesRequest = z.infer<typeof scaleSwitchesRequest>;

/** GET /scale. */
export const scaleState = z.strictObject({
  model: z.enum(scaleModels),
  switches: scaleSwitches,
  capacityGrams: z.int().positive(),
  divisionGrams: z.int().positive(),
  /** What really lies on the tray. */
  loadGrams: z.int(),
  /** What the scale's own display shows, net; null while it can show no weight. */
  shownGrams: z.int().nullable(),
  tareGrams: z.int().nonnegative(),
  is: z.enum(["stable", "moving", "over", "under"]),
  /** Tills connected now. */
  connections: z.int().nonnegative(),
  /** Times a till has asked, or frames that left by themselves. */
  spoken: z.int().nonnegative(),
});
export type ScaleState = z.infer<typeof scaleState>;
