import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { readBooks } from "#tests/support/books.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { openTill } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { leaflet, type SavedPromotion } from "#tests/support/pricing-screens.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { approveWith, chooseMore, countPieces } from "#tests/support/shift-screens.ts";
import { zInBooks } from "#tests/support/whole-day/books-readings.ts";
import {
  cashiersByName,
  dayByJournal,
  type Entry,
  entriesOfFile,
  type Figures,
} from "#tests/support/whole-day/day-by-journal.ts";
import { disagreements } from "#tests/support/whole-day/disagreements.ts";
import * as back from "#tests/support/whole-day/giving-back.ts";
import { balancesOnPaper, membersOnScreen } from "#tests/support/whole-day/member-readings.ts";
import { membersByJournal } from "#tests/support/whole-day/members-by-journal.ts";
import { openWholeShop } from "#tests/support/whole-day/open-shop.ts";
import { inYuan } from "#tests/support/report-by-journal.ts";
import { fenOf, papersWith, shiftPaper, summaryPaper, wordsOf } from "#tests/support/whole-day/paper-readings.ts";
import { memberGoods, planDay, saleCount, swapped, voidedBefore } from "#tests/support/whole-day/plan.ts";
import {
  reportInFile,
  reportOnScreen,
  sumBehind,
  tablesOfCsv,
  tablesOfXlsx,
} from "#tests/support/whole-day/report-readings.ts";
import { type Counter, managersPin, must, sell, type Sold, throwAway } from "#tests/support/whole-day/selling.ts";
import { told, word } from "#tests/support/whole-day/told.ts";
import { arePicturesWanted, pictureIfWanted } from "#tests/support/wanted-pictures.ts";

/*
 * A shop's whole day, from the float to the Z, and then its figures wherever they stand: in the books, on paper, on the
 * screen, in the files. All of them must be what the journal adds up to, reckoned by somebody who has only docs/JOURNAL.md.
 */

/** Sixty sales and all that goes with them; a busy machine takes several times what a quiet one does. */
const dayMs = 420_000;
const seed = 20_261_126;
/** 500.00: three of 100, three of 50, two of 20, one of 10. */
const floatPieces = [3, 3, 2, 1, 0, 0, 0, 0];
/** Notes and coins, largest first. */
const denominationsFen = [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10];
const managersSales = { from: 50, to: 57 } as const;
/** Cola in bottles at 3.00, for members alone. */
const memberPrice: SavedPromotion = {
  ...{ id: "members", nameZh: "会员可乐", nameEn: "Members' cola", isMemberOnly: true, coupon: null },
  deal: { kind: "fixed-price", priceFen: memberGoods.priceFen },
  scope: { kind: "some", skus: [memberGoods.sku], categoryIds: [] },
  schedule: { fromDate: null, toDate: null, weekdays: [], hours: null },
};
/** A customer paid by phone and it was booked as cash; or the other way round. */
const swaps = { "zh-CN": ["cash", "booked-as-cash", -1], en: ["static-code", "booked-as-static-code", 1] } as const;

