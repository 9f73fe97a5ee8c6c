import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImageFolderStanding } from "#contract/ipc/item-image-intents.ts";
import { createCatalogDesk, type OpenCatalogDesk } from "#main/catalog-desk/create-catalog-desk.ts";
import { createImportDesk } from "#main/catalog-desk/create-import-desk.ts";
import { createImageDesk } from "#main/item-images/create-image-desk.ts";
import { ImageRoom } from "#main/item-images/image-room.ts";
import type { ShrinkImage } from "#main/item-images/take-image.ts";
import { chips, people } from "#tests/support/bench-shop.ts";
import { emptyPng, pngFile, shrinkWithoutPage } from "#tests/support/image-files.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { until } from "#tests/support/poll.ts";
import type { TillBenchOptions } from "#tests/support/till-bench-options.ts";
import { openTillBench, type TillBench } from "#tests/support/till-bench.ts";

let bench: TillBench;
let files: string;
let desks: OpenCatalogDesk[];
let isImporting: boolean;
let chosen: string | null;
/** Called before each picture is made small; the page that does it in the till takes its time. */
let beforeShrink: () => Promise<void>;
let report: string | null;

const shrink: ShrinkImage = async (bytes, kind) => {
  await beforeShrink();
  return shrinkWithoutPage(bytes, kind);
};
const nothingRuns = { run: () => Promise.reject(new Error("no list is read here")), stop: () => {} };
const goods: NonNullable<TillBenchOptions["goods"]> = (catalog) => {
  const desk = createCatalogDesk({ catalog, isImporting: () => isImporting });
  desks.push(desk);
  const lists = createImportDesk({
    ...{ worker: nothingRuns, catalogDb: catalog.filled.path, chooseFile: () => Promise.resolve(null) },
    ...{ onApplied: () => {}, logFault: () => {} },
  });
  const images = createImageDesk({
    ...{ room: new ImageRoom(join(files, "room")), shrink, browser: catalog.browser },
    chooseFile: () => Promise.resolve(chosen),
    chooseFolder: () => Promise.resolve(chosen),
    logFault: (what, cause) => bench.faults.push(`${what}: ${String(cause)}`),
  });
  return { desk, lists, images };
};

beforeEach(async () => {
  files = mkdtempSync(join(tmpdir(), "tillway-image-files-"));
  [desks, isImporting, chosen, report] = [[], false, null, null];
  beforeShrink = () => Promise.resolve();
  bench = await openTillBench({ goods, saveAs: () => report }).atWork();
  await signIn(people.manager);
});
afterEach(() => {
  for (const desk of desks) desk.close();
  bench.close();
  rmSync(files, { recursive: true, force: true });
});

async function signIn({ id, pin }: { readonly id: string; readonly pin: string }): Promise<void> {
  await bench.must("sign-out", {});
  await bench.must("sign-in", { cashierId: id, pin });
}

function file(name: string, bytes: Uint8Array): string {
  const path = join(files, name);
  writeFileSync(path, bytes);
  return path;
}

async function imageOf(sku: string): Promise<string | undefined> {
  return (await bench.must("catalog-item", { sku })).image;
}

