import type { IntentArgs } from "#contract/ipc/intents.ts";
import type {
  CategoryView,
  DayView,
  FoundItemsView,
  ItemView,
  SaleDetailView,
  SaleRowView,
} from "#contract/ipc/manager-view.ts";
import type { RefundView } from "#contract/ipc/refund-view.ts";
import type { Item } from "#core/catalog/item.ts";
import { ok } from "#core/result.ts";
import { isLow, type StockLevel } from "#core/stock/stock-level.ts";
import type { TillContext } from "#main/till/context.ts";
import { done, refuse, type Outcome } from "#main/till/outcome.ts";
import { permissionFor } from "#main/till/permission.ts";
import { columnsOf, layOutSaleReceipt } from "#main/till/receipt/lay-out-receipt.ts";
import { today } from "#main/till/today.ts";
import { refundableView, refundView } from "#main/till/view/refund-view.ts";

export function searchItems(till: TillContext, args: IntentArgs<"search-items">): Outcome<FoundItemsView> {
  const { catalog } = till.deps;
  return ok({ items: itemViews(till, catalog.search(args.text, args.limit)), isWhole: catalog.isIndexed() });
}

export function listCategories(till: TillContext): Outcome<readonly CategoryView[]> {
  return ok(till.deps.catalog.categories());
}

/** A category's items, or the favourites where none is named. */
export function listItems(till: TillContext, args: IntentArgs<"list-items">): Outcome<readonly ItemView[]> {
  const { catalog } = till.deps;
  const items =
    args.categoryId === null
      ? catalog.favourites()
      : catalog.itemsOfCategory(args.categoryId, args.limit, args.afterSku);
  return ok(itemViews(till, items));
}

export function readDay(till: TillContext, args: IntentArgs<"day">): Outcome<DayView> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  const { deps, state } = till;
  const { shift } = state;
  return ok({
    ...deps.store.dayTotals(args.businessDate ?? today(till)),
    shift: shift === null ? null : { shiftId: shift.shiftId, totals: deps.store.shiftTotals(shift.shiftId) },
    journal: deps.store.journalStatus(),
  });
}

export function readDaySales(till: TillContext, args: IntentArgs<"day-sales">): Outcome<readonly SaleRowView[]> {
  const refusal = managersOnly(till);
  if (!refusal.ok) return refusal;
  return ok(till.deps.store.salesOfDay(args.businessDate ?? today(till), args.limit, args.before));
}

/** Any cashier may look at one sale: to reprint it, or to answer a customer. */
export function readSale(till: TillContext, args: IntentArgs<"sale-detail">): Outcome<SaleDetailView> {
  const found = till.deps.store.sale(args.saleId);
  if (found === null) return refuse("no-such-sale");
  const lines = layOutSaleReceipt(till, found.sale, found.journalHash, false);
  const refunds = till.deps.store.refundsOfSale(args.saleId);
  return ok({
    ...found,
    refunds: refunds.map(refundView),
    refundable: refundableView(found.sale, refunds, till.deps.clock.now()),
    takings: found.sale.tenders.flatMap((tender) => {
      const taking = tender.kind === "static-code" ? till.deps.store.staticTaking(tender.tenderId) : null;
      return taking === null ? [] : [taking];
    }),
    receipt: { columns: columnsOf(till), lines },
  });
}

/** More than anybody works off in a day; the next ones come up as these go. */
const mostUndelivered = 50;

/** Any cashier may see what is still on its way to a customer who asks, and what did not arrive. */
export function readOpenRefunds(till: TillContext): Outcome<readonly RefundView[]> {
  const { store } = till.deps;
  return ok([...store.unfinishedRefunds(), ...store.undeliveredRefunds(mostUndelivered)].map(refundView));
}

export function managersOnly(till: TillContext): Outcome {
  if (till.state.cashier === null) return refuse("not-signed-in");
  return permissionFor(till, { kind: "see-reports" }) === "yes" ? done : refuse("not-allowed");
}

function itemViews(till: TillContext, items: readonly Item[]): readonly ItemView[] {
  const levels = till.deps.store.stockLevels(items.map(({ sku }) => sku));
  return items.map((item, index) => itemView(item, levels[index], till.deps.catalog.imageOf(item.sku)));
}

function itemView(item: Item, level: StockLevel | undefined, image: string | null): ItemView {
  const plain = { ...plainItemView(item), ...(image === null ? {} : { image }) };
  if (level === undefined || level.levelMilli === null || !level.isStocked) return plain;
  return { ...plain, levelMilli: level.levelMilli, isLow: isLow(level) };
}

/** Without how much there is of it. */
export function plainItemView({ sku, nameZh, nameEn, categoryId, unit, priceFen, openPrice }: Item): ItemView {
  return { sku, nameZh, nameEn, categoryId, unit, priceFen, ...(openPrice && { openPrice }) };
}
