import { cpSync, rmSync } from "node:fs";
import { demoItems } from "./demo-items.ts";
import { beginSelling, openTill, type TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { openPty, type Pty } from "./pty.ts";
import { pickOne, type Random, seededRandom } from "./random.ts";
import { openShop, type Shop } from "./shop.ts";

/** One of a shop's counters: a till in real Electron, its scanner on a serial line, and somebody who rings up. */
export interface Counter {
  readonly shop: Shop;
  /** The till as it runs now; another one after `startAgain`. */
  readonly till: TillUnderTest;
  /** Signs in, and opens a shift where none is open; rings up as soon as the scanner is there. */
  begin(): Promise<void>;
  /** Rings sales up for cash by scanner and keys, through the window; answers what each came to, in fen. */
  sell(count: number): Promise<readonly number[]>;
  /** SIGKILL, then another start of the same data directory, with `meanwhile` between them. */
  startAgain(meanwhile?: () => void): Promise<void>;
  /** The disk as it is now, with the till ended in order; it is started again. `restore` puts it back. */
  takeImage(): Promise<DiskImage>;
  close(): Promise<void>;
}

export interface DiskImage {
  /** Puts the image in the place of the data directory; the till must not run. */
  restore(): void;
}

const items = demoItems(30).map(({ barcode }) => barcode);

/** @param seed of what the customers buy */
export async function openCounter(terminalId: string, officeUrl: string, seed: number): Promise<Counter> {
  const scanner = await openPty(`scanner-${terminalId}`);
  const transport = { kind: "serial", path: scanner.path } as const;
  const shop = await openShop({
    ...{ terminalId, headOffice: { url: officeUrl } },
    devices: { scanners: [{ id: "scanner-1", transport }] },
  });
  const random = seededRandom(seed);
  const image = `${shop.dataDir}-image`;
  let till = await openTill({ dataDir: shop.dataDir });

  async function open(): Promise<void> {
    till = await openTill({ dataDir: shop.dataDir, pins: till.pins });
  }
  return {
    shop,
    get till() {
      return till;
    },
    async begin() {
      await beginSelling(till, "manager-1");
      await until("the scanner is connected", async () =>
        (await till.view()).status.devices.some(({ state }) => state === "ready"),
      );
    },
    async sell(count) {
      const totals: number[] = [];
      for (let sold = 0; sold < count; sold += 1) totals.push(await sellOne(till, scanner, random));
      return totals;
    },
    async startAgain(meanwhile = () => {}) {
      await till.kill();
      meanwhile();
      await open();
    },
    async takeImage() {
      await till.close();
      cpSync(shop.dataDir, image, { recursive: true });
      await open();
      return {
        restore() {
          rmSync(shop.dataDir, { recursive: true, force: true });
          cpSync(image, shop.dataDir, { recursive: true });
        },
      };
    },
    async close() {
      await till.close();
      await scanner.unplug();
      await shop.close();
    },
  };
}

/** Scan, space, the key for "exactly": each as soon as the window shows that the one before was taken. */
async function sellOne(till: TillUnderTest, scanner: Pty, random: Random): Promise<number> {
  const before = (await onScreen(till)).saleNumber;
  scanner.write(`${pickOne(random, items)}\r`);
  const { totalFen } = await until("the item is in the cart", async () => {
    const screen = await onScreen(till);
    return screen.lines === 1 && screen.saleNumber === null ? screen : null;
  });
  await till.page.keyboard.press("Space");
  await until("the payment is open", async () => (await onScreen(till)).isPaying);
  await till.page.keyboard.press("+");
  await until("it is paid", async () => {
    const { saleNumber } = await onScreen(till);
    return saleNumber !== null && saleNumber !== before;
  });
  return totalFen;
}

/** What the cashier goes by, in one look at the window. */
function onScreen(till: TillUnderTest) {
  return till.page.evaluate(() => {
    const part = (name: string) => document.querySelector<HTMLElement>(`[data-testid=${name}]`);
    const done = part("done");
    return {
      lines: document.querySelectorAll("[data-testid=cart-line]").length,
      totalFen: Number(part("total")?.dataset["fen"]),
      isPaying: part("payment") !== null && done === null,
      saleNumber: done === null ? null : (part("sale-number")?.textContent ?? null),
    };
  });
}
