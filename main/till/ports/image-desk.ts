import type { Locale } from "#contract/config/terminal.ts";
import type { ImageFileFault, ImageFolderStanding, ItemImageFault } from "#contract/ipc/item-image-intents.ts";
import type { Result } from "#core/result.ts";

export type ImageFault = Exclude<ItemImageFault, "no-image-folder">;

/** Which image which item gets; null for none. */
export interface ImageChange {
  readonly sku: string;
  readonly image: string | null;
}

/** Images of goods on their way in: what a file becomes is kept before an item names it. */
export interface ImageDesk {
  /** Asks for a file and keeps what it becomes; null when the question was closed. The name of what is kept. */
  choose(locale: Locale): Promise<Result<string | null, ImageFault>>;
  readonly folder: ImageFolder;
}

/** A folder of images: one at a time, looked at as a whole, and then taken in by one change or not at all. */
export interface ImageFolder {
  standing(): ImageFolderStanding;
  /** Asks for a folder; where one is chosen it is looked at from here on. The one before is forgotten. */
  choose(locale: Locale): Promise<void>;
  /** Has `commit` write what was looked at. `none` where nothing is ready; what `commit` refuses leaves it ready. */
  apply<F>(commit: (changes: readonly ImageChange[]) => Promise<Result<null, F>>): Promise<Result<null, F | "none">>;
  cancel(): void;
  discard(): void;
  /** Every file that was of no use, in the order of their names. */
  faults(): readonly { readonly file: string; readonly kind: ImageFileFault }[];
}
