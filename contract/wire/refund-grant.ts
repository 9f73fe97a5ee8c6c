import { z } from "zod";
import { mostReceiptWords } from "#core/receipt/receipt-code.ts";
import { publicKeySchema } from "./enrolment.ts";
import { mostTillsOfShop } from "./relay.ts";
import { terminalKeySchema } from "./terminal-key.ts";

/**
 * Giving back the money of a sale that several tills may give back. Asked of head office, and of the shop's relay where that
 * is out of reach; the same paths at both.
 *
 * | question | by | answer |
 * |---|---|---|
 * | `POST /v1/terminals/{terminalKey}/refund-lookup` | a till | the sale under a number, and what is given back of it |
 * | `POST /v1/terminals/{terminalKey}/refund-grants` | a till | whether so much of it may go back now |
 * | `POST /v1/terminals/{terminalKey}/return-grants` | a till | the same, and whether so much of its goods may come back |
 * | `GET /v1/terminals/{terminalKey}/shop-tills` | a till, at head office alone | whose receipts are the shop's |
 * | `POST /v1/relay/refund-grants` | a relay | how many of the grants it gave are kept |
 *
 * A grant counts until a refund under it is in the till's journal, or its `refund-grant-returned` is: never for a time alone.
 * The same grant again is answered the same.
 */

const id = z.string().regex(/^[\w-]{1,64}$/);
const terminalId = z.string().regex(/^[A-Z0-9]{2,4}$/);
const saleNumber = z.string().regex(/^[A-Z0-9]{1,8}-\d{6,15}$/);
const fen = z.int().min(0).max(1_000_000_000);
/** A receipt's QR whole: what is not known there may be read off it. A till makes one of its own sale itself. */
const receipt = z.string().min(1).max(mostReceiptWords).nullable();

export const soldTenderSchema = z.strictObject({
  tenderId: id,
  kind: z.enum(["cash", "wechat", "static-code"]),
  amountFen: fen,
  outTradeNo: z.string().min(1).max(64).nullable(),
  transactionId: z.string().min(1).max(64).nullable(),
});

export const soldSaleSchema = z.strictObject({
  terminalId,
  saleId: id,
  saleNumber,
  businessDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  totalFen: fen,
  tenders: z.array(soldTenderSchema).min(1).max(200),
});

export const soldLineSchema = z.strictObject({
  nameZh: z.string().max(400),
  nameEn: z.string().max(400),
  unit: z.enum(["piece", "kg"]),
  /** Thousandths. */
  quantity: z.int().min(1),
  netFen: fen,
});
export type SoldLine = z.infer<typeof soldLineSchema>;

/** Money of the sale that some till gave, gives, or was granted to give. */
export const claimSchema = z.strictObject({
  terminalId,
  tenderId: z.string().max(80),
  amountFen: fen,
  /** Milliseconds since 1970: when it was requested there, or granted here. */
  atMs: z.int().min(0),
});
export type SharedClaim = z.infer<typeof claimSchema>;

/**
 * Why there is no such sale. `unknown-sale`: not known here, and no receipt was shown. `not-genuine`: the receipt is of
 * another shop or no till of this one signed it. `revoked-till`: its till was revoked, so its paper proves nothing.
 */
const notFound = z.strictObject({
  kind: z.literal("not-found"),
  why: z.enum(["unknown-sale", "not-genuine", "revoked-till"]),
});
export type NotFoundWhy = z.infer<typeof notFound>["why"];

export const lookupSchema = z.strictObject({ saleNumber, receipt });

/** Most lines told of a sale: a cashier looks at the first ones. */
export const mostSoldLines = 200;

/** Most lines told of as brought back, of all tills together. */
export const mostReturnedLines = 1_000;

export const lookupAnswerSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("found"),
    sale: soldSaleSchema,
    /** Empty where only the paper tells of the sale. */
    lines: z.array(soldLineSchema).max(mostSoldLines),
    claims: z.array(claimSchema).max(1_000),
    /**
     * Goods of it that came back, by till and line; left out where none did. A till of before returns cannot read an answer
     * that has it: to that till nobody has answered, and the grant it asks for is judged all the same.
     */
    returned: z
      .array(z.strictObject({ terminalId, lineNumber: z.int().min(1).max(100_000), quantity: z.int().min(1) }))
      .max(mostReturnedLines)
      .optional(),
  }),
  notFound,
]);
export type LookupAnswer = z.infer<typeof lookupAnswerSchema>;

export const grantRequestSchema = z.strictObject({
  /** Made by the till and stored before it asks; new with every try to give. */
  grantId: id,
  sale: z.strictObject({ terminalId, saleId: id }),
  tenderId: id,
  amountFen: fen.min(1),
  receipt,
});
export type GrantRequest = z.infer<typeof grantRequestSchema>;

export const grantAnswerSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("granted") }),
  /** What is left of it, beside what other tills give back. */
  z.strictObject({ kind: z.literal("over"), remainingFen: fen }),
  z.strictObject({ kind: z.literal("unknown-tender") }),
  notFound,
]);
export type GrantAnswer = z.infer<typeof grantAnswerSchema>;

/**
 * A grant for goods that come back: the same return in every part of its money. An address of its own, since a head office
 * of before takes no request that has more: there it is not found, and the till asks for the money alone.
 */
export const returnGrantRequestSchema = grantRequestSchema.extend({
  goods: z.strictObject({
    /** As in the till's `goods-returned`. */
    returnId: id,
    lines: z
      .array(z.strictObject({ lineNumber: z.int().min(1).max(100_000), quantity: z.int().min(1).max(99_999_000) }))
      .min(1)
      .max(mostSoldLines),
  }),
});
export type ReturnGrantRequest = z.infer<typeof returnGrantRequestSchema>;

export const returnGrantAnswerSchema = z.discriminatedUnion("kind", [
  ...grantAnswerSchema.options,
  /** Thousandths that are left of the line, beside what other returns bring of it. */
  z.strictObject({
    ...{ kind: z.literal("over-line"), lineNumber: z.int().min(1).max(100_000), remaining: z.int().min(0) },
  }),
]);
export type ReturnGrantAnswer = z.infer<typeof returnGrantAnswerSchema>;

/** A till of the shop, and the keys it signs or signed its receipts with. */
export const shopTillSchema = z.strictObject({
  terminalKey: terminalKeySchema,
  publicKeys: z.array(publicKeySchema).min(1).max(32),
  state: z.enum(["active", "revoked"]),
});
export type ShopTill = z.infer<typeof shopTillSchema>;

export const shopTillsSchema = z.strictObject({ tills: z.array(shopTillSchema).max(mostTillsOfShop) });

/** Grants a relay gave while head office was out of reach; the same ones again are the same. */
export const relayedGrantsSchema = z.strictObject({
  grants: z
    .array(
      z.strictObject({
        ...{ grantId: id, terminalId, tenderId: id, amountFen: fen.min(1), grantedMs: z.int().min(0) },
        sale: z.strictObject({ terminalId, saleId: id }),
      }),
    )
    .min(1)
    .max(100),
});
export type RelayedGrants = z.infer<typeof relayedGrantsSchema>;

export const relayedGrantsAnswerSchema = z.strictObject({ kept: z.int().min(0) });
