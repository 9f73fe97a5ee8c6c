import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import { fullDisk, hasBadDisks, openBadDisk, type BadDisk } from "#tests/support/bad-disk/bad-disk.ts";
import { moneyByPayment, readBooks } from "#tests/support/books.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { isRunning, processes } from "#tests/support/processes.ts";
import { linesOnScreen, moneyWord, part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { pictureIfWanted } from "#tests/support/wanted-pictures.ts";

const [cola, water] = ["6920536012350", "6920536011247"] as const;

let shop: Shop;
let disk: BadDisk;
let till: TillUnderTest;
let pins: ReadonlyMap<string, string>;

const notices = async (): Promise<readonly string[]> => (await till.view()).notices.map(({ kind }) => kind);
const soldFen = (): readonly number[] => readBooks(shop.dataDir).sales.map(({ totalFen }) => totalFen);

async function open(locale: Locale, args: readonly string[] = []): Promise<void> {
  shop.configure({ locale });
  till = await openTill({ dataDir: shop.dataDir, env: disk.env, args, pins });
  pins = till.pins;
}

/** The next start's arguments, as this process hands them on; the start itself is the test's. */
async function keepRelaunch(): Promise<() => Promise<readonly string[]>> {
  const child = till.app.process();
  await till.app.evaluate(({ app }) => {
    app.relaunch = (options) => console.log(`relaunch ${JSON.stringify(options?.args ?? [])}`);
  });
  return async () => {
    const said = await until(
      "the till asks to be started again",
      () => /^relaunch (\[.*\])$/m.exec(till.console())?.[1],
    );
    await until("it has ended", () => child.exitCode !== null || child.signalCode !== null);
    const args = JSON.parse(said) as string[];
    return args.filter((arg) => arg.startsWith("--after-disk-trouble"));
  };
}

if (!hasBadDisks) {
  it("bad disks are not tried where there is no C compiler on Linux", () => expect(hasBadDisks).toBe(false));
} else {
  beforeEach(async () => {
    shop = await openShop();
    pins = new Map();
    disk = openBadDisk();
  });
  afterEach(async () => {
    disk.refuse();
    await till.close();
    await shop.close();
    disk.close();
  });

  describe.each(["zh-CN", "en"] as const)("A disk that is full while the till sells, in %s", (locale) => {
    it("refuses what it cannot keep in clear words, keeps the cart, and takes the same sale once when there is room", async () => {
      await open(locale);
      await beginSelling(till);
      await ringUp(till, cola);
      await linesOnScreen(till.page, 1);
      disk.refuse(...fullDisk(shop.dataDir));

      expect(await till.send("scan", { text: water, by: "typed" })).toEqual({
        ok: false,
        fault: { kind: "disk-full" },
      });
      const strip = part(till.page, "notice");
      await strip.first().waitFor();
      const words = (await strip.allInnerTexts()).join("\n");
      expect(words).toContain(
        locale === "en" ? "The disk is full; the last action was not saved" : "硬盘已满，刚才的操作没有保存",
      );
      expect(words).toContain(locale === "en" ? "delete files nobody needs" : "腾出空间");
      await pictureIfWanted(till.page, `faults/disk-full.${locale}`);
      const look = await lookAt(till.page, "disk full");
      expect([look.barriers, look.isTooWide]).toEqual([[], false]);

      // Neither a line nor money is taken that the disk has not; what the screen had, it has.
      await linesOnScreen(till.page, 1);
      await till.page.keyboard.press("Space");
      await part(till.page, "payment").waitFor();
      for (let press = 0; press < 3; press += 1) await till.page.keyboard.press("+");
      await until("it was said again", async () => (await notices()).includes("disk-full"));
      expect(await moneyWord(till.page)).toBe(null);
      expect(soldFen()).toEqual([]);
      await pictureIfWanted(till.page, `faults/disk-full-paying.${locale}`);
      expect(disk.hits()).toBeGreaterThan(3);

      disk.refuse();
      await till.page.keyboard.press("+");
      await until("the same sale is paid", async () => (await moneyWord(till.page)) === "paid");
      expect(soldFen()).toEqual([350]);
      expect(await notices()).not.toContain("disk-full");
      // The log was on the same disk: it was silent, and goes on.
      await till.send("next-sale", {});
      await ringUp(till, water);
      await till.send("take-payment", {});
      expect(await till.send("pay-cash", { receivedFen: 280 })).toMatchObject({ ok: true });
      expect(soldFen()).toEqual([350, 280]);
    });
  });

  describe("A disk that fails", () => {
    it("to sync a sale's commit: nothing is called paid, the till starts again by itself, and the sale is in once", async () => {
      await open("zh-CN");
      await beginSelling(till);
      await ringUp(till, cola);
      const relaunched = await keepRelaunch();
      await till.send("take-payment", {});
      disk.refuse({ call: "sync", of: "sales.db-wal", errno: "EIO", times: 1 });
      expect(await till.send("pay-cash", { receivedFen: 350 })).toEqual({
        ok: false,
        fault: { kind: "storage-trouble" },
      });
      expect(disk.hits()).toBe(1);
      expect(await moneyWord(till.page)).toBe(null);
      expect(await notices()).toEqual(expect.arrayContaining(["storage-trouble", "disk-restart"]));
      await part(till.page, "notice").first().waitFor();
      await pictureIfWanted(till.page, "faults/disk-failed.zh-CN");
      const told = await relaunched();
      expect(told).toHaveLength(1);
      disk.refuse();

      await open("zh-CN", told);
      expect(await notices()).toContain("disk-checked");
      await pictureIfWanted(till.page, "faults/disk-checked.zh-CN");
      await beginSelling(till);
      if (soldFen().length === 0) {
        await linesOnScreen(till.page, 1);
        await till.send("take-payment", {});
        await till.send("pay-cash", { receivedFen: 350 });
      }
      expect(soldFen()).toEqual([350]);
    });

    it("ends its process, and the one that comes by itself knows why and has the till's folder", async () => {
      await open("zh-CN");
      await beginSelling(till);
      const before = till.app.process().pid ?? 0;
      disk.refuse({ call: "sync", of: "sales.db-wal", errno: "EIO", times: 1 });
      expect(await till.send("scan", { text: cola, by: "typed" })).toMatchObject({ ok: false });
      disk.refuse();
      const next = await until("another process of this till", () =>
        processes().find(({ pid, commandLine }) => {
          const isMain = commandLine.includes(`--data-dir ${shop.dataDir}`) && !commandLine.includes("--type=");
          return isMain && pid !== before && commandLine.includes("--after-disk-trouble=");
        }),
      );
      try {
        // A link to the machine's name and the pid; none between the two processes.
        const locks = () => readdirSync(shop.dataDir).filter((name) => name === "SingletonLock");
        await until("it has the folder", () =>
          locks().some((name) => readlinkSync(join(shop.dataDir, name)).endsWith(`-${next.pid}`)),
        );
        expect(isRunning(before)).toBe(false);
        process.kill(next.pid, "SIGTERM");
        await until("it has ended in order", () => !isRunning(next.pid));
      } finally {
        if (isRunning(next.pid)) process.kill(next.pid, "SIGKILL");
      }
    });

    it("again right after that start: it says so and stays, instead of starting again and again", async () => {
      await open("en", [`--after-disk-trouble=${Date.now()}`]);
      await beginSelling(till);
      await till.app.evaluate(({ app }) => {
        app.relaunch = () => console.log("relaunch []");
      });
      disk.refuse({ call: "write", of: "sales.db-wal", errno: "EIO" });
      expect(await till.send("scan", { text: cola, by: "typed" })).toEqual({
        ok: false,
        fault: { kind: "storage-trouble" },
      });
      expect(await notices()).toEqual(["storage-trouble"]);
      await part(till.page, "notice").first().waitFor();
      await pictureIfWanted(till.page, "faults/disk-failed-again.en");
      expect(till.console()).not.toContain("relaunch");
      const log = readFileSync(join(shop.dataDir, "logs", "till.log"), "utf8");
      expect(log).toContain("SQLITE_IOERR_WRITE");
    });

    it("while a customer's money is on its way: it is booked once, by the next start, to the fen", async () => {
      await open("zh-CN");
      await beginSelling(till);
      await ringUp(till, cola);
      await till.send("take-payment", {});
      const relaunched = await keepRelaunch();
      await till.send("show-qr", { amountFen: null });
      await until("the QR is there", async () => (await till.view()).payment?.attempt?.phase === "qr-shown");
      const { codeUrl } = (await till.view()).payment?.attempt ?? {};
      await shop.control("POST", "/wallet/scan-qr", { codeUrl });
      disk.refuse({ call: "sync", of: "sales.db-wal", errno: "EIO", times: 1 });
      await shop.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
      const told = await relaunched();
      disk.refuse();
      await open("zh-CN", told);
      await until("the payment is booked", () => soldFen().length === 1);
      const { charged, booked } = await moneyByPayment(shop);
      expect(booked).toEqual(charged);
      expect(soldFen()).toEqual([350]);
    });
  });
}
