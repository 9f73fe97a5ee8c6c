import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import { readBooks } from "#tests/support/books.ts";
import { journalBodies } from "#tests/support/journal-bodies.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, ringUp, startTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { openPeoplePage } from "#tests/support/people-screens.ts";
import { until } from "#tests/support/poll.ts";
import { part, type } from "#tests/support/sale-screen.ts";
import { willChoose } from "#tests/support/set-up-wechat.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";
import { pictureIfWanted } from "#tests/support/wanted-pictures.ts";

const barcode = "6920536011247";
const priceFen = 280;
/** Copying, checking, reading back, on a machine where others work too. Milliseconds. */
const backupPatienceMs = 60_000;

describe.each(["zh-CN", "en"] as const)(
  "Backups and the way back, in %s",
  (locale: Locale) => {
    let shop: Shop;
    let till: TillUnderTest;
    let stick: string;
    const managerPin = (): string => till.pins.get("manager-1") ?? "";
    const backupsOnStick = (): readonly string[] =>
      readdirSync(stick)
        .filter((name) => name.endsWith(".tar"))
        .toSorted();

    /** The till ends by itself, as its service expects, and is started again by it. */
    const open = async (): Promise<void> => {
      till = await openTill({
        ...{ dataDir: shop.dataDir, args: ["--supervised"] },
        ...(till === undefined ? {} : { pins: till.pins }),
      });
      await part(till.page, "person").first().waitFor();
    };
    const startsAgain = async (): Promise<void> => {
      const child = till.app.process();
      await until("the till has ended", () => child.exitCode !== null || child.signalCode !== null, 30_000);
      await open();
    };
    const sell = async (count: number): Promise<void> => {
      for (let sold = 0; sold < count; sold += 1) {
        await ringUp(till, barcode);
        await till.send("take-payment", {});
        const paid = await till.send("pay-cash", { receivedFen: 1_000 });
        if (!paid.ok) throw new Error(JSON.stringify(paid.fault));
        await till.send("next-sale", {});
      }
    };
    const numbers = (): readonly string[] => readBooks(shop.dataDir).sales.map(({ saleNumber }) => saleNumber);
    const isWell = async (look: string): Promise<void> => {
      const { barriers, isTooWide } = await lookAt(till.page, look);
      expect({ barriers, isTooWide }).toEqual({ barriers: [], isTooWide: false });
      await pictureIfWanted(till.page, `backup/${look}.${locale}`);
    };

    beforeAll(async () => {
      stick = mkdtempSync(join(tmpdir(), "tillway-stick-"));
      shop = await openShop({ locale });
      await open();
      await beginSelling(till, "manager-1");
    }, 120_000);
    afterAll(async () => {
      await till?.close();
      await shop?.close();
      rmSync(stick, { recursive: true, force: true });
    });

    it("a manager is reminded, chooses a folder that takes files, and the first backup is made", async () => {
      const { page } = till;
      await sell(2);
      await openPeoplePage(page, "backup");
      await part(page, "backup-reminder").waitFor();
      await isWell("none");
      const inside = join(shop.dataDir, "inside");
      mkdirSync(inside);
      await willChoose(till, inside);
      await part(page, "backup-choose").click();
      await part(page, "trouble").waitFor();
      expect(backupsOnStick()).toEqual([]);
      await willChoose(till, stick);
      await part(page, "backup-choose").click();
      await until("the first backup", () => backupsOnStick().length === 1, backupPatienceMs);
      await until(
        "the page says so",
        async () => (await part(page, "backup-state").getAttribute("data-state")) === "good",
        backupPatienceMs,
      );
      await part(page, "backup-row").waitFor();
      await isWell("page");
      expect(journalBodies(shop.dataDir, "backup-made")).toMatchObject([{ why: "by-hand" }]);
    });

    it("closing a shift makes one, and a cashier has no business with any", async () => {
      const { page } = till;
      const closed = await till.send("close-shift", { countedCashFen: 20_000 + 2 * priceFen });
      expect(closed.ok).toBe(true);
      await until(
        "the backup of the shift",
        () => journalBodies(shop.dataDir, "backup-made").length === 2,
        backupPatienceMs,
      );
      expect(journalBodies(shop.dataDir, "backup-made").at(-1)).toMatchObject({ why: "shift-close", by: null });
      expect(backupsOnStick().length).toBeGreaterThanOrEqual(1);
      await part(page, "settings-leave").click();
      await till.send("sign-in", { cashierId: "cashier-1", pin: till.pins.get("cashier-1") ?? "" });
      expect(await till.send("examine-backup", { name: backupsOnStick().at(-1) ?? "" })).toMatchObject({
        ok: false,
        fault: { kind: "not-allowed" },
      });
      await beginSelling(till, "manager-1");
      await sell(3);
    });

    it("a restore says first what it brings and takes, and is by a manager's PIN", async () => {
      const { page } = till;
      const epochBefore = journalBodies(shop.dataDir, "epoch-opened").length;
      await openPeoplePage(page, "backup");
      await page
        .locator(`[data-testid=backup-row][data-name="${backupsOnStick().at(-1)}"]`)
        .getByTestId("backup-examine")
        .click();
      await part(page, "restore-page").waitFor({ timeout: backupPatienceMs });
      expect(await part(page, "restore-here").getAttribute("data-lost")).toBe("3");
      expect(await part(page, "restore-back").innerText()).toContain("T01-000006");
      await isWell("dry-run");
      await part(page, "restore").click();
      await part(page, "manager-pin").waitFor();
      await type(page, managerPin());
      await page.keyboard.press("Enter");
      await startsAgain();
      expect(numbers()).toEqual(["T01-000001", "T01-000002"]);
      expect(journalBodies(shop.dataDir, "epoch-opened").length).toBeGreaterThan(epochBefore);
      expect(journalBodies(shop.dataDir, "backup-restored")).toMatchObject([
        { by: "manager-1", setAside: { sales: 3 } },
      ]);
      const [aside = ""] = readdirSync(join(shop.dataDir, "set-aside"));
      expect(readBooks(join(shop.dataDir, "set-aside", aside)).sales).toHaveLength(5);
    });

    it("selling goes on with a number nobody had", async () => {
      await beginSelling(till, "manager-1");
      await sell(1);
      expect(numbers()).toEqual(["T01-000001", "T01-000002", "T01-000006"]);
    });

    it("a till whose books are damaged offers the backup in their place, and opens on it", async () => {
      await till.close();
      const file = join(shop.dataDir, "sales.db");
      for (const beside of ["-wal", "-shm"]) rmSync(file + beside, { force: true });
      writeFileSync(file, Buffer.alloc(65_536, "damaged"));
      const start = await startTill({ dataDir: shop.dataDir, args: ["--supervised"] });
      const pageOf = async () =>
        until("the fault's window", () => start.app.windows().find((one) => one.url().startsWith("data:text/html")));
      const page = await pageOf();
      const shown = (): string => decodeURIComponent(page.url());
      await until("a way back", () => shown().includes("door.invalid/choose"));
      const last = join(stick, backupsOnStick().at(-1) ?? "");
      await start.app.evaluate(({ dialog }, chosen) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
      }, last);
      await pictureIfWanted(page, `backup/start.${locale}`);
      await page.locator("a[href$='/choose']").click();
      await until("its figures", () => shown().includes("door.invalid/restore"), backupPatienceMs);
      expect(shown()).toContain("T01");
      await pictureIfWanted(page, `backup/start-dry-run.${locale}`);
      const child = start.app.process();
      await page.locator("a[href$='/restore']").click();
      await until("the till has ended", () => child.exitCode !== null || child.signalCode !== null, backupPatienceMs);
      await open();
      expect(numbers()).toEqual(["T01-000001", "T01-000002"]);
      await beginSelling(till, "manager-1");
      await sell(1);
      // Nobody could read which numbers were given, so it is far ahead.
      expect(Number(numbers().at(-1)?.slice(4))).toBeGreaterThan(1_000);
      const asides = readdirSync(join(shop.dataDir, "set-aside")).toSorted();
      expect(asides).toHaveLength(2);
      expect(readFileSync(join(shop.dataDir, "set-aside", asides.at(-1) ?? "", "sales.db")).includes("damaged")).toBe(
        true,
      );
      expect(existsSync(join(shop.dataDir, "restore.json"))).toBe(false);
    });
  },
  240_000,
);
