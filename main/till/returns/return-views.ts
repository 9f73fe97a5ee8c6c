import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { SaleRowView } from "#contract/ipc/manager-view.ts";
import type { ReturnableView, ReturnPlanView, ReturnView } from "#contract/ipc/return-view.ts";
import { milli } from "#core/quantity/quantity.ts";
import { remainingOfSale } from "#core/refund/refund-caps.ts";
import { remainingOfLine } from "#core/returns/returned-lines.ts";
import type { SaleReturn } from "#core/returns/sale-return.ts";
import { ok } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import { takesWechat } from "#main/till/payment-state.ts";
import { askElsewhere } from "./asking-elsewhere.ts";
import { judge } from "./judging.ts";
import { returnableSale } from "./returnable-sale.ts";

/** A list a cashier can look through while a customer waits. */
const mostFound = 50;

/** A sale somebody remembers something of, on a day they name; a day alone would list the shop's takings. */
export function searchSales(till: TillContext, args: IntentArgs<"search-sales">): Outcome<readonly SaleRowView[]> {
  const { day, totalFen, item, lastFour } = args;
  if (totalFen === null && item === "" && lastFour === "") return refuse("search-too-wide");
  return ok(till.deps.store.searchSales({ businessDate: day, totalFen, item, lastFour }, mostFound));
}

/** What may still come back of a sale, with what other tills took back as far as anybody answers. */
export async function readReturnable(
  till: TillContext,
  args: IntentArgs<"return-outlook">,
): Promise<Outcome<ReturnableView>> {
  const found = returnableSale(till, args.saleId);
  if (found === null) return refuse("no-such-sale");
  const toldBy = await askElsewhere(till, found.refundable);
  // Read again with what was told.
  const returnable = returnableSale(till, args.saleId) ?? found;
  const { sold, other, past } = returnable.refundable;
  const lines = returnable.lines.map((line) => {
    const { lineNumber, nameZh, nameEn, unit, quantity, paidFen } = line;
    const remaining = remainingOfLine(line, returnable.returned);
    return {
      lineNumber,
      nameZh,
      nameEn,
      unit,
      sold: quantity,
      returned: milli(quantity - remaining),
      remaining,
      paidFen,
    };
  });
  if (lines.length === 0) return refuse("return-goods-unknown");
  return ok({
    ...{ saleId: sold.saleId, saleNumber: sold.saleNumber, soldBy: other === null ? null : sold.terminalId },
    ...{ businessDate: sold.businessDate, totalFen: sold.totalFen, lines, toldBy },
    remainingFen: remainingOfSale(returnable.paid, past),
    earlier: till.deps.store.returnsOfSale(sold.saleId).map(returnView),
    isWechatSetUp: takesWechat(till.deps),
  });
}

export function readPlan(till: TillContext, args: IntentArgs<"plan-return">): Outcome<ReturnPlanView> {
  const lines = args.lines.map((line) => ({ ...line, condition: "back-to-stock" as const }));
  const judged = judge(till, { saleId: args.saleId, lines });
  return judged.ok ? ok(judged.value.plan) : judged;
}

export function returnView(given: SaleReturn): ReturnView {
  const { returnId, saleNumber, amountFen, at, cashierName, reason, refundNos, lines, exchange } = given;
  return {
    ...{ returnId, saleNumber, amountFen, at, cashierName, reason, refundNos },
    lines: lines.map(({ sku: _sku, ...line }) => line),
    exchangedFor: exchange?.saleNumber ?? null,
  };
}