describe("An item's image", () => {
  it("is shown wherever the item is, from the moment it is chosen, and is in the journal", async () => {
    chosen = file("cola.png", pngFile(300, 200));
    const view = await bench.must("choose-item-image", { sku: "cola" });
    expect(view?.image).toMatch(/^[0-9a-f]{64}$/);
    const { image } = view ?? {};
    const found = await bench.must("search-items", { text: "cola", limit: 5 });
    expect(found.items).toMatchObject([{ sku: "cola", image }]);
    const tiles = await bench.must("list-items", { categoryId: "all", limit: 9, afterSku: null });
    expect(tiles.map((item) => [item.sku, item.image])).toEqual([
      ...[["apple"], ["chips"]].map(([sku]) => [sku, undefined]),
      ["cola", image],
      ["melon", undefined],
    ]);
    expect(journalBodies(bench.directory, "item-images-changed")).toMatchObject([
      { how: "chosen", cashierId: people.manager.id, changed: 1, sku: "cola", before: null, after: image },
    ]);
    await bench.crash();
    await signIn(people.manager);
    expect(await imageOf("cola")).toBe(image);
  });

  it("stays when the item is saved anew, and goes by a word of its own, once", async () => {
    chosen = file("cola.png", pngFile(300, 200));
    const chosenView = await bench.must("choose-item-image", { sku: "cola" });
    const { image, levelMilli: _, isLow: __, ...item } = await bench.must("catalog-item", { sku: "cola" });
    const saved = await bench.must("save-item", {
      isNew: false,
      item: { ...item, codes: [...item.codes], priceFen: 420 },
    });
    expect([saved.priceFen, saved.image]).toEqual([420, image]);
    expect(await bench.must("remove-item-image", { sku: "cola" })).not.toHaveProperty("image");
    await bench.must("remove-item-image", { sku: "cola" });
    expect(journalBodies(bench.directory, "item-images-changed")).toMatchObject([
      { how: "chosen", after: chosenView?.image },
      { how: "removed", before: chosenView?.image, after: null },
    ]);
  });

  it("is as it was where the question for a file is closed, and where the file is of no use", async () => {
    expect(await bench.must("choose-item-image", { sku: "cola" })).toBeNull();
    const wrong = [
      ["image-not-a-picture", file("a.png", Buffer.from("not a picture, whatever it is called"))],
      ["image-damaged", file("b.png", pngFile(300, 200).subarray(0, 400))],
      ["image-too-many-pixels", file("c.png", emptyPng(20_000, 20_000))],
      ["image-file-too-large", file("d.png", new Uint8Array(17_000_000))],
      ["image-unreadable", join(files, "gone.png")],
      ["image-unreadable", files],
    ] as const;
    for (const [kind, path] of wrong) {
      chosen = path;
      expect(await bench.send("choose-item-image", { sku: "cola" })).toEqual({ ok: false, fault: { kind } });
    }
    expect(await imageOf("cola")).toBeUndefined();
    expect(journalBodies(bench.directory, "item-images-changed")).toEqual([]);
  });

  it("is refused for an item that is not there, and while a list is written", async () => {
    chosen = file("cola.png", pngFile(300, 200));
    const gone = { ok: false, fault: { kind: "no-such-item" } };
    expect(await bench.send("choose-item-image", { sku: "nothing" })).toEqual(gone);
    expect(await bench.send("remove-item-image", { sku: "nothing" })).toEqual(gone);
    isImporting = true;
    expect(await bench.send("choose-item-image", { sku: "cola" })).toEqual({
      ok: false,
      fault: { kind: "catalog-busy" },
    });
    isImporting = false;
    expect(await imageOf("cola")).toBeUndefined();
  });
});

