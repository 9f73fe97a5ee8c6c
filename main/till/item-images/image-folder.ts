import type { ImageFolderStanding } from "#contract/ipc/item-image-intents.ts";
import { ok } from "#core/result.ts";
import { journalNotes } from "#main/till/catalogue/noting-changes.ts";
import type { TillContext } from "#main/till/context.ts";
import { type Outcome, refuse } from "#main/till/outcome.ts";
import type { CatalogChange, CatalogDesk } from "#main/till/ports/catalog-desk.ts";
import type { ImageChange, ImageFolder } from "#main/till/ports/image-desk.ts";
import { imageReportTexts } from "./report-texts.ts";

/** Gives every item its image of the folder, in one change: all of them or none. An item that is gone by now gets none. */
export async function applyFolder(
  till: TillContext,
  { folder, desk, cashierId }: { readonly folder: ImageFolder; readonly desk: CatalogDesk; readonly cashierId: string },
): Promise<Outcome<ImageFolderStanding>> {
  const applied = await folder.apply((changes) => desk.change<never>(() => ok(changeOf(changes, cashierId))));
  if (!applied.ok) return refuse(applied.fault === "busy" ? "catalog-busy" : "no-image-folder");
  journalNotes(till);
  return ok(folder.standing());
}

function changeOf(images: readonly ImageChange[], cashierId: string): CatalogChange {
  const body = { how: "folder", cashierId, changed: images.length };
  return { images, notes: [{ kind: "item-images-changed", body }] };
}

/** Asks where to; every file that was of no use is a row that says why. */
export async function reportFolder(
  till: TillContext,
  folder: ImageFolder,
): Promise<Outcome<{ readonly rowCount: number } | null>> {
  const { askWhereToSave, saveTable } = till.deps;
  if (saveTable === undefined) return refuse("cannot-save-file");
  if (folder.faults().length === 0) return refuse("no-image-folder");
  const target = await askWhereToSave("image-report.csv");
  if (target === null) return ok(null);
  const text = imageReportTexts(till.state.locale);
  const rows = folder.faults().map(({ file, kind }) => [file, text(`file-fault.${kind}`)]);
  const isSaved = await saveTable(target, [[text("report.file"), text("report.what")], ...rows]);
  return isSaved ? ok({ rowCount: rows.length }) : refuse("cannot-save-file");
}
