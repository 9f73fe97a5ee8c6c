import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterAll, describe, expect, it } from "vitest";
import { projectRoot } from "./electron-runtime.ts";
import { isShown, keepPicture, shownPictures } from "./pictures.ts";

const root = mkdtempSync(join(tmpdir(), "tillway-pictures-"));
afterAll(() => rmSync(root, { recursive: true }));
mkdirSync(join(root, "docs"));
writeFileSync(join(root, "README.md"), "![sale](docs/images/sale.en.png), all of [them](docs/images/payments/)\n");
writeFileSync(join(root, "docs", "DEVICES.md"), "![pairing](images/devices/pairing.en.png) [guide](GUIDE.md)\n");
const dot = PNG.sync.write(new PNG({ width: 1, height: 1 }));

describe("A picture of a screen", () => {
  it("stays with the project where a page shows it or sends its reader to its folder", () => {
    for (const name of ["sale.en.png", "devices/pairing.en.png", "payments/paid.en.png"])
      expect(keepPicture(root, name, dot)).toBe(join("docs", "images", name));
    expect(PNG.sync.read(readFileSync(join(root, "docs/images/devices/pairing.en.png")))).toMatchObject({ width: 1 });
  });

  it("is for looking at alone where none does", () => {
    for (const name of ["sale.zh-CN.png", "devices/devices.en.png", "GUIDE.md"])
      expect(keepPicture(root, name, dot)).toBe(join("out", "pictures", name));
    expect(existsSync(join(root, "docs/images/sale.zh-CN.png"))).toBe(false);
  });

  it("is there wherever a page of the project shows one", () => {
    const shown = shownPictures(projectRoot);
    expect(shown.size).toBeGreaterThan(50);
    expect([...shown].filter((name) => !existsSync(join(projectRoot, "docs/images", name)))).toEqual([]);
    expect(isShown(shown, "guide/sale.en.png")).toBe(true);
  });
});
