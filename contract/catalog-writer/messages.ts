import { z } from "zod";

/*
 * Main ⇄ the catalogue's writer: the process that reads head office's pages and writes catalog.db beside the till. Both
 * ends parse what they hear: one of them may be an older build that an update has left running.
 */

/** Largest page, as JSON; contract/wire's own limits come to less. */
export const mostPageBytes = 8 * 1_048_576;

const id = z.int().min(1);
const rev = z.int().min(0);
const detail = z.string().max(500);

/** A page whose signature was checked, as JSON in UTF-8, and what it was asked for with. */
export interface WireFeedPage {
  readonly after: number;
  readonly json: Uint8Array;
}

/** Rows of an import in one message, and the codes that one of them may have. */
export const mostImportRows = 500;

const json = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array, "the bytes of a page")
  .refine((bytes) => bytes.length <= mostPageBytes, "a page within its limit");

export const writerRequest = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("page"), id, after: rev, json }),
  z.strictObject({ kind: z.literal("begin-snapshot"), id }),
  z.strictObject({ kind: z.literal("settle-prices"), id }),
  /** Rows of an import, as `importRowsSchema` has them in JSON: one transaction. */
  z.strictObject({ kind: z.literal("import"), id, json }),
  /** Items that stand in no part of the index of words get one, until other work waits. */
  z.strictObject({ kind: z.literal("index"), id }),
  z.strictObject({ kind: z.literal("close") }),
]);
export type WriterRequest = z.infer<typeof writerRequest>;

export const writerEvent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ready") }),
  /** Understood, and about to be written. `isEnd`: there is nothing behind it. */
  z.strictObject({
    ...{ kind: z.literal("read"), id, through: rev },
    /** What head office has at that moment; what the file must have at the end. */
    liveCount: z.int().min(0),
    hasRows: z.boolean(),
    isEnd: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("misfit"), id, detail }),
  /** Told at least every second while rows are written: whoever is silent for long hangs. */
  z.strictObject({ kind: z.literal("busy"), id }),
  /**
   * It is in the file. `beginsAgain`: the catalogue is not what head office has, and is to be fetched from 0; of the index,
   * that there is more, and to ask again.
   */
  z.strictObject({
    ...{ kind: z.literal("done"), id, beginsAgain: z.boolean() },
    /** Codes that imported rows took from other items. */
    moved: z.array(z.strictObject({ barcode: z.string(), fromSku: z.string(), toSku: z.string() })).optional(),
  }),
  z.strictObject({ kind: z.literal("failed"), id, detail }),
]);
export type WriterEvent = z.infer<typeof writerEvent>;
