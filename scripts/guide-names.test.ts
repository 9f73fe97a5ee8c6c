import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "./electron-runtime.ts";
import { picturesOf } from "./guide-names.ts";

const docs = join(projectRoot, "docs");
const guides = { en: join(docs, "GUIDE.md"), "zh-CN": join(docs, "GUIDE.zh-CN.md") };
/** All pictures of both guides. Bytes. */
const mostBytes = 6_000_000;

interface Heading {
  readonly level: number;
  readonly anchor: string;
}

/** The headings of a guide, each with the anchor above it. */
function headingsOf(guide: string): readonly Heading[] {
  const found = readFileSync(guide, "utf8").matchAll(/(?:<a id="([a-z-]+)"><\/a>\n\n)?^(#+) /gm);
  return [...found].map(([, anchor = "", marks = ""]) => ({ level: marks.length, anchor }));
}

describe("The guides", () => {
  it("have the same chapters in the same order in both languages", () => {
    expect(headingsOf(guides["zh-CN"])).toEqual(headingsOf(guides.en));
    expect(
      headingsOf(guides.en)
        .slice(1)
        .every(({ anchor }) => anchor !== ""),
    ).toBe(true);
  });

  it("show the same pictures, each in the guide's own language", () => {
    const named = (locale: keyof typeof guides): readonly string[] =>
      picturesOf(guides[locale]).map((file) => {
        expect(file.endsWith(`.${locale}.png`)).toBe(true);
        return file.slice(0, -`.${locale}.png`.length);
      });
    expect(named("zh-CN")).toEqual(named("en"));
    expect(new Set(named("en")).size).toBe(named("en").length);
  });

  it("name no picture and no page that is not there, and leave no picture unshown", () => {
    const shown: string[] = [];
    for (const guide of Object.values(guides)) {
      for (const [, target = ""] of readFileSync(guide, "utf8").matchAll(/\]\(([^)#]+)\)/g)) {
        expect(statSync(join(dirname(guide), target)).isFile()).toBe(true);
        shown.push(target);
      }
    }
    const kept = readdirSync(join(docs, "images", "guide")).map((file) => `images/guide/${file}`);
    expect(kept.filter((file) => !shown.includes(file))).toEqual([]);
  });

  it("are small enough to be kept with the project", () => {
    const folder = join(docs, "images", "guide");
    const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    expect(bytes).toBeLessThan(mostBytes);
  });
});
