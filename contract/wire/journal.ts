import { z } from "zod";
import type { WireEntry } from "#core/journal/wire-entry.ts";

/**
 * Up: `POST /v1/terminals/{terminalKey}/journal`, JSON, gzip allowed, signed by the terminal (core/signing). Entries of one
 * epoch, contiguous. One request of a terminal is under way at a time.
 */

/** Most entries and bytes (before gzip) of one upload. */
export const mostBatchEntries = 100;
export const mostBatchBytes = 1_048_576;
/** No entry of a till comes near it; one that does is sent alone. */
export const mostBodyCharacters = 900_000;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const epochSchema = z.string().regex(/^[0-9a-zA-Z-]{1,40}$/);

export const wireEntrySchema: z.ZodType<WireEntry> = z.strictObject({
  epoch: epochSchema,
  seq: z.int().min(1),
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  v: z.int().min(1).max(1_000),
  atWall: z.string().min(1).max(40),
  atMono: z.number().min(0),
  body: z.string().min(1).max(mostBodyCharacters),
  prev: hash,
  hash,
  sig: z
    .string()
    .regex(/^[\w-]{86}$/)
    .nullable(),
});

export const uploadSchema = z.strictObject({ entries: z.array(wireEntrySchema).min(1).max(mostBatchEntries) });

/** How far head office holds an epoch durably. seq 0 with the hash of 64 zeros: nothing of it. */
export const positionSchema = z.strictObject({ epoch: epochSchema, seq: z.int().min(0), hash });
export type Position = z.infer<typeof positionSchema>;

/** The newest rev of each feed, so that a till that uploads need not ask. */
export const feedHeadSchema = z.strictObject({
  catalog: z.int().min(0),
  people: z.int().min(0),
  settings: z.int().min(0),
});

/** 200: everything up to `acked` is durable at head office. Less than was sent is a normal answer. */
export const ackSchema = z.strictObject({
  acked: positionSchema,
  /** RFC 3339, head office's clock. */
  serverTime: z.string(),
  maxBatch: z.int().min(1).max(mostBatchEntries),
  feedHead: feedHeadSchema,
});
export type Ack = z.infer<typeof ackSchema>;

/** `GET /v1/terminals/{terminalKey}/positions`: every epoch that was ever begun, oldest first. */
export const positionsSchema = z.strictObject({ positions: z.array(positionSchema) });

/** `GET /v1/terminals/{terminalKey}/journal?epoch=…&after=seq&limit=n`: entries as they came; limit at most 100. */
export const storedEntriesSchema = z.strictObject({ entries: z.array(wireEntrySchema) });
