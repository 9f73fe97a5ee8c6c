import type { CatalogDeskView } from "#contract/ipc/catalog-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { Category } from "#core/catalog/item.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { deskView } from "#main/till/catalogue/catalog-view.ts";
import { journalNotes } from "#main/till/catalogue/noting-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { type Outcome, refuse } from "#main/till/outcome.ts";
import type { CatalogChange, CatalogDesk, CatalogNote } from "#main/till/ports/catalog-desk.ts";

/** Writes all categories in the order they are given; each that is new, other or gone is journaled. */
export async function saveCategories(
  till: TillContext,
  desk: CatalogDesk,
  cashierId: string,
  categories: readonly Category[],
): Promise<Outcome<CatalogDeskView>> {
  const changed = await desk.change((): Result<CatalogChange, IntentFault> => {
    if (new Set(categories.map(({ id }) => id)).size < categories.length) return refuse("bad-arguments");
    const { browser } = desk;
    const before = browser.categories();
    const gone = before.filter(({ id }) => !categories.some((kept) => kept.id === id));
    for (const { id } of gone) {
      const itemCount = browser.itemsIn(id);
      if (itemCount > 0) return fail({ kind: "category-in-use", categoryId: id, itemCount });
    }
    return ok({ categories, notes: notesOf(before, categories, cashierId) });
  });
  if (!changed.ok) return changed.fault === "busy" ? refuse("catalog-busy") : fail(changed.fault);
  journalNotes(till);
  return ok(deskView(till, desk));
}

function notesOf(before: readonly Category[], after: readonly Category[], cashierId: string): readonly CatalogNote[] {
  const placed = (list: readonly Category[]) =>
    new Map(list.map((category, place) => [category.id, { ...category, place }]));
  const [was, is] = [placed(before), placed(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((categoryId) => {
    const [one, other] = [was.get(categoryId) ?? null, is.get(categoryId) ?? null];
    if (JSON.stringify(one) === JSON.stringify(other)) return [];
    return { kind: "category-changed" as const, body: { categoryId, cashierId, before: one, after: other } };
  });
}
