import type {
  GrantRequest,
  RelayedGrants,
  ReturnGrantAnswer,
  ReturnGrantRequest,
} from "#contract/wire/refund-grant.ts";
import { judgeClaim, judgeGoods } from "#core/refund/shared-cap.ts";
import type { SoldSale } from "#core/refund/sold-sale.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { lockTill } from "../projections/refund-rows.ts";
import type { Sql, Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { readGenuineReceipt } from "./genuine-receipt.ts";
import { claimedGoods, isForGoods, keepGrantedGoods, soldGoods } from "./granted-goods.ts";
import { claimsOf, soldById } from "./sold-sales.ts";

export interface Granting {
  /** The till that will give the money back. */
  readonly by: TerminalPlace;
  readonly nowMs: number;
  /** True at a relay: head office is told of it. */
  readonly isRelay: boolean;
}

/**
 * Grants a refund, durably when this resolves, where it stays within the sale beside all that is claimed of it, and the goods
 * it is for within their lines. The same request again is the same answer.
 * @param rules how it is judged; a test hands in one that is broken
 * @returns fault where the id is another grant's, or one whose end was told: a till makes a new one for each try
 */
export async function grantRefund(
  sql: Pick<Sql, "transaction">,
  asked: AskedGrant,
  granting: Granting,
  rules = { judgeClaim, judgeGoods },
): Promise<Result<ReturnGrantAnswer, "grant-used">> {
  return sql.transaction(async (tx) => {
    const seller = { storeCode: granting.by.storeCode, terminalId: asked.sale.terminalId };
    // Held until the transaction ends: one look at this till's sales after another.
    if (!(await lockTill(tx, seller))) return ok({ kind: "not-found", why: "unknown-sale" });
    const before = await knownGrant(tx, asked, granting.by);
    if (before !== null) return before;
    const sold = await soldTo(tx, asked, seller);
    if (!sold.ok) return ok({ kind: "not-found", why: sold.fault });
    const { tenderId, amountFen } = asked;
    const claims = await claimsOf(tx, seller, asked.sale.saleId);
    const judged = rules.judgeClaim(sold.value.tenders, claims, { tenderId, amountFen });
    if (!judged.ok) return ok(judged.fault);
    const { goods, sale, grantId } = asked;
    if (goods !== undefined) {
      const lines = await soldGoods(tx, seller, sale.saleId);
      const claimed = await claimedGoods(tx, seller, sale.saleId, { by: granting.by, returnId: goods.returnId });
      // Paper alone names no lines: then the money is all that can be capped.
      const held = lines === null ? ok(null) : rules.judgeGoods(lines, claimed, goods.lines);
      if (!held.ok) return ok(held.fault);
      await keepGrantedGoods(tx, granting.by, { grantId, sale, goods });
    }
    await insertGrants(tx, granting.by.storeCode, [{ ...asked, ...granting.by, grantedMs: granting.nowMs }], granting);
    return ok({ kind: "granted" });
  });
}

/** Money that goes back, and the goods it is for where it is for any. */
export type AskedGrant = GrantRequest & Partial<Pick<ReturnGrantRequest, "goods">>;

/** The sale as it is here; else as its own receipt tells it. */
async function soldTo(
  tx: Tx,
  { sale, receipt }: GrantRequest,
  seller: TerminalPlace,
): Promise<Result<SoldSale, "unknown-sale" | "not-genuine" | "revoked-till">> {
  const stored = await soldById(tx, seller, sale.saleId);
  if (stored !== null) return ok(stored);
  if (receipt === null) return fail("unknown-sale");
  const read = await readGenuineReceipt(tx, seller.storeCode, receipt);
  if (!read.ok) return read;
  const isOfSale = read.value.saleId === sale.saleId && read.value.terminalId === sale.terminalId;
  return isOfSale ? read : fail("not-genuine");
}

async function knownGrant(
  tx: Tx,
  asked: AskedGrant,
  by: TerminalPlace,
): Promise<Result<ReturnGrantAnswer, "grant-used"> | null> {
  const row = await tx.first<{ facts: string }>(
    `SELECT terminal_id || ' ' || sale_terminal_id || ' ' || sale_id || ' ' || tender_id || ' '
       || CAST(amount_fen AS TEXT) AS facts FROM refund_grants WHERE store_code = ? AND grant_id = ?`,
    [by.storeCode, asked.grantId],
  );
  const end = await tx.first<{ grant_id: string }>(
    "SELECT grant_id FROM refund_grant_ends WHERE store_code = ? AND terminal_id = ? AND grant_id = ?",
    [by.storeCode, by.terminalId, asked.grantId],
  );
  if (end !== undefined) return fail("grant-used");
  if (row === undefined) return null;
  const { sale, tenderId, amountFen } = asked;
  const facts = [by.terminalId, sale.terminalId, sale.saleId, tenderId, String(amountFen)].join(" ");
  const isSame = row.facts === facts && (await isForGoods(tx, by, asked.grantId, asked.goods));
  return isSame ? ok({ kind: "granted" }) : fail("grant-used");
}

/**
 * Keeps what a relay granted while head office was out of reach: a fact, whatever it comes to. The same grant again changes
 * nothing; whether too much was given back is seen when the refunds come.
 */
export async function keepRelayedGrants(
  sql: Pick<Sql, "transaction">,
  storeCode: string,
  { grants }: RelayedGrants,
): Promise<void> {
  await sql.transaction((tx) => insertGrants(tx, storeCode, grants, { isRelay: true }));
}

async function insertGrants(
  tx: Tx,
  storeCode: string,
  grants: readonly (Pick<GrantRequest, "grantId" | "sale" | "tenderId" | "amountFen"> & {
    readonly terminalId: string;
    readonly grantedMs: number;
  })[],
  { isRelay }: Pick<Granting, "isRelay">,
): Promise<void> {
  await tx.insert(
    {
      table: "refund_grants",
      columns: [
        ...["store_code", "grant_id", "terminal_id", "sale_terminal_id", "sale_id", "tender_id", "amount_fen"],
        ...["granted_ms", "by_relay"],
      ],
      tail: "ON CONFLICT (store_code, grant_id) DO NOTHING",
    },
    grants.map(({ grantId, terminalId, sale, tenderId, amountFen, grantedMs }) => [
      ...[storeCode, grantId, terminalId, sale.terminalId, sale.saleId, tenderId, amountFen],
      ...[grantedMs, isRelay ? 1 : 0],
    ]),
  );
}
