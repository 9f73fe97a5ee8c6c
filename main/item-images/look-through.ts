import { opendir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { ImageFileFault, ImageFolderTrouble, ImageFolderView } from "#contract/ipc/item-image-intents.ts";
import { codeOfFile } from "#core/item-image/code-of-file.ts";
import { mostFolderFiles, mostImageFaultsShown } from "#core/item-image/image-limits.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { CatalogBrowser } from "#main/till/ports/catalog-desk.ts";
import type { ImageChange, ImageFault } from "#main/till/ports/image-desk.ts";
import type { ImageDeskParts } from "./create-image-desk.ts";
import { keepImage } from "./keep-image.ts";

/** Names looked up between two pauses: a millisecond. */
const namesAtOnce = 50;

export interface FolderFinding {
  readonly view: ImageFolderView;
  readonly changes: readonly ImageChange[];
  readonly faults: ImageFolderView["faults"];
}

export interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, files: number) => void;
}

/**
 * Looks at every file of a folder, one after the other, and keeps what an item can have. No item is changed, and folders in
 * it are not entered. Ends with the first image that cannot be kept: the rest would fare no better.
 */
export async function lookThrough(
  path: string,
  parts: Omit<ImageDeskParts, "chooseFile">,
  { signal, onProgress }: Watch,
): Promise<Result<FolderFinding, ImageFolderTrouble>> {
  const listed = await filesOf(path);
  if (!listed.ok) return listed;
  const files = listed.value;
  const finding = new Finding(parts.browser);
  onProgress(0, files.length);
  for (const [index, file] of files.entries()) {
    if (signal.aborted) return fail("cancelled");
    // Names that are nobody's cost no wait of their own.
    if (index % namesAtOnce === 0) await setImmediate();
    const sku = finding.itemOf(file);
    if (sku !== null) {
      const kept = await keepImage(join(path, file), parts);
      if (kept.ok) finding.give(sku, kept.value);
      else if (kept.fault === "images-full" || kept.fault === "image-unkept") return fail(kept.fault);
      else finding.refuse(file, fileFaults[kept.fault]);
    }
    onProgress(index + 1, files.length);
  }
  return signal.aborted ? fail("cancelled") : ok(finding.whole());
}

const fileFaults: Readonly<Record<Exclude<ImageFault, "images-full" | "image-unkept">, ImageFileFault>> = {
  "image-not-a-picture": "not-a-picture",
  "image-damaged": "damaged",
  "image-file-too-large": "file-too-large",
  "image-too-many-pixels": "too-many-pixels",
  "image-unreadable": "unreadable",
};

/** Names of the files that are not the system's own, in order. */
async function filesOf(path: string): Promise<Result<readonly string[], "unreadable-folder" | "too-many-files">> {
  const files: string[] = [];
  try {
    for await (const entry of await opendir(path)) {
      if (entry.isDirectory() || codeOfFile(entry.name).kind === "passed-over") continue;
      files.push(entry.name);
      if (files.length > mostFolderFiles) return fail("too-many-files");
    }
  } catch {
    return fail("unreadable-folder");
  }
  return ok(files.toSorted());
}

/** What was found so far. */
class Finding {
  readonly #browser: Pick<CatalogBrowser, "record" | "skuOfBarcode">;
  readonly #seen = new Set<string>();
  readonly #changes: ImageChange[] = [];
  readonly #faults: { readonly file: string; readonly kind: ImageFileFault }[] = [];
  readonly #count = { added: 0, replaced: 0, unchanged: 0 };

  constructor(browser: Pick<CatalogBrowser, "record" | "skuOfBarcode">) {
    this.#browser = browser;
  }

  /** Whose image it may be; null after it was refused. A number goes before a barcode. */
  itemOf(file: string): string | null {
    const named = codeOfFile(file);
    if (named.kind !== "picture") return this.refuse(file, "not-a-picture");
    const isNumber = this.#browser.record(named.code) !== null;
    const sku = isNumber ? named.code : this.#browser.skuOfBarcode(named.code);
    if (sku === null) return this.refuse(file, "no-such-item");
    return this.#seen.has(sku) ? this.refuse(file, "twice") : sku;
  }

  give(sku: string, image: string): void {
    this.#seen.add(sku);
    const before = this.#browser.record(sku)?.image ?? null;
    if (before !== image) this.#changes.push({ sku, image });
    this.#count[before === image ? "unchanged" : before === null ? "added" : "replaced"] += 1;
  }

  refuse(file: string, kind: ImageFileFault): null {
    this.#faults.push({ file, kind });
    return null;
  }

  whole(): FolderFinding {
    const faults = this.#faults;
    const { added, replaced, unchanged } = this.#count;
    const files = added + replaced + unchanged + faults.length;
    const shown = faults.slice(0, mostImageFaultsShown);
    const view = { files, added, replaced, unchanged, unusable: faults.length, faults: shown };
    return { view, changes: this.#changes, faults };
  }
}
