import { readdirSync, readFileSync } from "node:fs";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { icnsFile, icoFile, type IconPicture, iconSidesPx } from "./icon-files.ts";

const icons = new URL("../../resources/icons/", import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, icons));
const sideOf = (png: Uint8Array): number => PNG.sync.read(Buffer.from(png)).width;

/** What Windows finds: the size that the directory says beside the one that the picture has. */
function entriesOfIco(file: Buffer) {
  expect([file.readUInt16LE(0), file.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const at = 6 + index * 16;
    const [length, offset] = [file.readUInt32LE(at + 8), file.readUInt32LE(at + 12)];
    return { said: file.readUInt8(at) || 256, png: file.subarray(offset, offset + length) };
  });
}

function entriesOfIcns(file: Buffer) {
  expect([file.toString("latin1", 0, 4), file.readUInt32BE(4)]).toEqual(["icns", file.length]);
  const found: { readonly type: string; readonly png: Buffer }[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    const end = at + file.readUInt32BE(at + 4);
    found.push({ type: file.toString("latin1", at, at + 4), png: file.subarray(at + 8, end) });
  }
  return found;
}

describe("The icon", () => {
  test("has for Windows every size from a list of files to a desktop, each as large as it says", () => {
    const entries = entriesOfIco(read("icon.ico"));
    expect(entries.map(({ said }) => said)).toEqual([16, 24, 32, 48, 64, 128, 256]);
    expect(entries.map(({ png }) => sideOf(png))).toEqual(entries.map(({ said }) => said));
  });

  test("has for macOS every size, and the same for sharp screens", () => {
    const sides = entriesOfIcns(read("icon.icns")).map(({ type, png }) => [type, sideOf(png)]);
    expect(sides).toEqual([
      ...[["icp4", 16] as const, ["ic11", 32] as const, ["icp5", 32] as const, ["ic12", 64] as const],
      ...[["ic07", 128] as const, ["ic13", 256] as const, ["ic08", 256] as const, ["ic14", 512] as const],
      ...[["ic09", 512] as const, ["ic10", 1_024] as const],
    ]);
  });

  test("has for Linux a picture for each size that its name says", () => {
    const names = readdirSync(new URL("linux/", icons));
    expect(names.toSorted()).toEqual(
      ["16x16", "32x32", "48x48", "64x64", "128x128", "256x256", "512x512"].map((name) => `${name}.png`).toSorted(),
    );
    for (const name of names) expect([name, sideOf(read(`linux/${name}`))]).toEqual([name, Number.parseInt(name, 10)]);
  });

  test("is no icon with a size missing", () => {
    const all: readonly IconPicture[] = iconSidesPx.map((sidePx) => ({ sidePx, png: new Uint8Array([sidePx % 256]) }));
    const without = (sidePx: number) => all.filter((one) => one.sidePx !== sidePx);
    expect(entriesOfIco(icoFile(all)).length).toBe(7);
    expect(() => icoFile(without(48))).toThrow("48 px");
    expect(() => icnsFile(without(1_024))).toThrow("1024 px");
  });
});
