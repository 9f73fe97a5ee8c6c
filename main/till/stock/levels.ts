import type { IntentArgs } from "#contract/ipc/intents.ts";
import type { StockMoveView, StockPageView, StockRowView } from "#contract/ipc/stock-intents.ts";
import type { Item } from "#core/catalog/item.ts";
import { ok } from "#core/result.ts";
import { localIso } from "#core/sale/business-date.ts";
import { approve, approveByPin } from "#main/till/approval.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, type Outcome, refuse } from "#main/till/outcome.ts";
import { today } from "#main/till/today.ts";
import { mayBegin, maySee, maySet } from "./stock-rights.ts";
import { namedItem, stockRow, stockRows } from "./stock-views.ts";

/** Low ones are read at once: a shop sets reorder points for what it watches. */
export const mostLow = 1_000;

export function readStockPage(till: TillContext, args: IntentArgs<"stock-page">): Outcome<StockPageView> {
  const seen = maySee(till);
  if (!seen.ok) return seen;
  const { store, catalog } = till.deps;
  const low = store.lowStock(mostLow);
  const rows =
    args.show === "low"
      ? low
          .filter(({ sku }) => sku > (args.afterSku ?? ""))
          .slice(0, args.limit)
          .map((level) => stockRow(namedItem(till, level.sku), level))
      : stockRows(till, itemsOf(till, args));
  return ok({
    rows,
    lowCount: low.length,
    policy: store.stockPolicy(),
    wrong: store.stockDisagreements(),
    canSet: maySet(till).ok,
    categories: catalog.categories().map(({ id, nameZh, nameEn }) => ({ id, nameZh, nameEn })),
  });
}

/** A text is looked for, else a category is turned over by pages; without either what a cashier sees first. */
function itemsOf(till: TillContext, args: IntentArgs<"stock-page">): readonly Item[] {
  const { catalog } = till.deps;
  const { text, categoryId, afterSku, limit } = args;
  if (text.trim() !== "")
    return catalog.search(text, limit).filter((item) => categoryId === null || item.categoryId === categoryId);
  const browser = till.deps.goods?.desk.browser;
  if (categoryId === null && browser !== undefined) return browser.page(null, afterSku, limit);
  const category = categoryId ?? catalog.categories()[0]?.id;
  return category === undefined ? [] : catalog.itemsOfCategory(category, limit, afterSku);
}

export function readStockItem(till: TillContext, { sku }: IntentArgs<"stock-item">): Outcome<StockRowView> {
  const seen = maySee(till);
  return seen.ok ? ok(rowOf(till, sku)) : seen;
}

export function readStockMoves(
  till: TillContext,
  { sku, before, limit }: IntentArgs<"stock-moves">,
): Outcome<readonly StockMoveView[]> {
  const seen = maySee(till);
  return seen.ok ? ok(till.deps.store.stockMoves(sku, before, limit)) : seen;
}

export function setStockItem(till: TillContext, args: IntentArgs<"set-stock-item">): Outcome<StockRowView> {
  const allowed = maySet(till);
  if (!allowed.ok) return allowed;
  const { store, catalog } = till.deps;
  if (catalog.findBySku(args.sku) === null) return refuse("no-such-item");
  const { sku, isStocked, reorderMilli } = args;
  const { isStocked: was, reorderMilli: wasLowAt } = rowOf(till, sku);
  const before = { isStocked: was, reorderMilli: wasLowAt };
  const body = { sku, before, after: { isStocked, reorderMilli }, cashierId: allowed.value.id };
  store.setStockItem({ sku, isStocked, reorderMilli }, { kind: "stock-item-set", body });
  till.changed("status");
  return ok(rowOf(till, sku));
}

/** So much there is, by somebody's word and for a reason; the same press twice corrects once. */
export async function correctStock(
  till: TillContext,
  args: IntentArgs<"correct-stock">,
): Promise<Outcome<StockRowView>> {
  const begun = mayBegin(till, "correct-stock");
  if (!begun.ok) return begun;
  const approval = await approve(till, { kind: "correct-stock" }, args.approvalPin);
  if (!approval.ok) return approval;
  const { deps, state } = till;
  if (state.cashier === null) return refuse("not-signed-in");
  const { correctionId, sku, levelMilli, reason } = args;
  const row = rowOf(till, sku);
  if (!row.isStocked) return refuse("item-not-stocked");
  const { nameZh, nameEn, unit } = row;
  const by = { cashierId: state.cashier.id, cashierName: state.cashier.name, approvedBy: approval.value };
  const at = localIso(deps.clock.now(), deps.config.store.utcOffsetMinutes);
  deps.store.correctStock(correctionId, sku, ({ sumMilli, isKnown }) => ({
    ...{ correctionId, sku, nameZh, nameEn, unit, bookMilli: isKnown ? sumMilli : null, levelMilli },
    ...{ differenceMilli: levelMilli - sumMilli, reason, at, businessDate: today(till), ...by },
  }));
  till.changed("status");
  return ok(rowOf(till, sku));
}

/** A manager's PIN, whoever is signed in: it decides what a cashier is stopped by. */
export async function saveStockPolicy(
  till: TillContext,
  { policy, approvalPin }: IntentArgs<"save-stock-policy">,
): Promise<Outcome> {
  const allowed = maySet(till);
  if (!allowed.ok) return allowed;
  if (approvalPin === undefined) return refuse("approval-needed");
  const manager = await approveByPin(till, approvalPin);
  if (!manager.ok) return manager;
  const { store } = till.deps;
  const body = { before: store.stockPolicy(), after: policy, by: manager.value.id };
  store.setStockPolicy(policy, { kind: "stock-policy-set", body });
  till.changed("status");
  return done;
}

function rowOf(till: TillContext, sku: string): StockRowView {
  const [row] = stockRows(till, [namedItem(till, sku)]);
  return row ?? stockRow(namedItem(till, sku), { sku, levelMilli: null, isStocked: true, reorderMilli: null });
}
