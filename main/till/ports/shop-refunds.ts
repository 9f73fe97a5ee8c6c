import type { GrantRequest, LookupAnswer, ReturnGrantAnswer, ReturnGrantRequest } from "#contract/wire/refund-grant.ts";
import type { SoldSale } from "#core/refund/sold-sale.ts";
import type { Result } from "#core/result.ts";

/**
 * Who answered: head office, or the shop's relay. Null where neither did; `refused` where this till is not one they answer,
 * such as one that was taken out of use.
 */
export type Told<T> = { readonly place: "office" | "relay"; readonly answer: T } | "refused" | null;

/** `unknown-till`: signed by a key that head office has not told of, perhaps because the till is new. */
export type ReceiptFault = "not-genuine" | "other-shop" | "unknown-till" | "revoked-till";

/** Money that goes back, and the goods that come back for it. */
export type AskedGrant = GrantRequest & Partial<Pick<ReturnGrantRequest, "goods">>;

/** Refunds as the tills of a shop share them. Nothing rejects. */
export interface ShopRefunds {
  /** False where this till is not enrolled: then it gives back its own sales as it always did. */
  isOpen(): boolean;
  lookUp(saleNumber: string, receipt: string | null): Promise<Told<LookupAnswer>>;
  /** With `goods` their quantities are capped too, wherever whoever answers can; else the money alone is. */
  grant(asked: AskedGrant): Promise<Told<ReturnGrantAnswer>>;
  /** The QR of a sale's receipt, signed; null where this till is not enrolled. */
  receiptCode(sold: SoldSale): string | null;
  /** What a receipt's QR says, by the keys that head office has told of. Nobody is asked. */
  readReceipt(text: string): Result<SoldSale, ReceiptFault>;
}
