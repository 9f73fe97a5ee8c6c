import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { milli } from "#core/quantity/quantity.ts";
import { planReturn, type ReturnPlan } from "#core/returns/return-plan.ts";
import { judgeReturn, type ReturnedPart } from "#core/returns/returned-lines.ts";
import type { GoodsCondition, ReturnedLine } from "#core/returns/sale-return.ts";
import { assert, fail, ok, type Result } from "#core/result.ts";
import { zeroFen } from "#core/money/fen.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse } from "#main/till/outcome.ts";
import { asIntentFault } from "./return-faults.ts";
import { type NamedLine, type Returnable, returnableSale } from "./returnable-sale.ts";

export type ChosenLine = ReturnedPart & { readonly condition: GoodsCondition };

/** A return that may be given now. */
export interface JudgedReturn {
  readonly returnable: Returnable;
  readonly lines: readonly ReturnedLine[];
  readonly plan: ReturnPlan;
}

/**
 * Whether so much may come back, and what it gives back which way. Asked for the screen, before a manager is called, and
 * again with their word.
 */
export function judge(
  till: TillContext,
  asked: { readonly saleId: string; readonly lines: readonly ChosenLine[] },
): Result<JudgedReturn, IntentFault> {
  const { deps, state } = till;
  if (state.shift === null) return refuse("no-shift");
  const returnable = returnableSale(till, asked.saleId);
  if (returnable === null) return refuse("no-such-sale");
  const { lines, returned, paid, refundable } = returnable;
  if (lines.length === 0) return refuse("return-goods-unknown");
  const judged = judgeReturn(asked.lines, lines, returned);
  if (!judged.ok) return fail(asIntentFault(judged.fault));
  const { worthFen, worths } = judged.value;
  const plan = planReturn(worthFen, paid, refundable.past, deps.clock.now());
  if (!plan.ok) return fail(asIntentFault(plan.fault));
  if (plan.value.parts.some(({ inCash }) => !inCash) && deps.refunds === null) return refuse("wechat-not-set-up");
  const named = asked.lines.map((chosen, index) => returnedLine(lines, chosen, worths[index] ?? zeroFen));
  return ok({ returnable, lines: named, plan: plan.value });
}

function returnedLine(
  lines: readonly NamedLine[],
  { lineNumber, quantity, condition }: ChosenLine,
  worthFen: ReturnedLine["worthFen"],
): ReturnedLine {
  const line = lines.find((one) => one.lineNumber === lineNumber);
  assert(line !== undefined, "a line that was judged is there");
  const { sku, nameZh, nameEn, unit } = line;
  return { lineNumber, sku, nameZh, nameEn, unit, quantity: milli(quantity), worthFen, condition };
}
