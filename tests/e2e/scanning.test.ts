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

/** Pulls the trigger at a steady pace, on the clock and whatever the till is doing. */
function scanAtPace(codes: readonly string[]): Promise<void> {
  const beganAt = performance.now();
  let done = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      while (done < codes.length && performance.now() - beganAt >= done * betweenScansMs) {
        scanner.write(`${codes[done]}\r`);
        done += 1;
      }
      if (done < codes.length) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
}

/** Opens and closes one dialog after the other until told to end; keeps whatever was in a field of theirs. */
async function playWithDialogs(
  isEnough: () => boolean,
): Promise<{ readonly opened: number; readonly typed: readonly string[] }> {
  const typed: string[] = [];
  let opened = 0;
  for (const [key, dialog] of repeated([
    ["F12", "more"],
    ["F10", "rounding"],
    ["F3", "quantity"],
    ["F4", "discount"],
    ["F5", "hold"],
  ] as const)) {
    if (isEnough()) break;
    const before = await fieldTexts();
    await till.page.keyboard.press(key);
    await part(till.page, dialog).waitFor();
    opened += 1;
    typed.push(...(await fieldTexts()).filter((text) => !before.includes(text)));
    await till.page.keyboard.press("Escape");
    await part(till.page, dialog).waitFor({ state: "detached" });
  }
  return { opened, typed };
}

function* repeated<T>(values: readonly T[]): Generator<T> {
  for (;;) yield* values;
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
    await scansAnswered(1);
    let isScanned = false;
    const scanning = scanAtPace(items.map((item) => item.barcode)).then(() => (isScanned = true));
    const played = await playWithDialogs(() => isScanned);
    await scanning;
    await scansAnswered(31);

    const { lines, totalFen } = (await till.view()).sale;
    expect(lines.map((line) => [line.nameZh, line.quantity])).toEqual(
      items.map((item, at) => [item.zh, at === 0 ? 2_000 : 1_000]),
    );
    expect(totalFen).toBe(items.reduce((sum, item) => sum + item.priceFen, items[0]?.priceFen ?? 0));
    expect(played.opened).toBeGreaterThanOrEqual(5);
    // A dialog may show a quantity of its own, never a barcode.
    expect(played.typed.filter((text) => /\d{8}/.test(text))).toEqual([]);
    expect(await part(till.page, "total").getAttribute("data-fen")).toBe(String(totalFen));
  });

  it("merges what is scanned again into its line and keeps the order", async () => {
    const again = [items[4], items[2], items[4]].map((item) => item?.barcode ?? "");
    await scanAtPace(again);
    await scansAnswered(34);

    const { lines, pieceCount, currentLineId } = (await till.view()).sale;
    expect(lines.map((line) => line.nameZh)).toEqual(items.map((item) => item.zh));
    expect([lines[2]?.quantity, lines[4]?.quantity, pieceCount]).toEqual([2_000, 3_000, 34]);
    expect(currentLineId).toBe(lines[4]?.lineId);
  });

  it("says an unknown code out loud, adds nothing and holds up no further scan", async () => {
    await scanAtPace(["6999999999997", items[0]?.barcode ?? ""]);
    await scansAnswered(36);

    const notice = till.page.locator("[data-testid=notice][data-kind=unknown-barcode]");
    await notice.waitFor();
    expect(await notice.innerText()).toContain("6999999999997");
    const { lines } = (await till.view()).sale;
    expect([lines.length, lines[0]?.quantity]).toEqual([30, 3_000]);
  });
});
