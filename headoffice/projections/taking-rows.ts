import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import type { ReviewNote } from "./review.ts";

/** What a till says became of a payment to the shop's printed code. */
export interface TakingEnd {
  readonly saleId: string;
  readonly tenderId: string;
  readonly state: "matched" | "never-received";
  /** Null unless it was found. */
  readonly transactionId: string | null;
}

/** After the rows of its sale. The first word stands; one about a taking that is not here, or has ended, is flagged. */
export async function endTaking(
  tx: Tx,
  { storeCode, terminalId }: TerminalPlace,
  { epoch, seq }: Pick<WireEntry, "epoch" | "seq">,
  { saleId, tenderId, state, transactionId }: TakingEnd,
): Promise<readonly ReviewNote[]> {
  const count = await tx.run(
    `UPDATE tenders SET taking = ?, transaction_id = ? WHERE store_code = ? AND terminal_id = ? AND sale_id = ?
     AND tender_id = ? AND taking = 'open'`,
    [state, transactionId, storeCode, terminalId, saleId, tenderId],
  );
  return count === 1 ? [] : [{ epoch, seq, reason: "taking-unknown", detail: tenderId }];
}