describe.each(["zh-CN", "en"] as const)("A whole day, in %s", (locale: Locale) => {
  const [swappedWay, candidateKind, swapSign] = swaps[locale];
  let counter: Counter;
  let entries: readonly Entry[];
  let journal: Figures;
  const sold: Sold[] = [];

  beforeAll(async () => {
    const shop = await openWholeShop(locale);
    counter = { shop, locale, till: await openTill({ dataDir: shop.dataDir }), members: new Map() };
  });
  afterAll(async () => {
    await counter.till.close();
    await counter.shop.close();
  });

  const soldAt = (place: number): Sold => {
    const found = sold[place];
    if (found === undefined) throw new Error(`nothing was sold at ${place}`);
    return found;
  };
  async function signIn(cashierId: string): Promise<void> {
    const pin = await until(`the PIN of ${cashierId}`, () => counter.till.pins.get(cashierId));
    await must(counter, "sign-in", { cashierId, pin });
  }

  /** The journal as it is handed to an auditor, and what it adds up to. */
  async function readJournal(): Promise<void> {
    const out = join(counter.shop.dataDir, "journal.jsonl");
    const asked = ["scripts/export-journal/main.ts", "--data-dir", counter.shop.dataDir, "--out", out];
    const child = spawn(process.execPath, asked, { cwd: projectRoot, stdio: "ignore" });
    expect(await once(child, "exit")).toEqual([0, null]);
    entries = entriesOfFile(readFileSync(out, "utf8"));
    const { businessDate } = (await counter.till.view()).shift ?? { businessDate: dayOf(entries) };
    journal = dayByJournal(entries, businessDate);
  }

  it("opens with a float by denomination", async () => {
    await signIn("manager-1");
    for (const promotion of [...leaflet, memberPrice]) await must(counter, "save-promotion", { promotion });
    await must(counter, "save-point-rates", { pointsPerYuan: 10, fenPerPoint: 1 });
    await must(counter, "sign-out", {});
    await signIn("cashier-1");
    await part(counter.till.page, "count-mode").click();
    await countPieces(counter.till.page, floatPieces);
    await part(counter.till.page, "empty-cart").waitFor();
    expect((await counter.till.view()).shift).toMatchObject({ floatFen: 50_000 });
  });

  it(
    "sells sixty baskets of every kind, paid in every way",
    async () => {
      for (const [place, planned] of planDay(seed, swappedWay).entries()) {
        if (place === managersSales.from) await signIn("manager-1");
        if (place === managersSales.to + 1) await signIn("cashier-1");
        if (voidedBefore.includes(place)) await throwAway(counter);
        sold.push(await sell(counter, planned));
      }
      expect(readBooks(counter.shop.dataDir).sales).toHaveLength(saleCount);
    },
    dayMs,
  );

  it(
    "takes goods and money back by line, by amount and in exchange, and outlives a power cut",
    async () => {
      await back.bringBack(counter, soldAt(2), "all");
      const one = { quantity: 1_000 } as const;
      await back.bringBack(counter, soldAt(13), [
        { lineNumber: 1, ...one },
        { lineNumber: 2, ...one },
      ]);
      await back.bringBack(counter, soldAt(5), "all");
      // A member's, who spent points on it: a part of what it earned goes and a part of those comes back.
      await back.bringBack(counter, soldAt(32), [{ lineNumber: 1, ...one }]);
      // No drawer has fen: what is missing to a jiao is given as an amount.
      const oddFen = await back.bringBack(counter, soldAt(14), [{ lineNumber: 1 }]);
      if (oddFen % 10 > 0) await back.giveAmountBack(counter, soldAt(14), 10 - (oddFen % 10));
      await back.giveAmountBack(counter, soldAt(6), 330);
      await back.giveAmountBack(counter, soldAt(1), 125);
      await back.giveAmountBack(counter, soldAt(7), 200);
      sold.push(await back.exchangeUp(counter, soldAt(20)), await back.exchangeDown(counter, soldAt(37)));

      await paper(soldAt(saleCount + 1).saleNumber);

      await back.gatewayGaveBack(counter);
      // A till that starts asks at once what became of the refunds it has sent.
      await counter.till.kill();
      counter.till = await openTill({ dataDir: counter.shop.dataDir, pins: counter.till.pins });
      await signIn("cashier-1");
      await part(counter.till.page, "empty-cart").waitFor();
      await back.allRefundsEnd(counter);
    },
    dayMs,
  );

  it(
    "moves cash, opens the drawer without a sale, and prints an X that the journal adds up to",
    async () => {
      const { page } = counter.till;
      await chooseMore(page, "drawer");
      await part(page, "cash-move").waitFor();
      await move("F1", "30");
      await move("F2", "15.5");
      await move("F3", "200");
      await page.keyboard.press("Escape");
      await part(page, "cash-move").waitFor({ state: "detached" });
      await page.keyboard.press("F9");
      await part(page, "no-sale").waitFor();
      await type(page, ["1", "Enter"]);
      await approveWith(page, managersPin(counter));
      await part(page, "no-sale").waitFor({ state: "detached" });

      await readJournal();
      await must(counter, "x-report", { print: true, approvalPin: managersPin(counter) });
      const lines = await paper(wordsOf(locale, "receipt", "shift")["xTitle"] ?? "");
      const x = shiftPaper(lines, locale, "the printed X");
      expect(x.readings.length).toBeGreaterThan(10);
      expect(disagreements(journal, x)).toEqual([]);
    },
    dayMs,
  );

  it(
    "counts blind by denomination, and names the sale that was booked the wrong way before all else",
    async () => {
      const { page } = counter.till;
      const expectedFen = journal.get("shift/expected") ?? 0;
      const pieces = piecesOf(expectedFen + swapSign * swapped.amountFen);
      await chooseMore(page, "close-shift");
      await countPieces(page, pieces);
      await part(page, "count-again").waitFor();
      expect(await part(page, "close-shift").innerText()).not.toContain(inYuan(expectedFen));
      await countPieces(page, pieces);
      await part(page, "candidates").waitFor();
      expect(await part(page, "shift-difference").innerText()).toContain(inYuan(swapped.amountFen));
      const first = part(page, "candidate").first();
      expect(await first.getAttribute("data-kind")).toBe(candidateKind);
      expect(await first.innerText()).toContain(soldAt(swapped.place).saleNumber);
      await part(page, "reason-2").click();
      await page.keyboard.press("Enter");
      await approveWith(page, managersPin(counter));
      await part(page, "shift-result").waitFor();
      expect((await counter.till.view()).shift).toBeNull();
    },
    dayMs,
  );

  it(
    "ends with a Z that is the journal's to the fen: in the books, on paper, and added up again",
    async () => {
      const lines = await paper(wordsOf(locale, "receipt", "shift")["zNumber"] ?? "");
      await readJournal();
      expect(journal.get("sales/count")).toBe(saleCount + 2);
      expect(journal.get("shift/difference")).toBe(swapSign * swapped.amountFen);
      const z = shiftPaper(lines, locale, "the printed Z");
      expect(disagreements(journal, zInBooks(counter.shop.dataDir))).toEqual([]);
      expect(disagreements(journal, z)).toEqual([]);
      expect(z.readings.map(([figure]) => figure)).toEqual(
        expect.arrayContaining(["shift/counted", "z/refunds-after"]),
      );

      const { page } = counter.till;
      await signIn("manager-1");
      await part(page, "open-shift").waitFor();
      await chooseMore(page, "manager");
      for (const rate of [1_300, 900]) {
        const taxFen = fenOf((await part(page, `day-tax-${rate}`).textContent()) ?? "");
        expect([rate, taxFen]).toEqual([rate, journal.get(`rate/${rate}/tax`)]);
      }
      await part(page, "manager-shifts").click();
      await part(page, "paper").waitFor();
      expect(await part(page, "recounted").getAttribute("data-agrees")).toBe("true");
      await page.keyboard.press("Escape");
    },
    dayMs,
  );

  it(
    "knows what each member earned, spent and lost again, to the point, on the page and on paper",
    async () => {
      const ids = [...counter.members.values()];
      const moved = ids.map((id) =>
        ["earned", "spent", "taken-back"].map((what) => journal.get(`member/${id}/${what}`) ?? 0),
      );
      // Both earned and spent; the first brought goods back as well, also some that points had paid a part of.
      expect(moved.flat().filter((points) => points === 0)).toEqual([]);
      expect(journal.get(`member/${ids[0]}/given-back`)).toBeGreaterThan(0);
      expect(journal.get("members/saved")).toBeGreaterThan(0);
      // The twin holds its last papers; what stands on them is the end of what the journal has.
      const printed = await balancesOnPaper(counter.shop, locale);
      expect(printed.length).toBeGreaterThan(6);
      expect(printed).toEqual(membersByJournal(entries).balances.slice(-printed.length));

      const { page } = counter.till;
      await part(page, "manager-members").click();
      const { rows } = await must(counter, "members", { search: "", before: null, limit: 100 });
      const labels = new Map(rows.map(({ label, memberId }) => [label, memberId]));
      expect(disagreements(journal, await membersOnScreen(page, labels))).toEqual([]);
      if (arePicturesWanted) await takePictures(page, `whole-day/members.${locale}`, null);
      await page.keyboard.press("Escape");
      await part(page, "members-page").waitFor({ state: "detached" });
    },
    dayMs,
  );

  it(
    "is on the manager's page as the journal has it, number by number and behind the numbers",
    async () => {
      const { page } = counter.till;
      await part(page, "manager-reports").click();
      const shown = (): Promise<string | null> =>
        part(page, "report-net")
          .textContent({ timeout: 1_000 })
          .catch(() => null);
      await until("the day is in", async () => (await shown()) === `¥${inYuan(journal.get("sales/net") ?? 0)}`);
      const itemCount = [...journal.keys()].filter((figure) => /^item\/.*\/net$/.test(figure)).length;
      expect(disagreements(journal, await reportOnScreen(page, itemCount))).toEqual([]);
      await part(page, "report-tax-sums").scrollIntoViewIfNeeded();
      const seen = await lookAt(page);
      expect([seen.barriers, seen.isTooWide]).toEqual([[], false]);
      if (arePicturesWanted) await takePictures(page, `whole-day/report.${locale}`);
      const is = (figure: string): number => journal.get(figure) ?? 0;
      expect(await sumBehind(page, "net")).toEqual({ rows: is("sales/count"), fen: is("sales/net") });
      expect(await sumBehind(page, "refunds")).toEqual({ rows: is("refunds/count"), fen: -is("refunds/fen") });
      expect(await sumBehind(page, "voids")).toEqual({ rows: is("voids/count"), fen: is("voids/fen") });
    },
    dayMs,
  );

  it(
    "is in the files for a spreadsheet and in the printed summary as the journal has it",
    async () => {
      const categories = await must(counter, "list-categories", {});
      const nameOf = locale === "en" ? ("nameEn" as const) : ("nameZh" as const);
      const names = {
        categories: new Map(categories.map((category) => [category[nameOf], category.id])),
        cashiers: cashiersByName(entries),
      };
      const csv = reportInFile("the CSV", tablesOfCsv(await saveAs("report.csv", "export-csv")), locale, names);
      expect(disagreements(journal, csv)).toEqual([]);
      const sheets = await tablesOfXlsx(await saveAs("report.xlsx", "export-xlsx"));
      expect(disagreements(journal, reportInFile("the XLSX", sheets, locale, names))).toEqual([]);
      await part(counter.till.page, "print-report").click();
      const summary = summaryPaper(await paper(wordsOf(locale, "receipt", "report")["title"] ?? ""), locale);
      expect(summary.readings.length).toBeGreaterThan(10);
      expect(disagreements(journal, summary)).toEqual([]);
    },
    dayMs,
  );

  async function move(key: "F1" | "F2" | "F3", yuan: string): Promise<void> {
    const { page } = counter.till;
    const before = await part(page, "cash-move-told").innerText();
    await page.keyboard.press(key);
    await type(page, yuan);
    await part(page, "reason-1").click();
    await page.keyboard.press("Enter");
    if (key !== "F1") await approveWith(page, managersPin(counter));
    await until("the move is told", async () => {
      const told = await part(page, "cash-move-told").innerText();
      return told !== "" && told !== before;
    });
  }

  /** The last paper with a line that begins or ends with these words, once it is out. */
  async function paper(words: string): Promise<readonly string[]> {
    expect(words).not.toBe("");
    return until(`the paper with ${words} is out`, async () => (await papersWith(counter.shop, words)).at(-1));
  }

  async function saveAs(name: string, button: string): Promise<Buffer> {
    const target = join(counter.shop.dataDir, name);
    // The system's own dialog cannot be driven: its answer stands in for it, in main.
    await counter.till.app.evaluate(({ dialog }, filePath) => {
      Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
    }, target);
    await part(counter.till.page, button).click();
    await until(`${name} is saved`, () => statSync(target, { throwIfNoEntry: false }));
    return readFileSync(target);
  }
});

/** @param below what is scrolled to for a second picture of each size */
async function takePictures(page: Page, name: string, below: string | null = "report-tax-sums"): Promise<void> {
  for (const [width, height] of [
    [1_280, 800],
    [1_920, 1_080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await pictureIfWanted(page, `${name}.${width}x${height}`);
    if (below === null) continue;
    await part(page, below).scrollIntoViewIfNeeded();
    await pictureIfWanted(page, `${name}.below.${width}x${height}`);
  }
}

/** The fewest notes and coins that come to it, of each denomination. */
function piecesOf(amountFen: number): readonly number[] {
  let left = amountFen;
  const pieces = denominationsFen.map((denominationFen) => {
    const count = Math.trunc(left / denominationFen);
    left -= count * denominationFen;
    return count;
  });
  expect(left).toBe(0);
  return pieces;
}

function dayOf(entries: readonly Entry[]): string {
  const sales = entries.filter(({ kind }) => kind === "sale-completed");
  return word(told(sales[0]?.body), "businessDate");
}
