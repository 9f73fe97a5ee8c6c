import { type Fen, zeroFen } from "#core/money/fen.ts";
import type { LooseReturnExchange } from "./loose-return.ts";
import type { SaleReturn } from "./sale-return.ts";

/** What was given back beside the new goods, and which way: for goods without a receipt there is cash alone. Fen. */
export function backOfExchange(exchange: NonNullable<SaleReturn["exchange"]> | LooseReturnExchange): {
  readonly cashFen: Fen;
  readonly wechatFen: Fen;
} {
  const wechatFen = "backWechatFen" in exchange ? exchange.backWechatFen : zeroFen;
  return { cashFen: exchange.backCashFen, wechatFen };
}
