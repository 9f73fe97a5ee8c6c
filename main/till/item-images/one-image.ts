import type { CatalogItemView } from "#contract/ipc/catalog-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { itemView } from "#main/till/catalogue/catalog-view.ts";
import { journalNotes } from "#main/till/catalogue/noting-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { type Outcome, refuse } from "#main/till/outcome.ts";
import type { CatalogChange, CatalogDesk } from "#main/till/ports/catalog-desk.ts";
import type { ImageDesk } from "#main/till/ports/image-desk.ts";

interface Hands {
  readonly desk: CatalogDesk;
  readonly cashierId: string;
}

/** Asks for a file and makes it the item's image. Null where the question was closed: nothing has changed. */
export async function chooseImage(
  till: TillContext,
  { images, desk, cashierId }: Hands & { readonly images: ImageDesk },
  sku: string,
): Promise<Outcome<CatalogItemView | null>> {
  if (desk.browser.record(sku) === null) return refuse("no-such-item");
  const chosen = await images.choose(till.state.locale);
  if (!chosen.ok) return refuse(chosen.fault);
  return chosen.value === null ? ok(null) : setImage(till, { desk, cashierId }, sku, chosen.value);
}

/** The item has no image from here on; its file goes with the next sweep. */
export async function removeImage(till: TillContext, hands: Hands, sku: string): Promise<Outcome<CatalogItemView>> {
  return setImage(till, hands, sku, null);
}

async function setImage(
  till: TillContext,
  { desk, cashierId }: Hands,
  sku: string,
  image: string | null,
): Promise<Outcome<CatalogItemView>> {
  const changed = await desk.change((): Result<CatalogChange, IntentFault> => {
    const record = desk.browser.record(sku);
    if (record === null) return refuse("no-such-item");
    const before = record.image ?? null;
    if (before === image) return ok({ notes: [] });
    const how = image === null ? "removed" : "chosen";
    const body = { how, cashierId, changed: 1, sku, before, after: image };
    return ok({ images: [{ sku, image }], notes: [{ kind: "item-images-changed", body }] });
  });
  if (!changed.ok) return changed.fault === "busy" ? refuse("catalog-busy") : fail(changed.fault);
  journalNotes(till);
  const record = desk.browser.record(sku);
  return record === null ? refuse("no-such-item") : ok(itemView(record));
}
