import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PrinterState } from "#contract/bench/devices.ts";
import type { Sale } from "#core/sale/sale.ts";
import type { CashMove } from "#core/shift/cash-move.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { approveWith, chooseMore, countPieces } from "#tests/support/shift-screens.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/** 200.00: one 100, one 50, two 20, one 10. */
const floatPieces = [1, 1, 2, 1, 0, 0, 0, 0];
/** The second is the one whose customer had paid with WeChat. */
const cashSalesFen = [1_250, 3_780, 800];
/** 155.50: what the drawer holds without it. */
const countedPieces = [1, 1, 0, 0, 1, 0, 1, 0];

/** Words on screen and paper, in the shop's language. */
const words = {
  "zh-CN": { z: "Z 编号", expected: "应有现金", counted: "实点现金", payOut: "支出", drop: "缴存", copy: "副本" },
  en: {
    z: "Z number",
    expected: "Expected cash",
    counted: "Counted cash",
    payOut: "Paid out",
    drop: "Safe drops",
    copy: "COPY",
  },
} as const;

describe.each(["zh-CN", "en"] as const)("A shift with a swap in it, in %s", (locale) => {
  let shop: Shop;
  let till: TillUnderTest;
  beforeAll(async () => {
    shop = await openShop({ locale });
    till = await openTill({ dataDir: shop.dataDir });
  });
  afterAll(async () => {
    await till.close();
    await shop.close();
  });
  const pinOf = (id: string): Promise<string> => until(`the PIN of ${id}`, () => till.pins.get(id));
  const signIn = async (id: string): Promise<void> => {
    expect(await till.send("sign-in", { cashierId: id, pin: await pinOf(id) })).toMatchObject({ ok: true });
  };
  const approve = async (): Promise<void> => approveWith(till.page, await pinOf("manager-1"));

  /** The papers that came out whole and say this, as a person reads them. */
  async function papersWith(text: string): Promise<readonly (readonly string[])[]> {
    const printer = (await shop.control("GET", "/printer")) as PrinterState;
    return printer.papers
      .filter(({ complete }) => complete)
      .map(({ elements }) => plainLines(elements, 48))
      .filter((lines) => lines.some((line) => line.includes(text)));
  }

  async function sell(amountFen: number): Promise<void> {
    await till.send("add-open-price", { name: "杂项", priceFen: amountFen, barcode: null });
    await till.send("take-payment", {});
    expect(await till.send("pay-cash", { receivedFen: amountFen })).toMatchObject({ ok: true });
    await till.send("next-sale", {});
  }

  async function move(key: "F2" | "F3", yuan: string): Promise<void> {
    await till.page.keyboard.press(key);
    await type(till.page, yuan);
    await part(till.page, "reason-1").click();
    await till.page.keyboard.press("Enter");
    await approve();
    await until("the move is told", async () => (await part(till.page, "cash-move-told").innerText()) !== "");
  }

  it("opens with a float counted by denomination, by keys alone", async () => {
    await signIn("cashier-1");
    await part(till.page, "count-mode").click();
    await countPieces(till.page, floatPieces);
    await part(till.page, "empty-cart").waitFor();
    expect((await till.view()).shift).toMatchObject({ floatFen: 20_000 });
    expect(journalBodies(shop.dataDir, "shift-opened")).toMatchObject([{ floatPieces: [{ pieces: 1 }, {}, {}, {}] }]);
  });

  it("sells for cash, pays out, carries cash to the safe and opens the drawer without a sale", async () => {
    for (const amountFen of cashSalesFen) await sell(amountFen);
    await part(till.page, "empty-cart").waitFor();
    await chooseMore(till.page, "drawer");
    await part(till.page, "cash-move").waitFor();
    await move("F2", "15");
    await move("F3", "50");
    await till.page.keyboard.press("Escape");
    await part(till.page, "cash-move").waitFor({ state: "detached" });
    await till.page.keyboard.press("F9");
    await part(till.page, "no-sale").waitFor();
    await type(till.page, ["1", "Enter"]);
    await approve();
    const moves = journalBodies(shop.dataDir, "cash-moved");
    expect(moves).toMatchObject([
      { kind: "pay-out", amountFen: 1_500, approvedBy: "manager-1" },
      { kind: "safe-drop", amountFen: 5_000, approvedBy: "manager-1" },
    ]);
    expect(JSON.stringify(journalBodies(shop.dataDir, "drawer-opened"))).toContain('"reason":"no-sale"');
    await until("both slips are printed", async () => (await papersWith("15.00")).length > 0);
  });

  it("counts blind, twice, and names the sale that was booked as cash", async () => {
    const { page } = till;
    await chooseMore(page, "close-shift");
    await part(page, "piece-counter").waitFor();
    expect(await part(page, "close-shift").innerText()).not.toContain("193.30");
    await countPieces(page, countedPieces);
    await part(page, "count-again").waitFor();
    expect(await part(page, "close-shift").innerText()).not.toMatch(/193\.30|37\.80/);
    await countPieces(page, countedPieces);
    await part(page, "candidates").waitFor();
    expect(await part(page, "shift-difference").innerText()).toContain("37.80");
    const first = part(page, "candidate").first();
    expect(await first.getAttribute("data-kind")).toBe("booked-as-cash");
    expect(await first.innerText()).toContain("T01-000002");
    // It leads to the sale, and back.
    await first.getByTestId("candidate-sale").click();
    await part(page, "paper").waitFor();
    await page.keyboard.press("Escape");
    await part(page, "variance").waitFor();
    await part(page, "reason-2").click();
    await page.keyboard.press("Enter");
    await approve();
    await part(page, "shift-result").waitFor();
    expect((await till.view()).shift).toBeNull();
    expect(journalBodies(shop.dataDir, "drawer-counted")).toMatchObject([
      { number: 1, countedCashFen: 15_550, isFinal: false },
      { number: 2, countedCashFen: 15_550, isFinal: true },
    ]);
  });

  it("prints a Z with the figures of the journal", async () => {
    const [z] = await until("the Z is out", async () => {
      const papers = await papersWith(words[locale].z);
      return papers.length > 0 ? papers : null;
    });
    // Written down by the till, added up here.
    const sales = journalBodies(shop.dataDir, "sale-completed") as readonly Sale[];
    const moves = journalBodies(shop.dataDir, "cash-moved") as readonly CashMove[];
    const salesFen = sales.reduce((sum, { totalFen }) => sum + totalFen, 0);
    const outFen = moves.reduce((sum, { amountFen }) => sum + amountFen, 0);
    expect(20_000 + salesFen - outFen).toBe(19_330);
    const amountOf = (label: string): string | undefined =>
      z
        ?.findLast((line) => line.startsWith(label))
        ?.slice(label.length)
        .trim();
    expect({
      z: amountOf(words[locale].z),
      expected: amountOf(words[locale].expected),
      counted: amountOf(words[locale].counted),
      payOut: amountOf(words[locale].payOut),
      drop: amountOf(words[locale].drop),
    }).toEqual({ z: "T01-Z0001", expected: "193.30", counted: "155.50", payOut: "-15.00", drop: "-50.00" });
    expect(z?.some((line) => line.includes("-￥37.80"))).toBe(true);
    const [closed] = journalBodies(shop.dataDir, "shift-closed");
    expect(closed).toMatchObject({ z: { number: 1, before: { salesFen: 0 }, after: { salesFen } } });
  });

  it("is on the manager's page with its Z, its counts and the sale behind it, and is printed again as a copy", async () => {
    const { page } = till;
    await signIn("manager-1");
    await part(page, "open-shift").waitFor();
    await chooseMore(page, "manager");
    await part(page, "manager-shifts").click();
    await part(page, "paper").waitFor();
    expect(await part(page, "shift-count").count()).toBe(2);
    expect(await part(page, "recounted").getAttribute("data-agrees")).toBe("true");
    expect(await part(page, "candidate").first().innerText()).toContain("T01-000002");
    expect(await part(page, "shift-event").count()).toBeGreaterThanOrEqual(5);
    await part(page, "reprint-z").click();
    const { z, copy } = words[locale];
    const copies = await until("the copy is out", async () => {
      const papers = await papersWith(z);
      return papers.length > 1 ? papers : null;
    });
    const marked = copies.filter((lines) => lines.some((line) => line.includes(copy)));
    expect(marked).toHaveLength(1);
    const plain = copies.find((lines) => !marked.includes(lines));
    expect(marked[0]?.filter((line) => !line.includes(copy))).toEqual(plain);
  });
});
