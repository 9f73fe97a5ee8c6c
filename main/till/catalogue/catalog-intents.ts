import type { CatalogDeskView, CatalogItemView, ImportStanding } from "#contract/ipc/catalog-intents.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { may } from "#core/access/permissions.ts";
import { ok } from "#core/result.ts";
import { removeItem, saveItem } from "#main/till/catalogue/editing-items.ts";
import { saveCategories } from "#main/till/catalogue/editing-categories.ts";
import { deskView, isFed, itemView } from "#main/till/catalogue/catalog-view.ts";
import type { TillContext, TillDeps } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";

export type Goods = NonNullable<TillDeps["goods"]>;

/** Whoever may manage the catalogue, and a till that has one to manage. */
export function asManager<T, R extends Outcome<T> | Promise<Outcome<T>>>(
  till: TillContext,
  work: (goods: Goods, cashierId: string) => R,
): R | ReturnType<typeof refuse> {
  const { cashier } = till.state;
  if (cashier === null) return refuse("not-signed-in");
  if (may(cashier.role, { kind: "manage-catalog" }) !== "yes") return refuse("not-allowed");
  const goods = till.deps.goods ?? null;
  return goods === null ? refuse("not-allowed") : work(goods, cashier.id);
}

/** The same where the goods are kept here, and not at head office. */
function asKeeper<T, R extends Outcome<T> | Promise<Outcome<T>>>(
  till: TillContext,
  work: (goods: Goods, cashierId: string) => R,
): R | ReturnType<typeof refuse> {
  return asManager<T, R | ReturnType<typeof refuse>>(till, (goods, cashierId) =>
    isFed(till) ? refuse("catalog-is-fed") : work(goods, cashierId),
  );
}

type Item = Outcome<CatalogItemView>;
type Standing = Outcome<ImportStanding>;
type Written = Outcome<{ readonly rowCount: number } | null>;

const listAsk = (till: TillContext) => ({ columns: null, newCategories: "make", locale: till.state.locale }) as const;
const standing = ({ lists }: Goods): Standing => ok(lists.standing());

/** Goods seen to at the till: editing, lists in and out. All are a manager's. */
export const catalogIntents = {
  "catalog-desk": {
    needs: "signed-in",
    run: (till: TillContext) => asManager(till, (goods): Outcome<CatalogDeskView> => ok(deskView(till, goods.desk))),
  },
  "catalog-page": {
    needs: "signed-in",
    run: (till: TillContext, args: IntentArgs<"catalog-page">) =>
      asManager(till, ({ desk }): Outcome<readonly CatalogItemView[]> => {
        const { text, categoryId, afterSku, limit } = args;
        const found =
          text.trim() === ""
            ? desk.browser.page(categoryId, afterSku, limit)
            : till.deps.catalog
                .search(text, limit)
                .filter((item) => categoryId === null || item.categoryId === categoryId);
        return ok(found.flatMap(({ sku }) => itemView(desk.browser.record(sku)) ?? []));
      }),
  },
  "catalog-item": {
    needs: "signed-in",
    run: (till: TillContext, { sku }: IntentArgs<"catalog-item">) =>
      asManager(till, ({ desk }): Item => {
        const view = itemView(desk.browser.record(sku));
        return view === null ? refuse("no-such-item") : ok(view);
      }),
  },
  "save-item": {
    needs: "signed-in",
    run: (till: TillContext, args: IntentArgs<"save-item">) =>
      asKeeper(till, (goods, cashierId): Promise<Item> => saveItem(till, goods.desk, cashierId, args)),
  },
  "remove-item": {
    needs: "signed-in",
    run: (till: TillContext, { sku }: IntentArgs<"remove-item">) =>
      asKeeper(till, (goods, cashierId): Promise<Outcome> => removeItem(till, goods.desk, cashierId, sku)),
  },
  "save-categories": {
    needs: "signed-in",
    run: (till: TillContext, { categories }: IntentArgs<"save-categories">) =>
      asKeeper(till, (goods, cashierId): Promise<Outcome<CatalogDeskView>> =>
        saveCategories(till, goods.desk, cashierId, categories),
      ),
  },

  "import-choose": {
    needs: "signed-in",
    run: (till: TillContext) =>
      asKeeper(till, async (goods): Promise<Standing> => {
        await goods.lists.choose(listAsk(till));
        return standing(goods);
      }),
  },
  "import-standing": { needs: "signed-in", run: (till: TillContext) => asManager(till, standing) },
  "import-check": {
    needs: "signed-in",
    run: (till: TillContext, args: IntentArgs<"import-check">) =>
      asKeeper(till, (goods): Standing =>
        goods.lists.check({ ...args, locale: till.state.locale }) ? standing(goods) : refuse("no-import"),
      ),
  },
  "import-apply": {
    needs: "signed-in",
    run: (till: TillContext, { mode }: IntentArgs<"import-apply">) =>
      asKeeper(till, (goods, cashierId): Standing =>
        goods.lists.apply(mode, till.state.locale, cashierId) ? standing(goods) : refuse("no-import"),
      ),
  },
  "import-cancel": {
    needs: "signed-in",
    run: (till: TillContext) =>
      asManager(till, (goods): Standing => {
        goods.lists.cancel();
        return standing(goods);
      }),
  },
  "import-discard": {
    needs: "signed-in",
    run: (till: TillContext) =>
      asManager(till, (goods): Standing => {
        goods.lists.discard();
        return standing(goods);
      }),
  },
  "import-report": {
    needs: "signed-in",
    run: (till: TillContext) =>
      asManager(till, async ({ lists }): Promise<Written> => {
        const target = await till.deps.askWhereToSave("import-report.csv");
        if (target === null) return ok(null);
        const written = await lists.writeReport(target, till.state.locale);
        if (written.ok) return ok({ rowCount: written.value });
        return refuse(written.fault === "no-import" ? "no-import" : "cannot-save-file");
      }),
  },
  "export-items": {
    needs: "signed-in",
    run: (till: TillContext, { format }: IntentArgs<"export-items">) =>
      asManager(till, async ({ lists }): Promise<Written> => {
        const target = await till.deps.askWhereToSave(`goods.${format}`);
        if (target === null) return ok(null);
        const written = await lists.exportTo(target, format, till.state.locale);
        if (written.ok) return ok({ rowCount: written.value });
        return refuse(written.fault === "too-many-items" ? "too-many-for-xlsx" : "cannot-save-file");
      }),
  },
} as const;
