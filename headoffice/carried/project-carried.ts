import type { ReviewNote } from "../projections/review.ts";
import type { Tx } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { advance, findOrder, holdOrMakeOrder, reckonSale } from "./orders.ts";

/** What a till's entry says of a carried attempt of its own. */
export interface CarriedWord {
  readonly word: "sold" | "abandoned";
  readonly outTradeNo: string;
  readonly amountFen: number;
  /** Base64url; null of a sale, whose body has none. */
  readonly nonce: string | null;
}

/**
 * Tells the order what became of its sale. The same word again, as when projections are built anew, changes nothing. A word
 * about another's number, or of another amount or nonce than the order's, moves no money: a person looks.
 */
export async function takeCarriedWord(
  tx: Tx,
  place: TerminalPlace,
  entry: { readonly epoch: string; readonly seq: number },
  { word, outTradeNo, amountFen, nonce }: CarriedWord,
  receivedMs: number,
): Promise<readonly ReviewNote[]> {
  const { epoch, seq } = entry;
  const other = (detail: string): readonly ReviewNote[] => [{ epoch, seq, reason: "carried-other-request", detail }];
  const facts = {
    ...place,
    outTradeNo,
    amountFen,
    linesFen: amountFen,
    lineCount: 0,
    nonce: nonce ?? "",
    secretId: "",
  };
  const order = await holdOrMakeOrder(tx, facts, receivedMs);
  if (order.terminalId !== place.terminalId) return other(`${outTradeNo} is of ${order.terminalId}`);
  const isOther = order.amountFen !== amountFen || (order.nonce !== "" && order.nonce !== nonce);
  if (word === "abandoned" && isOther) return other(`${outTradeNo}: ${amountFen} fen, not ${order.amountFen}`);
  const told = { epoch, seq, amountFen, atMs: receivedMs };
  await advance(tx, order, word, receivedMs, order.told === null ? { told } : {});
  const now = await findOrder(tx, place.storeCode, outTradeNo);
  if (now !== null && now.told?.epoch === epoch && now.told.seq === seq) await reckonSale(tx, now);
  // Given up and sold: whichever came second is the lie, or the fault.
  if (now !== null && now.till !== word) return other(`${outTradeNo}: ${word} after ${now.till}`);
  return [];
}

/** A proof that a till did not take, and why. */
export interface CarriedRefusal {
  readonly outTradeNo: string;
  readonly why: string;
}

/** Keeps it for the manager; built again from the journals with everything else. */
export async function keepCarriedRefusal(
  tx: Tx,
  { storeCode, terminalId }: TerminalPlace,
  { epoch, seq }: { readonly epoch: string; readonly seq: number },
  { outTradeNo, why }: CarriedRefusal,
  receivedMs: number,
): Promise<void> {
  await tx.run(
    `INSERT INTO carried_refusals (store_code, terminal_id, epoch, seq, out_trade_no, why, noticed_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (store_code, terminal_id, epoch, seq) DO NOTHING`,
    [storeCode, terminalId, epoch, seq, outTradeNo, why, receivedMs],
  );
}
