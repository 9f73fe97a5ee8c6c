import type { Page } from "playwright";
import { openDatabases, openOfficeBench } from "#tests/support/office-bench.ts";
import { adminOf, adminPassword } from "#tests/support/office-browser.ts";
import { openWebPage } from "#tests/support/web-page.ts";
import { buildIfStale } from "../build.ts";
import { projectRoot } from "../electron-runtime.ts";
import { keepPicture } from "../pictures.ts";
import { openScreen } from "../screen.ts";
import { liveADay } from "./shop-day.ts";

// npm run screenshots:office: head office's page over three shops in the middle of a day, in both languages, at a desk's
// size and a phone's, into docs/images/office where a page shows them, else into out/pictures/office.

const sizes = [
  { width: 1_280, height: 800 },
  { width: 390, height: 844 },
];
const priceList = `商品编码,商品名称,条码,零售价,单位,分类
1001,可口可乐 500ml,6901234567892,3.50,瓶,饮料
1002,农夫山泉 550ml,6921168509256,2.00,瓶,饮料
1003,乐事薯片 原味 70g,,6.50,袋,零食
1004,红富士苹果,,12.98,公斤,生鲜
1005,旺旺雪饼,6903252713411,5.5,袋,零食
`;
const wrongList = `${priceList.replace("3.50", "3.80")}1008,康师傅红烧牛肉面,6920152414019,4.5,桶,方便食品
1006,奥利奥,6901668053015,三块五,袋,零食\n1007,,6901234567891,4.00,打,零食\n`;

if (process.env["NO_BUILD"] === undefined) await buildIfStale();
const screen = await openScreen();
Object.assign(process.env, screen.env);
const databases = await openDatabases("sqlite");
const bench = await openOfficeBench(await databases.create());
try {
  const admin = await adminOf(bench, bench.url);
  await liveADay(bench, admin);
  const file = { body: priceList, headers: { "content-type": "application/octet-stream" } };
  await admin.send("POST", "/shops/BJ01/imports?mode=all&name=list.csv", undefined, file);
  await admin.send("PUT", "/people/lin", { role: "viewer", isNew: true });
  await admin.send("PUT", "/shops/BJ01/people/c1", { name: "王芳", role: "cashier" });
  for (const locale of ["zh-CN", "en"] as const)
    for (const size of sizes) {
      const { page, close } = await openWebPage(bench.url, size);
      await shoot(page, locale, size);
      await close();
    }
} finally {
  await bench.close();
  await databases.close();
  screen.close();
}

async function shoot(page: Page, locale: "zh-CN" | "en", size: (typeof sizes)[number]): Promise<void> {
  const keep = async (name: string, isDark = false) => {
    await page.emulateMedia({ colorScheme: isDark ? "dark" : "light", reducedMotion: "reduce" });
    await page.evaluate(() => document.fonts.ready);
    keepPicture(projectRoot, `office/${name}.${locale}.${size.width}x${size.height}.png`, await page.screenshot());
  };
  const go = async (path: string) => {
    await page.goto(`${bench.url}/#/${path}`);
    await page.locator("h1").waitFor();
  };
  await page.locator("form").waitFor();
  await page.evaluate((language) => localStorage.setItem("tillway-office-language", language), locale);
  await page.reload();
  await page.locator("form").waitFor();
  await keep("sign-in");
  await page.locator("input").first().fill("admin");
  await page.locator("input").nth(1).fill(adminPassword);
  await page.keyboard.press("Enter");
  await page.locator(".office-table").first().waitFor();
  await keep("overview");
  await keep("overview-dark", true);

  await go("shops/BJ01");
  await page.locator(".office-table").first().waitFor();
  await keep("shop");
  await page.locator(".office-head button").last().click();
  await page.locator("form button[type=submit]").last().click();
  await page.locator(".office-code-large").waitFor();
  await keep("code");
  await page.keyboard.press("Escape");
  await shootRelay(page, keep);
  await page.locator(".office-actions button").nth(3).click();
  await page.locator(".mantine-Modal-content .office-table").waitFor();
  await keep("days");
  await page.keyboard.press("Escape");

  await go("sales");
  await page.locator(".office-table a").first().waitFor();
  await keep("sales");
  await page.locator(".office-table a").first().click();
  await page.locator(".office-total").waitFor();
  await keep("sale");

  await go("catalogue/BJ01");
  await page.locator(".office-table").waitFor();
  await keep("catalogue");
  await page.locator(".office-actions button").first().click();
  await page.locator(".mantine-Modal-content form").waitFor();
  await keep("item");
  await page.keyboard.press("Escape");
  await page.locator(".office-tools button").nth(1).click();
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "价格表.csv", mimeType: "text/csv", buffer: Buffer.from(wrongList) });
  await page.locator(".office-faults").waitFor();
  await keep("import");
  await page.keyboard.press("Escape");

  await go("reviews");
  await page.locator(".office-review").first().waitFor();
  await keep("reviews");
  await go("people");
  await page.locator(".office-list li").first().waitFor();
  await keep("people");
  // The browser keeps its cookie from one window to the next.
  await page.locator(".office-sign-out").click();
  await page.locator("form").waitFor();
}

/** Adding a relay, and the code by which the one that is there is let in anew. */
async function shootRelay(page: Page, keep: (name: string) => Promise<void>): Promise<void> {
  await page.locator(".office-head button").last().click();
  await page.locator(".mantine-SegmentedControl-label").last().click();
  await keep("add-relay");
  await page.keyboard.press("Escape");
  await page.locator(".office-relays .office-actions button").first().click();
  await page.locator("form button[type=submit]").last().click();
  await page.locator(".office-command").waitFor();
  await keep("code-relay");
  await page.keyboard.press("Escape");
}
