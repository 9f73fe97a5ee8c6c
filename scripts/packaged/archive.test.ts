import { mkdirSync, mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createPackageWithOptions } from "@electron/asar";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bytesOf, changeOneByte, damagedFiles, filesOf } from "./archive.ts";

let folder: string;
let archive: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "tillway-archive-"));
  archive = join(folder, "app.asar");
  const files = { "out/main/app.js": "sell();\n", "out/main/parts/a.js": "a", "native/one.node": "native", empty: "" };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, "app", path)), { recursive: true });
    writeFileSync(join(folder, "app", path), text);
  }
  await createPackageWithOptions(join(folder, "app"), archive, { unpack: "*.node" });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("An archive", () => {
  test("names every file with its size, in it or beside it, and gives its bytes", () => {
    const files = filesOf(archive);
    expect(Object.fromEntries(files.map(({ path, bytes, isUnpacked }) => [path, [bytes, isUnpacked]]))).toEqual({
      "out/main/app.js": [8, false],
      "out/main/parts/a.js": [1, false],
      "native/one.node": [6, true],
      empty: [0, false],
    });
    const texts = files.map((file) => [file.path, bytesOf(archive, file).toString()]);
    expect(Object.fromEntries(texts)).toMatchObject({ "out/main/app.js": "sell();\n", "native/one.node": "native" });
  });

  test("is whole as it was made", () => {
    expect(damagedFiles(archive)).toEqual([]);
  });

  test("is damaged by one changed byte, and the file is named", () => {
    changeOneByte(archive, "out/main/app.js");
    expect(damagedFiles(archive)).toEqual(["out/main/app.js"]);
  });

  test("is damaged where a native module beside it is another, is longer or is gone", () => {
    const beside = join(`${archive}.unpacked`, "native/one.node");
    for (const text of ["Native", "native and more"]) {
      writeFileSync(beside, text);
      expect([text, damagedFiles(archive)]).toEqual([text, ["native/one.node"]]);
    }
    rmSync(beside);
    expect(damagedFiles(archive)).toEqual(["native/one.node"]);
  });

  test("is damaged where it is cut off", () => {
    truncateSync(archive, statSync(archive).size - 1);
    expect(damagedFiles(archive)).toHaveLength(1);
  });

  test("changes no file that is not in it", () => {
    expect(() => changeOneByte(archive, "out/main/other.js")).toThrow("is not in");
    expect(() => changeOneByte(archive, "native/one.node")).toThrow("is not in");
  });
});
