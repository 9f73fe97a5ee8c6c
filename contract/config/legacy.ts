import { z } from "zod";

/** What may stand in the section, and be entered on the page of old tills. */
export const legacyHost = z.string().regex(/^(?:\d{1,3}(?:\.\d{1,3}){3}|::1?)$/);
export const legacyPort = z.int().min(1_024).max(65_535);
export const legacyWaitSeconds = z.int().min(10).max(600);

/** Old tills that take WeChat Pay by this one (docs/LEGACY.md): what they may, and the doors they come by. */
export const legacySection = z.strictObject({
  https: z
    .strictObject({
      isOn: z.boolean().default(true).describe("false: nothing listens, and the rest is kept for later"),
      host: legacyHost
        .default("127.0.0.1")
        .describe("Address that is listened on: of this machine alone, or one of its own in the shop's network"),
      port: legacyPort.default(8_643).describe("Port of it"),
    })
    .optional()
    .describe("Messages over HTTPS; absent: nothing listens"),
  showsQr: z
    .boolean()
    .default(false)
    .describe("A payment begins with a QR for the customer to scan; else with waiting for the customer's code"),
  waitSeconds: legacyWaitSeconds.default(120).describe("How long a payment waits for the customer to begin"),
  answerSeconds: z
    .int()
    .min(5)
    .max(600)
    .default(150)
    .describe("After this a request is answered with `InProgress`, and goes on"),
  mayRefund: z.boolean().default(false).describe("Old tills may give back what they had paid here"),
});

export const legacyConfig = legacySection
  .optional()
  .describe("Old tills that use this one as their WeChat terminal; absent: none do");

export type LegacyConfig = z.infer<typeof legacySection>;
