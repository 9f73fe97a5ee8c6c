import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { moneyByPayment } from "#tests/support/books.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { moneyWord, part } from "#tests/support/sale-screen.ts";
import { enterPapers, openSettings, papersOf, verdictOf } from "#tests/support/set-up-wechat.ts";
import { customerWill, scan } from "#tests/support/shop-day.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

let shop: Shop;
let till: TillUnderTest;
beforeAll(async () => {
  shop = await openShop({ wechatPay: undefined });
  till = await openTill({ dataDir: shop.dataDir });
});
afterAll(async () => {
  await till.close();
  await shop.close();
});
const shots = process.env["SHOTS"];
async function shoot(name: string) {
  if (shots === undefined) return;
  for (const [w, h] of [[1280, 800], [1920, 1080], [1024, 768]] as const) {
    await till.page.setViewportSize({ width: w, height: h });
    await till.page.screenshot({ path: join(shots, `${name}.${w}.png`), animations: "disabled", caret: "hide" });
  }
  await till.page.setViewportSize({ width: 1280, height: 800 });
}

describe("x", () => {
  it("y", async () => {
    await beginSelling(till, "manager-1");
    for (const locale of ["zh-CN", "en"] as const) {
      await till.send("set-locale", { locale });
      await openSettings(till.page);
      await shoot(`none.${locale}`);
      await part(till.page, "setup-begin").click();
      await shoot(`step0.${locale}`);
      await enterPapers(till, papersOf(shop), (step) => shoot(`${step}.${locale}`));
      await shoot(`test-before.${locale}`);
      expect(await verdictOf(till.page)).toBe("ok");
      await shoot(`test.${locale}`);
      if (locale === "zh-CN") {
        await till.send("setup-discard", {});
        await till.page.reload();
        await part(till.page, "empty-cart").waitFor();
      }
    }
    await part(till.page, "setup-save").click();
    await part(till.page, "setup-done").waitFor();
    await shoot("saved.en");
    await till.send("set-locale", { locale: "zh-CN" });
    await shoot("saved.zh-CN");
    console.log(readFileSync(join(shop.dataDir, "terminal.json"), "utf8"));
    console.log(readdirSync(shop.dataDir));
  }, 300_000);
});
