import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { demoItems } from "#tests/support/demo-items.ts";
import { until } from "#tests/support/poll.ts";
import { openPty, type Pty } from "#tests/support/pty.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

const scansPerSecond = 20;
const betweenScansMs = 1_000 / scansPerSecond;
const items = demoItems(30);

let shop: Shop;
let scanner: Pty;
let till: TillUnderTest;
/** Scans so far, known items and unknown ones. */
let scanCount = 0;

beforeAll(async () => {
  scanner = await openPty("scanner");
  const transport = { kind: "serial", path: scanner.path } as const;
  shop = await openShop({ devices: { scanners: [{ id: "scanner-1", transport }] } });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till);
  await until("the scanner is connected", async () =>
    (await till.view()).status.devices.some((one) => one.state === "ready"),
  );
});

afterAll(async () => {
  await till.close();
  await scanner.unplug();
  await shop.close();
});

/**
 * Pulls the trigger at a steady pace, on the clock and whatever the till is doing: all codes once, and again from the
 * first until it is enough. Answers how often each was scanned; a round that was begun is finished.
 */
function scanAtPace(codes: readonly string[], isEnough = (): boolean => true): Promise<number> {
  const beganAt = performance.now();
  let done = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      while (performance.now() - beganAt >= done * betweenScansMs) {
        if (done > 0 && done % codes.length === 0 && isEnough()) {
          clearInterval(timer);
          resolve(done / codes.length);
          return;
        }
        scanner.write(`${codes[done % codes.length]}\r`);
        done += 1;
      }
    }, 1);
  });
}

/** Opens and closes one dialog after the other; answers what stood in the fields that came with them. */
async function playWithDialogs(): Promise<readonly string[]> {
  const typed: string[] = [];
  for (const [key, dialog] of [
    ["F12", "more"],
    ["F10", "rounding"],
    ["F3", "quantity"],
    ["F4", "discount"],
    ["F5", "hold"],
  ] as const) {
    const before = await fieldTexts();
    await till.page.keyboard.press(key);
    await part(till.page, dialog).waitFor();
    typed.push(...(await fieldTexts()).filter((text) => !before.includes(text)));
    await till.page.keyboard.press("Escape");
    await part(till.page, dialog).waitFor({ state: "detached" });
  }
  return typed;
}

function fieldTexts(): Promise<readonly string[]> {
  return till.page.evaluate(() =>
    [...document.querySelectorAll("input, textarea")].map((field) => (field as HTMLInputElement).value),
  );
}

async function scansAnswered(count: number): Promise<void> {
  await until(
    `${count} scans are answered`,
    async () => Number(await part(till.page, "cart").getAttribute("data-scan-count")) >= count,
  );
}

describe("A serial scanner at 20 scans a second", () => {
  it("gets 30 items into the cart, in order, while dialogs open and close", async () => {
    // One item is there before, so that the dialogs about a line have one.
    scanner.write(`${items[0]?.barcode}\r`);
    await scansAnswered((scanCount += 1));
    // The scanner goes on until every dialog was open and closed again, however long this machine takes for that.
    let isPlayed = false;
    const scanning = scanAtPace(
      items.map((item) => item.barcode),
      () => isPlayed,
    );
    const typed = await playWithDialogs().finally(() => (isPlayed = true));
    const rounds = await scanning;
    scanCount += rounds * items.length;
    await scansAnswered(scanCount);

    const { lines, totalFen } = (await till.view()).sale;
    expect(lines.map((line) => [line.nameZh, line.quantity])).toEqual(
      items.map((item, at) => [item.zh, (at === 0 ? rounds + 1 : rounds) * 1_000]),
    );
    const roundFen = items.reduce((sum, item) => sum + item.priceFen, 0);
    expect(totalFen).toBe(rounds * roundFen + (items[0]?.priceFen ?? 0));
    // A dialog may show a quantity of its own, never a barcode.
    expect(typed.filter((text) => /\d{8}/.test(text))).toEqual([]);
    expect(await part(till.page, "total").getAttribute("data-fen")).toBe(String(totalFen));
  });

  it("merges what is scanned again into its line and keeps the order", async () => {
    const before = (await till.view()).sale.lines.map((line) => line.quantity);
    const again = [items[4], items[2], items[4]].map((item) => item?.barcode ?? "");
    await scanAtPace(again);
    await scansAnswered((scanCount += 3));

    const { lines, pieceCount, currentLineId } = (await till.view()).sale;
    expect(lines.map((line) => line.nameZh)).toEqual(items.map((item) => item.zh));
    expect(lines.map((line) => line.quantity)).toEqual(
      before.map((quantity, at) => quantity + (at === 4 ? 2_000 : at === 2 ? 1_000 : 0)),
    );
    expect(pieceCount).toBe(scanCount);
    expect(currentLineId).toBe(lines[4]?.lineId);
  });

  it("says an unknown code out loud, adds nothing and holds up no further scan", async () => {
    const before = (await till.view()).sale.lines.map((line) => line.quantity);
    await scanAtPace(["6999999999997", items[0]?.barcode ?? ""]);
    await scansAnswered((scanCount += 2));

    const notice = till.page.locator("[data-testid=notice][data-kind=unknown-barcode]");
    await notice.waitFor();
    expect(await notice.innerText()).toContain("6999999999997");
    const { lines } = (await till.view()).sale;
    expect(lines.map((line) => line.quantity)).toEqual(before.map((quantity, at) => quantity + (at === 0 ? 1_000 : 0)));
  });
});
