import { z } from "zod";
import { feedHeadSchema } from "./journal.ts";

/**
 * Down: `GET /v1/feed/{scope}?after=rev&limit=n`, signed by the terminal; the answer is signed by head office
 * (answerComponents of core/signing, keyid "office"). `rev` comes from a counter row in the same transaction as the change,
 * so no row is ever skipped. Rows are ordered by rev; a row that changed again appears once, at its newest rev.
 */
export const feedScopes = ["catalog", "people", "settings"] as const;
export type FeedScope = (typeof feedScopes)[number];
export const mostFeedRows = 1_000;

const id = z.string().min(1).max(64);
const fen = z.int().min(0).max(1_000_000_000);

export const feedItemSchema = z.strictObject({
  nameZh: z.string().min(1).max(120),
  nameEn: z.string().max(160),
  categoryId: id,
  unit: z.enum(["piece", "kg"]),
  priceFen: fen,
  taxClass: z.string().min(1).max(32),
  scaleCode: z.string().max(16).nullable(),
  isFavourite: z.boolean(),
  /** 开放价: the cashier types the price, within these; of goods by the piece. Left out of all others, which older tills read. */
  openPrice: z.strictObject({ minFen: fen.min(1).nullable(), maxFen: fen.min(1).nullable() }).optional(),
  barcodes: z.array(z.strictObject({ barcode: z.string().min(1).max(64), count: z.int().min(1).max(100_000) })).max(64),
  /** Prices that begin later, soonest first: RFC 3339 with offset. Tomorrow's price arrives today. */
  pricesFrom: z.array(z.strictObject({ validFrom: z.string(), priceFen: fen })).max(16),
});
export type FeedItem = z.infer<typeof feedItemSchema>;

export const feedCategorySchema = z.strictObject({
  nameZh: z.string().min(1).max(60),
  nameEn: z.string().max(80),
  colour: z.int().min(0).max(9),
  sort: z.int().min(0),
});
export type FeedCategory = z.infer<typeof feedCategorySchema>;

/** A person of this shop. The PIN is set at the till: head office never knows it. */
export const feedPersonSchema = z.strictObject({
  name: z.string().min(1).max(60),
  role: z.enum(["cashier", "manager"]),
});
export type FeedPerson = z.infer<typeof feedPersonSchema>;

/** One setting of the shop by its path in terminal.json; the till takes those it knows (store.footerZh, …). */
export const feedSettingSchema = z.strictObject({ value: z.union([z.string().max(400), z.int(), z.boolean()]) });
export type FeedSetting = z.infer<typeof feedSettingSchema>;

const row = <K extends string, V extends z.ZodType>(kind: K, value: V) =>
  z.strictObject({ kind: z.literal(kind), id, rev: z.int().min(1), value: value.nullable() });

/** `value` null: gone (a tombstone, kept for at least 90 days). */
export const feedRowSchema = z.discriminatedUnion("kind", [
  row("item", feedItemSchema),
  row("category", feedCategorySchema),
  row("person", feedPersonSchema),
  row("setting", feedSettingSchema),
]);
export type FeedRow = z.infer<typeof feedRowSchema>;

export const feedPageSchema = z.strictObject({
  scope: z.enum(feedScopes),
  rows: z.array(feedRowSchema).max(mostFeedRows),
  /** Ask after this one next: the rev of the last row, or `after` where there was none. */
  through: z.int().min(0),
  /** The newest rev there is. */
  head: z.int().min(0),
  /** Rows that are not gone at head office, and SHA-256 over them (docs/HEADOFFICE.md): equal when through = head. */
  liveCount: z.int().min(0),
});
export type FeedPage = z.infer<typeof feedPageSchema>;

/**
 * `GET /v1/feeds`: the newest rev of each feed of the till's shop. One such question a minute is all a till asks while
 * nothing changes and nothing is sold. An office from before it answers `not-found`; its tills ask for each feed instead.
 */
export const feedHeadsSchema = z.strictObject({ feedHead: feedHeadSchema });
export type FeedHeads = z.infer<typeof feedHeadsSchema>;
