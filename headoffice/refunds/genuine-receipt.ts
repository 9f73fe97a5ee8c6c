import type { NotFoundWhy } from "#contract/wire/refund-grant.ts";
import { readReceiptCode, receiptSigned } from "#core/receipt/receipt-code.ts";
import type { SoldSale } from "#core/refund/sold-sale.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { isSignedBy, publicKeyOf } from "../keys/ed25519.ts";
import type { Tx } from "../store/sql.ts";
import { keysOf } from "../terminals/keys-of.ts";
import { findTerminal } from "../terminals/terminal.ts";

/** What a receipt's QR says, where a till of this shop signed it that was not revoked since. */
export async function readGenuineReceipt(
  tx: Pick<Tx, "first" | "rows">,
  storeCode: string,
  text: string,
): Promise<Result<SoldSale, Exclude<NotFoundWhy, "unknown-sale">>> {
  const read = readReceiptCode(text);
  if (!read.ok || read.value.storeCode !== storeCode) return fail("not-genuine");
  const { sold, words, signature } = read.value;
  const till = await findTerminal(tx, { storeCode, terminalId: sold.terminalId });
  if (till?.role !== "till") return fail("not-genuine");
  const keys = new Set([till.publicKey, ...(await keysOf(tx, till))]);
  const isGenuine = [...keys].some((raw) => {
    const key = publicKeyOf(raw);
    return key !== null && isSignedBy(key, receiptSigned(words), signature, "base64url");
  });
  if (!isGenuine) return fail("not-genuine");
  return till.state === "revoked" ? fail("revoked-till") : ok(sold);
}
