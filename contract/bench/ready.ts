import { z } from "zod";

const port = z.int().min(1).max(65_535);

/** The one line the simulators print on standard output, once everything listens. Secrets in it are made-up ones. */
export const simulatorsReady = z.strictObject({
  ready: z.literal(true),
  gateway: z.strictObject({
    baseUrl: z.url(),
    mchid: z.string(),
    appid: z.string(),
    certSerial: z.string(),
    privateKeyPath: z.string(),
    publicKeyId: z.string(),
    publicKeyPath: z.string(),
    apiV3Key: z.string(),
  }),
  printer: z.strictObject({ host: z.string(), port }),
  scanner: z.strictObject({ host: z.string(), port }),
  /** `token` goes into every request as `Authorization: Bearer …`. */
  control: z.strictObject({ url: z.url(), token: z.string() }),
});
export type SimulatorsReady = z.infer<typeof simulatorsReady>;
