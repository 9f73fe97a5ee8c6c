import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { sell } from "#tests/support/office-screens.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openSettings } from "#tests/support/set-up-wechat.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/* Files for other systems, set up by a manager at the till: what is saved is in use at once, without another start. */

let shop: Shop;
let till: TillUnderTest;
let shared: string;
beforeEach(() => {
  shared = mkdtempSync(join(tmpdir(), "tillway-data-files-"));
});
afterEach(async () => {
  await till.close();
  await shop.close();
  rmSync(shared, { recursive: true, force: true });
});

/** A till that has sold one thing, on the page of data files. */
async function openIn(locale: Locale): Promise<void> {
  shop = await openShop({ locale });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till, "manager-1");
  await part(till.page, "empty-cart").waitFor();
  await sell(till, ["6920536012350"]);
  await openSettings(till.page);
  await part(till.page, "settings-legacy-files").click();
  await part(till.page, "legacy-files-page").waitFor();
}

/** As if the person had chosen it in the system's own question. */
async function choose(testId: string, folder: string): Promise<void> {
  await till.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, folder);
  await part(till.page, `${testId}-choose`).click();
  await part(till.page, testId).getByText(folder).waitFor();
}

async function look(name: string): Promise<void> {
  const { page } = till;
  for (const [width, height] of [
    [1_280, 800],
    [1_920, 1_080],
  ] as const) {
    await page.setViewportSize({ width, height });
    const seen = await lookAt(page, name);
    expect([seen.barriers, seen.isTooWide]).toEqual([[], false]);
    const pictures = process.env["DATA_FILES_PICTURES"];
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}/data-files-${name}-${width}.png` });
  }
}

const filesOf = (kind: string): readonly string[] =>
  readdirSync(shared).filter((name) => name.includes(`-${kind}-`) && name.endsWith(".csv"));

it.each(["zh-CN", "en"] as const)(
  "a manager says where, when and which columns, and the file is there (%s)",
  async (locale) => {
    await openIn(locale);
    const { page } = till;
    await part(page, "files-sales-on-on").click();
    expect(await part(page, "files-save").isEnabled()).toBe(false);
    await choose("files-sales-folder", shared);
    // Past on every day of the shop: due at once.
    await part(page, "files-sales-at").fill("00:00");
    await part(page, "files-sales-total-name").fill("number");
    expect(await part(page, "files-save").isEnabled()).toBe(false);
    await look(`twice-${locale}`);
    await part(page, "files-sales-total-name").fill("金额");
    for (const field of [
      "kind",
      "time",
      "date",
      "cashier",
      "lines",
      "gross",
      "discount",
      "cash",
      "wechat",
      "staticCode",
      "tradeNo",
    ]) {
      await part(page, `files-sales-${field}-remove`).click();
    }
    await part(page, "files-sales-total-up").click();
    await part(page, "files-sales-amounts-fen").click();
    await until("the sample follows", async () =>
      (await part(page, "files-sales-sample").textContent())?.startsWith("金额,number\r\n350,T01-000001"),
    );
    await part(page, "files-save").click();
    await part(page, "files-saved").waitFor();
    const [name = ""] = await until("the file is written", () =>
      filesOf("sales").length > 0 ? filesOf("sales") : null,
    );
    const [head, row] = readFileSync(join(shared, name), "utf8").split("\r\n");
    expect(head).toBe("\uFEFF金额,number");
    expect(row).toMatch(/^\d+,T01-000001$/);
    await part(page, "files-sales-last").getByText(name).waitFor();
    await look(`saved-${locale}`);
    expect(journalBodies(shop.dataDir, "legacy-files-changed")).toMatchObject([
      { before: null, after: { sales: { folder: shared, at: "00:00" } }, cashierId: "manager-1" },
    ]);
    const { legacyFiles } = JSON.parse(readFileSync(join(shop.dataDir, "terminal.json"), "utf8"));
    expect(legacyFiles.sales.columns).toEqual([
      { field: "total", name: "金额" },
      { field: "number", name: "number" },
    ]);
  },
);

/** Presses one of the two keys, and what came of it. */
async function byHand(key: "now" | "again"): Promise<{ readonly outcome: string | null; readonly words: string }> {
  const said = part(till.page, "files-sales-written");
  await part(till.page, `files-sales-${key}`).click();
  await until("it is answered", async () => (await said.count()) === 1);
  return { outcome: await said.getAttribute("data-outcome"), words: (await said.textContent()) ?? "" };
}

it.each([
  ["zh-CN", /没有可写的内容/, /找不到此文件夹/],
  ["en", /Nothing to write/, /not there now/],
] as const)(
  "a manager has the sales written at once, and a day of them again, and is told where nothing can be (%s)",
  async (locale, nothing, away) => {
    await openIn(locale);
    const { page } = till;
    await part(page, "files-sales-on-on").click();
    await choose("files-sales-folder", shared);
    await part(page, "files-sales-after-shift-yes").click();
    expect(await part(page, "files-sales-now").isEnabled()).toBe(false);
    await look(`by-hand-unsaved-${locale}`);
    await part(page, "files-save").click();
    await part(page, "files-saved").waitFor();

    expect((await byHand("now")).outcome).toBe("written");
    const [name = ""] = filesOf("sales");
    expect(readFileSync(join(shared, name), "utf8")).toContain("T01-000001");
    await look(`by-hand-${locale}`);
    expect(await byHand("now")).toMatchObject({ outcome: "nothing", words: expect.stringMatching(nothing) });

    const today = (await part(page, "files-sales-day").getAttribute("max")) ?? "";
    expect((await byHand("again")).outcome).toBe("nothing");
    await part(page, "files-sales-day").fill(today);
    const again = `again-T01-sales-${today}.csv`;
    expect(await byHand("again")).toMatchObject({ outcome: "written", words: expect.stringContaining(again) });
    expect(readFileSync(join(shared, again))).toEqual(readFileSync(join(shared, name)));
    expect(filesOf("sales").toSorted()).toEqual([name, again]);

    renameSync(shared, `${shared}-away`);
    for (const key of ["again", "now"] as const)
      expect(await byHand(key)).toMatchObject({ outcome: "not-written", words: expect.stringMatching(away) });
    expect(await part(page, "files-sales-day").inputValue()).toBe(today);
    await look(`by-hand-away-${locale}`);
    renameSync(`${shared}-away`, shared);
    expect((await byHand("now")).outcome).toBe("nothing");
    expect(filesOf("sales").toSorted()).toEqual([name, again]);
    const noted = { of: "sales", rowCount: 1, cashierId: "manager-1" };
    expect(journalBodies(shop.dataDir, "legacy-file-written")).toEqual([
      { ...noted, day: null, name },
      { ...noted, day: today, name: again },
    ]);
  },
);

it("refuses a folder among the till's own data and one that is not there, and keeps what was entered", async () => {
  await openIn("en");
  const { page } = till;
  await part(page, "files-days-on-on").click();
  await part(page, "files-days-total-name").fill("Turnover");
  for (const [folder, words] of [
    [shop.dataDir, /own data/],
    [join(shared, "gone"), /not there/],
  ] as const) {
    await choose("files-days-folder", folder);
    await part(page, "files-save").click();
    await part(page, "files-days-folder-fault").getByText(words).waitFor();
    expect(await part(page, "files-days-total-name").inputValue()).toBe("Turnover");
  }
  await look("refused-en");
  expect(readFileSync(join(shop.dataDir, "terminal.json"), "utf8")).not.toContain("Turnover");
});

it("says where nobody can read what was written before, and writes nothing twice", async () => {
  await openIn("en");
  const { page } = till;
  writeFileSync(join(shop.dataDir, "legacy-exports.json"), "{");
  await part(page, "files-sales-on-on").click();
  await choose("files-sales-folder", shared);
  await part(page, "files-save").click();
  await part(page, "files-sales-folder-fault").getByText("legacy-exports.json").waitFor();
  expect((await byHand("now")).outcome).toBe("not-written");
  expect(filesOf("sales")).toEqual([]);
});

it("takes in a list of goods from the folder that was chosen, and tells of it", async () => {
  await openIn("zh-CN");
  const { page } = till;
  const folder = join(shared, "goods");
  mkdirSync(folder);
  await choose("files-goods-folder", folder);
  await part(page, "files-save").click();
  await part(page, "files-saved").waitFor();
  writeFileSync(join(folder, "list.csv"), "货号,名称,售价\nNEW-1,旧系统的茶,3.50\n");
  await until("it was judged", async () => (await part(page, "files-goods-last").count()) > 0);
  await look("goods-zh-CN");
  expect(await part(page, "files-goods-last").getAttribute("data-outcome")).toBe("taken-in");
  expect(existsSync(join(folder, "done", "list.csv"))).toBe(true);
});
