import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readBooks } from "#tests/support/books.ts";
import { type HeadOfficeProcess, openHeadOfficeProcess } from "#tests/support/head-office-process.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { linesOnScreen, moneyWord, part, totalOnScreen } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

let office: HeadOfficeProcess;
let shops: readonly Shop[] = [];
let [a, b]: TillUnderTest[] = [];

/** A till with its own files and devices; head office's process keeps its database in the first one's folder. */
async function openShops(): Promise<void> {
  const first = await openShop();
  office = await openHeadOfficeProcess(first.dataDir);
  shops = [first, await openShop()];
  const headOffice = { url: `http://127.0.0.1:${office.port}` };
  shops.forEach((shop, index) => shop.configure({ terminalId: `T0${index + 1}`, headOffice }));
  await office.command("shop", "--store", "S01", "--name-zh", "人民路店", "--name-en", "Renmin Road");
}

async function openOne(index: number): Promise<TillUnderTest> {
  const till = await openTill({ dataDir: shops[index]!.dataDir });
  await beginSelling(till, "manager-1");
  const code = await office.command("enrol-code", "--store", "S01", "--terminal", `T0${index + 1}`);
  expect(await till.send("enrol", { code })).toMatchObject({ ok: true });
  return till;
}

beforeAll(async () => {
  await openShops();
  a = await openOne(0);
  b = await openOne(1);
}, 120_000);

afterAll(async () => {
  await a?.close();
  await b?.close();
  await office.kill();
  for (const shop of shops) await shop.close();
});

const sharedRows = (till: TillUnderTest) => part(till.page, "shared-held-sale");

async function holdForAll(till: TillUnderTest, note: string): Promise<void> {
  await till.page.keyboard.press("F5");
  await until("the dialog asks for a note", () => part(till.page, "hold").isVisible());
  await till.page.keyboard.type(note);
  await till.page.keyboard.press("F5");
  await linesOnScreen(till.page, 0);
}

async function openList(till: TillUnderTest): Promise<void> {
  await till.page.keyboard.press("F6");
  await part(till.page, "held").waitFor();
}

describe("Two tills of a shop", () => {
  it("pass a held sale from one to the other by keys alone: held at A, taken and paid at B, and A cannot any more", async () => {
    await ringUp(a!, "6920536012350", "6910111010871");
    await linesOnScreen(a!.page, 2);
    const total = await totalOnScreen(a!.page);
    await holdForAll(a!, "red coat");
    await until("it has left A's own list", async () => (await a!.view()).held.length === 0);
    await openList(a!);
    await until("A lists it for every till", async () => (await sharedRows(a!).count()) === 1);
    expect(await sharedRows(a!).first().textContent()).toContain("T01");

    await openList(b!);
    await until("B lists it too", async () => (await sharedRows(b!).count()) === 1);
    expect(await sharedRows(b!).first().textContent()).toContain("red coat");
    const look = await lookAt(b!.page);
    expect([look.barriers, look.isTooWide]).toEqual([[], false]);
    const listed = await a!.send("shared-held", {});
    const giveId = listed.ok ? (listed.value.sales[0]?.giveId ?? "") : "";

    await b!.page.keyboard.press("Enter");
    await linesOnScreen(b!.page, 2);
    expect(await totalOnScreen(b!.page)).toBe(total);
    expect(await a!.send("take-held-sale", { giveId })).toEqual({
      ok: false,
      fault: { kind: "held-taken-by", terminalId: "T02" },
    });
    await until("it is gone from A's screen", async () => (await sharedRows(a!).count()) === 0);
    await a!.page.keyboard.press("Escape");

    await b!.page.keyboard.press("Space");
    await part(b!.page, "cash-quick").first().click();
    await until("it is paid at B", async () => (await moneyWord(b!.page)) === "paid");
    await b!.page.keyboard.press("Space");
    await part(b!.page, "done").waitFor({ state: "detached" });
    expect(readBooks(shops[0]!.dataDir).sales).toEqual([]);
    expect(readBooks(shops[1]!.dataDir).sales.map(({ totalFen }) => totalFen)).toEqual([total]);
  }, 120_000);

  it("keep a sale where it is while head office is away, say so, and pass it on when it is back", async () => {
    await office.kill();
    await ringUp(a!, "6920536011247");
    await holdForAll(a!, "");
    const trouble = a!.page.getByText("连不上总部和店内中继");
    await until("A says that it stays here", () => trouble.first().isVisible());
    await openList(a!);
    await until("it is held at A", async () => (await part(a!.page, "held-sale").count()) === 1);
    await until("A says that the list may not be whole", () => a!.page.getByText("可能没有列全").isVisible());
    const look = await lookAt(a!.page);
    expect([look.barriers, look.isTooWide]).toEqual([[], false]);

    await office.start();
    await part(a!.page, "held-give").click();
    await until("it is everybody's now", async () => (await part(a!.page, "held-sale").count()) === 0);
    await until("A lists it for every till", async () => (await sharedRows(a!).count()) === 1);
    // What lies at head office outlives its power cut.
    await office.kill();
    await office.start();
    await openList(b!);
    await until("B lists it", async () => (await sharedRows(b!).count()) === 1);
    await b!.page.keyboard.press("1");
    await linesOnScreen(b!.page, 1);
  }, 120_000);
});
