import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mostKeptImageBytes } from "#core/item-image/image-limits.ts";
import { webpFile } from "#tests/support/image-files.ts";
import { copyImages, imageFolder } from "./copy-images.ts";
import { ImageRoom } from "./image-room.ts";

let folder: string;
let room: ImageRoom;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tillway-images-"));
  room = new ImageRoom(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const picture = (shade: number) => webpFile(8, 8, new Uint8Array(100).fill(shade));
const pathOf = (name: string) => join(folder, name.slice(0, 2), `${name}.webp`);
const longAgo = new Date(Date.now() - 7_200_000);

async function kept(shade: number): Promise<string> {
  const put = await room.put(picture(shade));
  if (!put.ok) throw new Error(put.fault);
  return put.value;
}

describe("The room of images", () => {
  it("keeps each picture once, under the name that its bytes make", async () => {
    const name = await kept(1);
    expect(await kept(1)).toBe(name);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(await room.read(name)).toEqual(picture(1));
    expect(readdirSync(dirname(pathOf(name)))).toEqual([`${name}.webp`]);
    expect(statSync(pathOf(name)).mode & 0o777).toBe(0o600);
  });

  it("has no picture where its file is gone, cut short, another, or far too large", async () => {
    const name = await kept(1);
    writeFileSync(pathOf(name), picture(1).subarray(0, 40));
    expect(await room.read(name)).toBeNull();
    writeFileSync(pathOf(name), picture(2));
    expect(await room.read(name)).toBeNull();
    writeFileSync(pathOf(name), new Uint8Array(mostKeptImageBytes + 1));
    expect(await room.read(name)).toBeNull();
    rmSync(pathOf(name));
    expect(await room.read(name)).toBeNull();
  });

  it("puts a damaged file right when the same picture is chosen again", async () => {
    const name = await kept(1);
    writeFileSync(pathOf(name), "damaged");
    expect(await kept(1)).toBe(name);
    expect(await room.read(name)).toEqual(picture(1));
  });

  it("reads nothing that is not a name", async () => {
    const outside = join(folder, "..", "outside.webp");
    writeFileSync(outside, picture(1));
    for (const name of ["../outside", "..", "", `${"a".repeat(63)}/`, "/etc/passwd"]) {
      expect(await room.read(name)).toBeNull();
    }
    rmSync(outside);
  });

  it("takes no more than it has room for, and says so; what is there stays", async () => {
    room = new ImageRoom(folder, picture(1).length * 2);
    const [first] = [await kept(1), await kept(2)];
    expect(await room.put(picture(3))).toEqual({ ok: false, fault: "images-full" });
    expect(await kept(1)).toBe(first);
    // What was there before it was opened counts too.
    const again = new ImageRoom(folder, picture(1).length * 2);
    expect(await again.put(picture(3))).toEqual({ ok: false, fault: "images-full" });
  });

  it("says that the disk took nothing where there can be no folder", async () => {
    room = new ImageRoom(join(folder, "a-file", "images"));
    writeFileSync(join(folder, "a-file"), "");
    expect(await room.put(picture(1))).toEqual({ ok: false, fault: "image-unkept" });
  });
});

describe("A sweep", () => {
  it("takes away what no item names and what was left half written, and gives their room back", async () => {
    room = new ImageRoom(folder, picture(1).length * 2);
    const [used, unused] = [await kept(1), await kept(2)];
    const half = `${pathOf(used)}.1b2c.new`;
    writeFileSync(half, "half");
    for (const path of [pathOf(used), pathOf(unused), half]) utimesSync(path, longAgo, longAgo);
    expect(await room.sweep((name) => name === used, Date.now())).toBe(2);
    expect([await room.read(used), await room.read(unused)]).toEqual([picture(1), null]);
    expect(readdirSync(dirname(half))).toEqual([`${used}.webp`]);
    expect((await room.put(picture(3))).ok).toBe(true);
  });

  it("spares what was written or chosen again within the hour: an item may be about to name it", async () => {
    const [fresh, again] = [await kept(1), await kept(2)];
    utimesSync(pathOf(again), longAgo, longAgo);
    await kept(2);
    expect(await room.sweep(() => false, Date.now())).toBe(0);
    expect([await room.read(fresh), await room.read(again)]).toEqual([picture(1), picture(2)]);
  });

  it("finds nothing where no image was ever kept, and leaves alone what is not in its folders", async () => {
    expect(await new ImageRoom(join(folder, "none")).sweep(() => false, Date.now())).toBe(0);
    mkdirSync(join(folder, "other"));
    writeFileSync(join(folder, "other", "file"), "");
    utimesSync(join(folder, "other", "file"), longAgo, longAgo);
    expect(await room.sweep(() => false, Date.now())).toBe(0);
  });
});

it("A copied data directory has the images, and what it takes away stays where it came from", async () => {
  const [from, to] = [join(folder, "from"), join(folder, "to")];
  await copyImages(from, to);
  expect(readdirSync(folder)).toEqual([]);
  room = new ImageRoom(join(from, imageFolder));
  const name = await kept(1);
  await copyImages(from, to);
  const copied = new ImageRoom(join(to, imageFolder));
  expect(await copied.read(name)).toEqual(picture(1));
  utimesSync(join(to, imageFolder, name.slice(0, 2), `${name}.webp`), longAgo, longAgo);
  expect(await copied.sweep(() => false, Date.now())).toBe(1);
  expect(await room.read(name)).toEqual(picture(1));
  expect(readFileSync(join(from, imageFolder, name.slice(0, 2), `${name}.webp`))).toEqual(picture(1));
});
