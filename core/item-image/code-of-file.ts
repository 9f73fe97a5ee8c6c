const picture = /^(.+)\.(?:png|jpe?g|webp)$/iu;
/** What systems leave in folders: hidden files, small previews, settings of a view. */
const leftBySystem = /^(?:\.|thumbs\.db$|desktop\.ini$)/i;

/** What a file of a folder of images is by its name. */
export type NamedFile =
  /** Of the system, and nobody's image. */
  | { readonly kind: "passed-over" }
  | { readonly kind: "not-a-picture" }
  /** `code`: the number or a barcode of an item. */
  | { readonly kind: "picture"; readonly code: string };

/** `6901234567892.jpg` is the image of the item with that number or barcode. Some systems take letters apart; they are put together. */
export function codeOfFile(fileName: string): NamedFile {
  if (leftBySystem.test(fileName)) return { kind: "passed-over" };
  const [, stem] = picture.exec(fileName) ?? [];
  const code = stem?.normalize("NFC").trim() ?? "";
  return code === "" ? { kind: "not-a-picture" } : { kind: "picture", code };
}
