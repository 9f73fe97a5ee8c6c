const prefix = "/item-image/";
/** The SHA-256 of the kept bytes: whoever has the name can tell whether the file is whole. */
const name = /^[0-9a-f]{64}$/;

/** Whether a text is an image's name and nothing else: it becomes part of a path. */
export function isImageName(text: string): boolean {
  return name.test(text);
}

/** Where the till's pages find an image: a path of `app://tillway`. */
export function imagePath(imageName: string): string {
  return prefix + imageName;
}

/** The name in such a path; null for every other path, whatever it is made of. */
export function imageNameOfPath(pathname: string): string | null {
  if (!pathname.startsWith(prefix)) return null;
  const rest = pathname.slice(prefix.length);
  return isImageName(rest) ? rest : null;
}

/** As its file is called, on the disk and in exported lists. */
export function imageFileName(imageName: string): string {
  return `${imageName}.webp`;
}