describe("A folder of images", () => {
  const standing = () => bench.must("image-folder-standing", {});

  function folder(name: string, content: Readonly<Record<string, Uint8Array>>): void {
    chosen = join(files, name);
    mkdirSync(chosen);
    for (const [called, bytes] of Object.entries(content)) file(join(name, called), bytes);
  }

  async function ended(): Promise<ImageFolderStanding> {
    return until("the folder is looked through", async () => {
      const now = await standing();
      return now.kind !== "looking" && now;
    });
  }

  it("is looked at first, and then gives every item its image at once, with every file that is of no use named", async () => {
    folder("new", {
      "cola.png": pngFile(300, 200),
      [`${chips}.PNG`]: pngFile(200, 200),
      "chips.png": pngFile(90, 90),
      "nobody.png": pngFile(10, 10),
      "apple.png": pngFile(300, 300).subarray(0, 900),
      "list.csv": Buffer.from("sku,name\n"),
      ".DS_Store": Buffer.from("x"),
    });
    mkdirSync(join(files, "new", "more"));
    expect((await bench.must("image-folder-choose", {})).kind).toBe("looking");
    // In the order of their names, in which digits go before letters.
    expect(await ended()).toEqual({
      ...{ kind: "ready", folder: "new" },
      view: {
        ...{ files: 6, added: 2, replaced: 0, unchanged: 0, unusable: 4 },
        faults: [
          { file: "apple.png", kind: "damaged" },
          { file: "chips.png", kind: "twice" },
          { file: "list.csv", kind: "not-a-picture" },
          { file: "nobody.png", kind: "no-such-item" },
        ],
      },
    });
    expect([await imageOf("cola"), await imageOf("chips")]).toEqual([undefined, undefined]);
    expect((await bench.must("image-folder-apply", {})).kind).toBe("applied");
    expect([await imageOf("cola"), await imageOf("chips")]).toEqual([expect.any(String), expect.any(String)]);
    expect(await imageOf("apple")).toBeUndefined();
    expect(journalBodies(bench.directory, "item-images-changed")).toMatchObject([{ how: "folder", changed: 2 }]);
    // The same folder once more has nothing to say.
    await bench.must("image-folder-choose", {});
    expect(await ended()).toMatchObject({ view: { added: 0, replaced: 0, unchanged: 2, unusable: 4 } });
    expect(await bench.send("image-folder-apply", {})).toEqual({ ok: false, fault: { kind: "no-image-folder" } });
  });

  it("that is cancelled in its middle has changed nothing", async () => {
    folder("new", { "apple.png": pngFile(10, 10), "cola.png": pngFile(20, 10), "chips.png": pngFile(30, 10) });
    const held = Promise.withResolvers<void>();
    beforeShrink = () => held.promise;
    await bench.must("image-folder-choose", {});
    expect(await standing()).toMatchObject({ kind: "looking", done: 0, files: expect.any(Number) });
    expect(await bench.send("image-folder-apply", {})).toEqual({ ok: false, fault: { kind: "no-image-folder" } });
    await bench.must("image-folder-cancel", {});
    held.resolve();
    expect(await ended()).toEqual({ kind: "failed", folder: "new", why: "cancelled" });
    expect(await bench.send("image-folder-apply", {})).toEqual({ ok: false, fault: { kind: "no-image-folder" } });
    for (const sku of ["apple", "cola", "chips"]) expect(await imageOf(sku)).toBeUndefined();
    expect(await bench.must("image-folder-discard", {})).toEqual({ kind: "none" });
  });

  it("stays ready where the catalogue is held by a list, and is taken in afterwards", async () => {
    folder("new", { "cola.png": pngFile(20, 10) });
    await bench.must("image-folder-choose", {});
    await ended();
    isImporting = true;
    expect(await bench.send("image-folder-apply", {})).toEqual({ ok: false, fault: { kind: "catalog-busy" } });
    expect(await standing()).toMatchObject({ kind: "ready", view: { added: 1 } });
    isImporting = false;
    expect((await bench.must("image-folder-apply", {})).kind).toBe("applied");
  });

  it("that cannot be opened, or whose images the disk does not take, is told as that", async () => {
    chosen = join(files, "gone");
    await bench.must("image-folder-choose", {});
    expect(await ended()).toEqual({ kind: "failed", folder: "gone", why: "unreadable-folder" });
    folder("new", { "cola.png": pngFile(20, 10) });
    writeFileSync(join(files, "room"), "a file where the room would be");
    await bench.must("image-folder-choose", {});
    expect(await ended()).toEqual({ kind: "failed", folder: "new", why: "image-unkept" });
    expect(await imageOf("cola")).toBeUndefined();
  });

  it("is nothing at all where no folder is chosen", async () => {
    expect(await bench.must("image-folder-choose", {})).toEqual({ kind: "none" });
    expect(await bench.send("image-folder-report", {})).toMatchObject({ ok: false });
    expect(readdirSync(files)).toEqual([]);
  });
});

it("Images are a manager's to see to", async () => {
  chosen = file("cola.png", pngFile(300, 200));
  const all = async () => [
    await bench.send("choose-item-image", { sku: "cola" }),
    await bench.send("remove-item-image", { sku: "cola" }),
    await bench.send("image-folder-choose", {}),
    await bench.send("image-folder-standing", {}),
    await bench.send("image-folder-apply", {}),
    await bench.send("image-folder-cancel", {}),
    await bench.send("image-folder-discard", {}),
    await bench.send("image-folder-report", {}),
  ];
  await signIn(people.cashier);
  for (const answer of await all()) expect(answer).toEqual({ ok: false, fault: { kind: "not-allowed" } });
  await bench.must("sign-out", {});
  for (const answer of await all()) expect(answer).toEqual({ ok: false, fault: { kind: "not-signed-in" } });
  expect(journalBodies(bench.directory, "item-images-changed")).toEqual([]);
  expect(readdirSync(files)).toEqual(["cola.png"]);
});
