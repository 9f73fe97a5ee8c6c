import { readFileSync } from "node:fs";

/** The files of docs/images/guide that a guide shows, in its order. */
export function picturesOf(guide: string): readonly string[] {
  return [...readFileSync(guide, "utf8").matchAll(/!\[[^\]]*\]\(images\/guide\/([^)]+)\)/g)].map(
    ([, file]) => file ?? "",
  );
}
