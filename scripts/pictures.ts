import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { smallPng } from "./small-png.ts";

/**
 * Keeps a picture of a screen as a PNG of at most 256 colours: in docs/images where README.md or a page of docs shows it,
 * else in out/pictures, where it can be looked at and is no part of the project. `name` is its path below either, such as
 * `sync/office-offline.en.1280x800.png`. Answers its path below the root.
 */
export function keepPicture(root: string, name: string, png: Uint8Array): string {
  const path = join(isShown(shownPictures(root), name) ? join("docs", "images") : join("out", "pictures"), name);
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), smallPng(png));
  return path;
}

/** What README.md and the pages of docs show of docs/images: pictures, and folders that a page sends its reader to. */
export function shownPictures(root: string): ReadonlySet<string> {
  const docs = readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md"));
  const pages = ["README.md", ...docs.map((file) => join("docs", file))];
  return new Set(
    pages.flatMap((page) => {
      const links = readFileSync(join(root, page), "utf8").matchAll(/\]\((?:docs\/)?images\/([^)#]+?)\/?\)/g);
      return [...links].map(([, name = ""]) => name);
    }),
  );
}

/** Whether a picture is shown by itself or lies in a folder that is. */
export function isShown(shown: ReadonlySet<string>, name: string): boolean {
  return shown.has(name) || (name.includes("/") && isShown(shown, name.slice(0, name.lastIndexOf("/"))));
}
