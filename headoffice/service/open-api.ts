import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { agreementSchema } from "#contract/wire/agreement.ts";
import { enrolledSchema, enrolSchema } from "#contract/wire/enrolment.ts";
import { faultSchema } from "#contract/wire/fault.ts";
import { feedHeadsSchema, feedPageSchema, feedScopes } from "#contract/wire/feed.ts";
import { giveSchema, givenSchema, heldListSchema, takenSchema, takeSchema } from "#contract/wire/held.ts";
import {
  ackSchema,
  epochSchema,
  mostBatchEntries,
  positionsSchema,
  storedEntriesSchema,
  uploadSchema,
} from "#contract/wire/journal.ts";
import {
  grantAnswerSchema,
  grantRequestSchema,
  returnGrantAnswerSchema,
  returnGrantRequestSchema,
  lookupAnswerSchema,
  lookupSchema,
  relayedGrantsAnswerSchema,
  relayedGrantsSchema,
  shopTillsSchema,
} from "#contract/wire/refund-grant.ts";
import { relayedSchema, relayShopSchema } from "#contract/wire/relay.ts";
import { terminalKeySchema } from "#contract/wire/terminal-key.ts";

const schemas = {
  ...{ Upload: uploadSchema, Ack: ackSchema, Positions: positionsSchema, StoredEntries: storedEntriesSchema },
  ...{ Enrol: enrolSchema, Enrolled: enrolledSchema, Agreement: agreementSchema },
  ...{ FeedPage: feedPageSchema, FeedHeads: feedHeadsSchema },
  ...{ HeldList: heldListSchema, Give: giveSchema, Given: givenSchema, Take: takeSchema, Taken: takenSchema },
  ...{ RelayShop: relayShopSchema, Relayed: relayedSchema, Fault: faultSchema },
  ...{ RefundLookup: lookupSchema, SoldSale: lookupAnswerSchema, ShopTills: shopTillsSchema },
  ...{ RefundGrant: grantRequestSchema, RefundGranted: grantAnswerSchema },
  ...{ ReturnGrant: returnGrantRequestSchema, ReturnGranted: returnGrantAnswerSchema },
  ...{ RelayedGrants: relayedGrantsSchema, RelayedGrantsKept: relayedGrantsAnswerSchema },
};

/** What tills and head office say to each other, made from the schemas that judge it. */
export function openApiRoutes(app: FastifyInstance): void {
  let document: object | null = null;
  // A start has no need of it, and it takes as long as all the rest of one.
  app.get("/openapi.json", async () => (document ??= openApiDocument()));
}

export function openApiDocument(): object {
  const of = "/v1/terminals/{terminalKey}";
  const key = parameter("terminalKey", "path", terminalKeySchema);
  const till = parameter("tillKey", "path", terminalKeySchema);
  return {
    openapi: "3.1.0",
    info: { title: "Tillway head office", version: "1", description: "For tills: see contract/wire." },
    paths: {
      "/v1/enrolments": {
        post: operation("Take a terminal's name with a code", "Enrolled", { body: "Enrol", ok: 201 }),
      },
      [`${of}/journal`]: {
        post: operation("Add journal entries", "Ack", { body: "Upload", parameters: [key] }),
        get: operation("Read entries back", "StoredEntries", {
          parameters: [
            key,
            parameter("epoch", "query", epochSchema),
            parameter("after", "query", z.int().min(0)),
            parameter("limit", "query", z.int().min(1).max(mostBatchEntries)),
          ],
        }),
      },
      [`${of}/quarantine`]: {
        post: operation("Keep a revoked till's entries", "Ack", { body: "Upload", parameters: [key] }),
      },
      [`${of}/positions`]: { get: operation("How far each epoch is held", "Positions", { parameters: [key] }) },
      [`${of}/agreement`]: {
        post: operation("Compare business days", "Agreement", { body: "Agreement", parameters: [key] }),
      },
      ...refundPaths(of, key),
      "/v1/held": {
        get: operation("Sales held for every till of the shop", "HeldList", {}),
        post: operation("Give a held sale to every till", "Given", { body: "Give" }),
      },
      "/v1/held/takes": { post: operation("Take one of them", "Taken", { body: "Take" }) },
      "/v1/relay/shop": { get: operation("The shop's tills, and the word for its relay", "RelayShop", {}) },
      "/v1/relay/tills/{tillKey}/journal": {
        post: operation("Bring what a till signed", "Relayed", { body: "Upload", parameters: [till] }),
      },
      "/v1/relay/tills/{tillKey}/quarantine": {
        post: operation("Bring what is kept apart", "Relayed", { body: "Upload", parameters: [till] }),
      },
      "/v1/feeds": { get: operation("The newest rev of each feed", "FeedHeads", {}) },
      "/v1/feed/{scope}": {
        get: operation("What changed after a rev", "FeedPage", {
          parameters: [
            parameter("scope", "path", z.enum(feedScopes)),
            parameter("after", "query", z.int().min(0)),
            parameter("limit", "query", z.int().min(1)),
          ],
        }),
      },
    },
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, jsonSchema(schema)])),
      securitySchemes: {
        messageSignature: { type: "http", scheme: "signature", description: "RFC 9421, label tillway, Ed25519" },
      },
    },
    security: [{ messageSignature: [] }],
  };
}

/** Refunds that several tills may give (contract/wire/refund-grant.ts). */
function refundPaths(of: string, key: object): object {
  return {
    [`${of}/refund-lookup`]: {
      post: operation("A sale of any till of the shop", "SoldSale", { body: "RefundLookup", parameters: [key] }),
    },
    [`${of}/refund-grants`]: {
      post: operation("Be granted a refund", "RefundGranted", { body: "RefundGrant", parameters: [key] }),
    },
    [`${of}/return-grants`]: {
      post: operation("Be granted a refund for goods", "ReturnGranted", { body: "ReturnGrant", parameters: [key] }),
    },
    [`${of}/shop-tills`]: {
      get: operation("Whose receipts are the shop's", "ShopTills", { parameters: [key] }),
    },
    "/v1/relay/refund-grants": {
      post: operation("Bring what a relay granted", "RelayedGrantsKept", { body: "RelayedGrants" }),
    },
  };
}

interface Shape {
  readonly body?: string;
  readonly ok?: number;
  readonly parameters?: readonly object[];
}

function operation(summary: string, answer: string, { body, ok = 200, parameters }: Shape): object {
  const json = (name: string) => ({ "application/json": { schema: { $ref: `#/components/schemas/${name}` } } });
  return {
    summary,
    ...(parameters === undefined ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: {
      [String(ok)]: { description: "Done, durably", content: json(answer) },
      default: { description: "Refused: the kind says why", content: json("Fault") },
    },
  };
}

function parameter(name: string, place: "path" | "query", schema: z.ZodType): object {
  return { name, in: place, required: place === "path" || name === "epoch", schema: jsonSchema(schema) };
}

/** Without `$schema`, which an OpenAPI document says once for all of them. */
function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}
