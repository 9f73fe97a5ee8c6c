import type { SharedClaim, SoldLine } from "#contract/wire/refund-grant.ts";
import type { RefundCheck } from "#core/refund/sale-refund.ts";
import type { SoldSale } from "#core/refund/sold-sale.ts";

/** Another till's sale as it was last told here, by somebody who can know. */
export interface OtherSale {
  readonly sold: SoldSale;
  /** Empty where only the paper tells of it. */
  readonly lines: readonly SoldLine[];
  /** What is given back of it, by whatever till. */
  readonly claims: readonly SharedClaim[];
  readonly toldBy: "office" | "relay" | "receipt";
  /** The receipt's QR, where it was shown and is genuine: by it alone money may go back while nobody can be asked. */
  readonly receipt: string | null;
}

/** Sales of other tills, and grants that were asked for. Changes are fsynced when they return. */
export interface OtherSalesStore {
  /** What is told later of the same sale takes the place of what was told before; a receipt that was shown stays. */
  keepOtherSale(sale: OtherSale): void;
  otherSale(saleId: string): OtherSale | null;
  /** Before the question leaves: whatever becomes of this process, its end is told. */
  beginGrant(grantId: string): void;
  /** It was not given: there is nothing to end. */
  dropGrant(grantId: string): void;
  /** No refund is made under it; the journal tells everybody. Nothing where it has its end. */
  returnGrant(grantId: string): void;
  /** Asked for and without an end. */
  openGrants(): readonly string[];
  /** Under which word a refused refund is sent again; the grant has its end with the entry that says so. */
  noteCheck(refundNo: string, check: RefundCheck): void;
}
