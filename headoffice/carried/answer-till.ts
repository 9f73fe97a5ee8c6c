import type { CarriedOrder as ToldOrder } from "#contract/wire/carried.ts";
import type { OfficeKey } from "../keys/office-key.ts";
import type { Sql } from "../store/sql.ts";
import type { TerminalPlace } from "../terminals/terminal.ts";
import { confirmationDigits } from "./confirmation.ts";
import { toldState } from "./order.ts";
import { findOrder } from "./orders.ts";

/** What head office knows of a till's own numbers, with its word of payment for those that are paid. */
export async function ordersOfTill(
  sql: Sql,
  key: OfficeKey,
  { storeCode, terminalId }: TerminalPlace,
  outTradeNos: readonly string[],
): Promise<readonly ToldOrder[]> {
  const told: ToldOrder[] = [];
  for (const outTradeNo of new Set(outTradeNos)) {
    const order = await findOrder(sql, storeCode, outTradeNo);
    if (order === null || order.terminalId !== terminalId) {
      told.push({ outTradeNo, state: "unknown", confirmation: null });
      continue;
    }
    const state = toldState(order);
    const isPaid = (state === "paid" || state === "sold") && order.nonce !== "";
    told.push({ outTradeNo, state, confirmation: isPaid ? confirmationDigits(key.privateKey, order) : null });
  }
  return told;
}
