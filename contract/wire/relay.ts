import { z } from "zod";
import { publicKeySchema } from "./enrolment.ts";
import { positionSchema } from "./journal.ts";
import { terminalKeySchema } from "./terminal-key.ts";

/**
 * A shop's relay: keeps what the shop's tills could not send and sends it on (docs/adr/0008). It enrols at head office like
 * a till, with a code made for a relay. Four questions, all of them signed but the first:
 *
 * | at | question | by | answer |
 * |---|---|---|---|
 * | the relay | `GET /v1/relay` | anybody | its certificate; `busy` while it has none |
 * | the relay | `POST /v1/relay/terminals/{terminalKey}/journal`, an upload | the till | how far it is kept |
 * | head office | `GET /v1/relay/shop` | the relay | its certificate and the shop's tills |
 * | head office | `POST /v1/relay/tills/{tillKey}/journal` or `…/quarantine`, an upload | the relay | as of an upload |
 *
 * The last entry of an upload by way of a relay is signed by the till (`sig`): through the chain it vouches for all of them.
 */

/** Head office's word that this key is a relay of the shop in `relayKey`; `sig` over `certificateText` of core/signing. */
export const relayCertificateSchema = z.strictObject({
  relayKey: terminalKeySchema,
  publicKey: publicKeySchema,
  /** Milliseconds since 1970, head office's clock. */
  untilMs: z.int().min(0),
  sig: z.string().regex(/^[\w-]{86}$/),
});
export type RelayCertificate = z.infer<typeof relayCertificateSchema>;

/** 200 of the relay: everything up to `kept` survives this till's death. Not an ack: head office may have none of it. */
export const keptSchema = z.strictObject({
  kept: positionSchema,
  /** RFC 3339, the relay's clock. */
  serverTime: z.string(),
});
export type Kept = z.infer<typeof keptSchema>;

/** More than a shop has. */
export const mostTillsOfShop = 500;

export const relayShopSchema = z.strictObject({
  certificate: relayCertificateSchema,
  tills: z
    .array(
      z.strictObject({
        terminalKey: terminalKeySchema,
        publicKey: publicKeySchema,
        state: z.enum(["active", "revoked"]),
      }),
    )
    .max(mostTillsOfShop),
});
export type RelayShop = z.infer<typeof relayShopSchema>;

/** How far head office holds the epoch of what was sent on; durable. */
export const relayedSchema = z.strictObject({ acked: positionSchema });
export type Relayed = z.infer<typeof relayedSchema>;
