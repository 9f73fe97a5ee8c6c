import { z } from "zod";

/** Old tills that take WeChat Pay by this one (docs/LEGACY.md): what they may, and the doors they come by. */
export const legacyConfig = z
  .strictObject({
    https: z
      .strictObject({
        host: z
          .string()
          .regex(/^(?:\d{1,3}(?:\.\d{1,3}){3}|::1?)$/)
          .default("127.0.0.1")
          .describe("Address that is listened on: of this machine alone, or one of its own in the shop's network"),
        port: z.int().min(1_024).max(65_535).default(8_643).describe("Port of it"),
      })
      .optional()
      .describe("Messages over HTTPS; absent: nothing listens"),
    showsQr: z
      .boolean()
      .default(false)
      .describe("A payment begins with a QR for the customer to scan; else with waiting for the customer's code"),
    waitSeconds: z.int().min(10).max(600).default(120).describe("How long a payment waits for the customer to begin"),
    answerSeconds: z
      .int()
      .min(5)
      .max(600)
      .default(150)
      .describe("After this a request is answered with `InProgress`, and goes on"),
    mayRefund: z.boolean().default(false).describe("Old tills may give back what they had paid here"),
  })
  .optional()
  .describe("Old tills that use this one as their WeChat terminal; absent: none do");

export type LegacyConfig = NonNullable<z.infer<typeof legacyConfig>>;
