import { z } from "zod";

const port = z.int().min(1).max(65_535);

/** Protocol V2 and TLS, for a till that is set up for them. */
const gatewayV2 = z.strictObject({
  apiV2Key: z.string(),
  /** HTTPS with a self-made authority; both protocols are answered there, V2 reverse only there. */
  tlsBaseUrl: z.url(),
  authorityPath: z.string(),
  merchantCertificatePath: z.string(),
});

/** The same gateway past the shop's line, with the hosts by which a page learns who looks at it. */
const outside = z.strictObject({ baseUrl: z.url(), appSecret: z.string() });

const gateway = z.strictObject({
  baseUrl: z.url(),
  mchid: z.string(),
  appid: z.string(),
  certSerial: z.string(),
  privateKeyPath: z.string(),
  publicKeyId: z.string(),
  publicKeyPath: z.string(),
  apiV3Key: z.string(),
  v2: gatewayV2,
  outside,
});

/** `token` goes into every request as `Authorization: Bearer …`. */
const control = z.strictObject({ url: z.url(), token: z.string() });

/** The ready line of the gateway started alone. */
export const gatewayReady = z.strictObject({ ready: z.literal(true), gateway, control });
export type GatewayReady = z.infer<typeof gatewayReady>;

/** The one line the simulators print on standard output, once everything listens. Secrets in it are made-up ones. */
export const simulatorsReady = z.strictObject({
  ready: z.literal(true),
  gateway,
  printer: z.strictObject({ host: z.string(), port }),
  scanner: z.strictObject({ host: z.string(), port }),
  scale: z.strictObject({ host: z.string(), port }),
  poleDisplay: z.strictObject({ host: z.string(), port }),
  control,
});
export type SimulatorsReady = z.infer<typeof simulatorsReady>;
