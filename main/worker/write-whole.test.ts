import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeWhole } from "./write-whole.ts";

let folder: string;
let target: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-whole-"));
  target = join(folder, "goods.csv");
  writeFileSync(target, "yesterday\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a file that is saved", () => {
  it("takes the place of the one before once it is whole", async () => {
    expect(await writeWhole(target, async (file) => writeSync(file, "today\n"))).toEqual({ ok: true, value: 6 });
    expect([readFileSync(target, "utf8"), readdirSync(folder)]).toEqual(["today\n", ["goods.csv"]]);
  });

  it("is not there at all where the disk refuses, and the one before stays", async () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    const written = await writeWhole(target, async (file) => {
      writeSync(file, "tod");
      throw full;
    });
    expect(written).toEqual({ ok: false, fault: { kind: "cannot-write", code: "ENOSPC" } });
    expect([readFileSync(target, "utf8"), readdirSync(folder)]).toEqual(["yesterday\n", ["goods.csv"]]);
  });

  it("names the code where its folder is gone, such as a stick that was pulled out", async () => {
    const gone = join(folder, "stick", "goods.csv");
    expect(await writeWhole(gone, async () => 0)).toEqual({
      ok: false,
      fault: { kind: "cannot-write", code: "ENOENT" },
    });
    expect(existsSync(gone)).toBe(false);
  });
});
