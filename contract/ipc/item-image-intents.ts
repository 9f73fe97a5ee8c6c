import { z } from "zod";
import type { CatalogItemView } from "#contract/ipc/catalog-intents.ts";

const none = z.strictObject({});
const sku = z.string().trim().min(1).max(64);

/** Images of goods, a manager's to see to. Main asks for files and folders; the window never knows where they lie. */
export const itemImageSchemas = {
  "choose-item-image": z.strictObject({ sku }),
  "remove-item-image": z.strictObject({ sku }),

  /** A folder whose files are named by number or barcode: read first, taken in by a word of its own. */
  "image-folder-choose": none,
  "image-folder-standing": none,
  "image-folder-apply": none,
  "image-folder-cancel": none,
  "image-folder-discard": none,
  /** Asks where to, and writes there every file that was of no use. */
  "image-folder-report": none,
} as const;

/** Why a file of a folder is nobody's image. */
export type ImageFileFault =
  | "no-such-item"
  /** Its item has one of this folder already. */
  | "twice"
  | "not-a-picture"
  | "damaged"
  | "file-too-large"
  | "too-many-pixels"
  | "unreadable";

/** What a folder has, and what taking it in does or did. */
export interface ImageFolderView {
  /** Files that were looked at. */
  readonly files: number;
  /** Items that get their first image, and those that get another. */
  readonly added: number;
  readonly replaced: number;
  readonly unchanged: number;
  /** Of no use; the first of them are told. */
  readonly unusable: number;
  readonly faults: readonly { readonly file: string; readonly kind: ImageFileFault }[];
}

export type ImageFolderTrouble =
  | "cancelled"
  | "unreadable-folder"
  | "too-many-files"
  /** All images together have no more room; or the disk has none. */
  | "images-full"
  | "image-unkept"
  | "failed";

/** Where a folder stands. The name is the folder's own, without where it lies. */
export type ImageFolderStanding =
  | { readonly kind: "none" }
  | { readonly kind: "looking"; readonly folder: string; readonly done: number; readonly files: number }
  | { readonly kind: "ready" | "applying" | "applied"; readonly folder: string; readonly view: ImageFolderView }
  | { readonly kind: "failed"; readonly folder: string; readonly why: ImageFolderTrouble };

export interface ItemImageAnswers {
  /** Null: the question for a file was closed. */
  "choose-item-image": CatalogItemView | null;
  "remove-item-image": CatalogItemView;
  "image-folder-choose": ImageFolderStanding;
  "image-folder-standing": ImageFolderStanding;
  "image-folder-apply": ImageFolderStanding;
  "image-folder-cancel": ImageFolderStanding;
  "image-folder-discard": ImageFolderStanding;
  /** Null: the question where to was closed. */
  "image-folder-report": { readonly rowCount: number } | null;
}

export type ItemImageFault =
  | "image-not-a-picture"
  | "image-damaged"
  | "image-file-too-large"
  | "image-too-many-pixels"
  | "image-unreadable"
  /** The disk did not take what it became; or all images together have no more room. */
  | "image-unkept"
  | "images-full"
  /** No folder has been looked at. */
  | "no-image-folder";
