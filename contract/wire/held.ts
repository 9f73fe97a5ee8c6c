import { z } from "zod";

/**
 * Sales held for every till of a shop. Such a sale belongs to the place where it lies (head office, or the shop's relay while
 * head office is out of reach) until one till takes it; then it is that till's alone. Both places answer alike, to the tills
 * of the shop whose signature the request bears:
 *
 * | question | answer |
 * |---|---|
 * | `GET /v1/held` | what lies here, oldest first |
 * | `POST /v1/held`, a sale given away | what became of it: the same again for the same `giveId`, for ever |
 * | `POST /v1/held/takes` | the sale, to whoever asked first; to the same `takeId` again the same |
 *
 * The ids are the asking till's, on its disk before it asks. Only these answers decide; a refusal (contract/wire/fault.ts)
 * says nothing about where the sale is.
 */

/** Beyond it nobody finds anything in the list. */
export const mostHeldSales = 200;
/** Of a sale as JSON, in UTF-8; 500 lines with all they can have take half of it. */
export const mostHeldBytes = 256 * 1_024;
/**
 * The newest form. A place keeps forms it does not know; a till takes none it does not know. What has nothing of a newer form
 * in it is written in the older one, so that a till that was not brought up to date takes it.
 */
export const heldForm = 3;

/** PostgreSQL stores no U+0000. */
const words = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !text.includes("\0"), "no U+0000");
const id = z.string().regex(/^[0-9a-zA-Z-]{1,64}$/);
const fen = z.int().min(0).max(1_000_000_000);
const milli = z.int().min(1).max(99_999_000);
const ms = z.int().min(0);
const terminalId = z.string().regex(/^[A-Z0-9]{2,4}$/);

const discount = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("amount"), amountFen: fen.min(1) }),
  z.strictObject({ kind: z.literal("percent"), basisPoints: z.int().min(1).max(10_000) }),
]);
const packWord = z.string().max(128).nullable();
const heldLineSchema = z.strictObject({
  id: z.string().min(1).max(64),
  sku: z.string().min(1).max(64).nullable(),
  nameZh: z.string().max(400),
  nameEn: z.string().max(400),
  categoryId: z.string().max(64).nullable(),
  taxClass: z.string().max(64),
  barcode: z.string().max(256).nullable(),
  source: z.enum(["scan", "search", "tile", "weighed-label", "open-price"]),
  unit: z.enum(["piece", "kg"]),
  unitPriceFen: fen,
  quantity: milli,
  labelAmountFen: fen.nullable(),
  discount: discount.nullable(),
  weighing: z
    .strictObject({ by: z.enum(["scale", "typed"]), grossGrams: z.int().min(0), tareGrams: z.int().min(0) })
    .optional(),
  pack: z.strictObject({ lot: packWord, serial: packWord, expiresOn: packWord, bestBefore: packWord }).optional(),
});

const promotionShare = z.strictObject({ lineId: z.string().min(1).max(64), quantity: milli, savedFen: fen });
const appliedPromotion = z.strictObject({
  promotionId: z.string().min(1).max(64),
  nameZh: z.string().max(40),
  nameEn: z.string().max(40),
  level: z.enum(["line", "sale"]),
  shares: z.array(promotionShare).max(500),
});
const cartCoupon = z.strictObject({
  code: z.string().min(1).max(64),
  promotionId: z.string().min(1).max(64),
  isNumbered: z.boolean(),
});

/** What form 2 brought: prices set by hand on lines, and of the cart its coupons, its member and what promotions took off. */
const secondLineSchema = heldLineSchema.extend({
  override: z
    .strictObject({ fromFen: fen, reason: z.string().max(40), approvedBy: z.string().max(64).nullable() })
    .optional(),
});

/** What form 3 brought: prices that were typed as goods were rung up. */
const thirdLineSchema = secondLineSchema.extend({ isTypedPrice: z.literal(true).optional() });

/** The cart as it was, its prices and what was granted with it. No tender: nothing was paid of it. */
export const heldSaleSchema = z.strictObject({
  cart: z.strictObject({
    saleId: z.string().min(1).max(64),
    lines: z.array(thirdLineSchema).min(1).max(500),
    discount: discount.nullable(),
    rounding: z.enum(["none", "jiao", "yuan"]),
    currentLineId: z.string().max(64).nullable(),
    coupons: z.array(cartCoupon).min(1).max(10).optional(),
    isMember: z.literal(true).optional(),
    promotions: z.array(appliedPromotion).max(200).optional(),
  }),
  label: z.string().max(20),
  cashierId: z.string().min(1).max(64),
  /** What the cart cost where it was given away: whoever takes it must come to the same. */
  totalFen: fen,
});
export type HeldSale = z.infer<typeof heldSaleSchema>;

/** The oldest form that has room for all of it. */
export function heldFormOf({ lines, coupons, isMember, promotions }: HeldSale["cart"]): 1 | 2 | 3 {
  if (lines.some(({ isTypedPrice }) => isTypedPrice !== undefined)) return 3;
  const hasMore = [coupons, isMember, promotions].some((part) => part !== undefined);
  return hasMore || lines.some(({ override }) => override !== undefined) ? 2 : 1;
}

/** What a list shows of one. */
const shown = {
  giveId: id,
  saleId: id,
  /** Which form its body has. */
  form: z.int().min(1).max(1_000),
  label: words(20),
  cashierName: words(60),
  /** The till's clock, when it was put aside. */
  heldAtMs: ms,
  lineCount: z.int().min(1).max(10_000),
  totalFen: fen,
};

export const giveSchema = z.strictObject({ ...shown, body: z.string().min(2).max(mostHeldBytes) });
export type Give = z.infer<typeof giveSchema>;

/** `refused` is final too: this `giveId` will never lie here, whenever another copy of the request comes. */
export const givenSchema = z.discriminatedUnion("outcome", [
  z.strictObject({ outcome: z.literal("held") }),
  z.strictObject({ outcome: z.literal("taken") }),
  z.strictObject({
    outcome: z.literal("refused"),
    /** `here`: the same sale lies here, given away before. `sold`: a till of the shop has sold it. */
    why: z.enum(["full", "here", "sold", "unreadable"]),
  }),
]);
export type Given = z.infer<typeof givenSchema>;

export const heldRowSchema = z.strictObject({ ...shown, fromTerminal: terminalId, givenAtMs: ms });
export type HeldRow = z.infer<typeof heldRowSchema>;
export const heldListSchema = z.strictObject({ held: z.array(heldRowSchema).max(mostHeldSales) });
export type HeldList = z.infer<typeof heldListSchema>;

export const takeSchema = z.strictObject({ giveId: id, takeId: id });
export type Take = z.infer<typeof takeSchema>;

export const takenSchema = z.discriminatedUnion("outcome", [
  z.strictObject({
    outcome: z.literal("yours"),
    saleId: id,
    form: z.int().min(1).max(1_000),
    fromTerminal: terminalId,
    heldAtMs: ms,
    body: z.string().min(2).max(mostHeldBytes),
  }),
  z.strictObject({ outcome: z.literal("taken"), by: terminalId }),
  /** Nothing of this id ever lay here, or what lay here was taken so long ago that its lines are gone. */
  z.strictObject({ outcome: z.literal("gone") }),
]);
export type Taken = z.infer<typeof takenSchema>;
