import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ScreenSeen } from "./every-screen.ts";
import type { TillUnderTest } from "./open-till.ts";
import { part } from "./sale-screen.ts";
import { willChoose } from "./set-up-wechat.ts";

/** A list as a manager brings it: new goods, another price, a new category, and every common mistake once. */
export const listWithFaults = `货号,名称,英文名称,分类,单位,售价,条码
A-1001,香草茶,Vanilla tea,饮料,瓶,6.50,6901234567892
A-1002,薄荷茶,Mint tea,节日,瓶,7.20,
A-1003,青柠茶,Lime tea,饮料,打,7.20,
A-1004,,Nameless,饮料,瓶,7.20,
A-1005,柠檬茶,Lemon tea,饮料,瓶,三块五,6901234567893
A-1001,又一个香草茶,Again,饮料,瓶,6.50,
A-1006,=1+2,Formula,饮料,瓶,6.50,
A-1007,"没关的引号,Open,饮料,瓶,6.50,
A-1008,茉莉茶,Jasmine tea,节日,瓶,5,
`;

/** From the sale screen to the page of goods, by the manager's page. */
export async function openGoods({ page }: TillUnderTest): Promise<void> {
  // A key before there is a screen to hear it is lost.
  await part(page, "key-F12").waitFor();
  await page.keyboard.press("F12");
  await part(page, "more-manager").click();
  await part(page, "manager-goods").click();
  await part(page, "goods-row").first().waitFor();
}

/** Walks the page of goods on a till without head office whose manager is signed in with a shift open. */
export async function* goodsScreens(till: TillUnderTest, dataDir: string): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await openGoods(till);
  yield { name: "goods", page };
  await part(page, "goods-row").first().click();
  await part(page, "item-nameZh").waitFor();
  yield { name: "goods-item", page };
  await part(page, "goods-new").click();
  await part(page, "item-save").click();
  await part(page, "item-editor").locator("[aria-invalid=true]").first().waitFor();
  yield { name: "goods-new-wrong", page };
  await part(page, "item-close").click();
  await part(page, "goods-categories").click();
  await part(page, "category").first().waitFor();
  yield { name: "goods-categories", page };
  await page.keyboard.press("Escape");
  await part(page, "categories").waitFor({ state: "detached" });
  await part(page, "goods-export").click();
  await part(page, "export-csv").waitFor();
  yield { name: "goods-export", page };
  await page.keyboard.press("Escape");
  await part(page, "goods-export-dialog").waitFor({ state: "detached" });
  yield* importing(till, dataDir);
  await page.keyboard.press("Escape");
  await part(page, "goods").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await part(page, "manager").waitFor({ state: "detached" });
}

async function* importing(till: TillUnderTest, dataDir: string): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await part(page, "goods-import").click();
  await part(page, "import-begin").waitFor();
  yield { name: "goods-import", page };
  const odd = join(dataDir, "..", "odd-2.csv");
  writeFileSync(odd, "甲,乙,丙\nX-1,香草茶,8.5\n");
  await willChoose(till, odd);
  await part(page, "import-choose").click();
  await part(page, "column-price").waitFor();
  yield { name: "goods-import-columns", page };
  const list = join(dataDir, "..", "list-1.csv");
  writeFileSync(list, listWithFaults);
  await willChoose(till, list);
  await part(page, "import-choose").click();
  await part(page, "import-fault").first().waitFor();
  yield { name: "goods-import-checked", page };
  await part(page, "import-apply").click();
  await part(page, "import-applied").waitFor();
  yield { name: "goods-import-done", page };
  await part(page, "import-done").click();
  await part(page, "goods-row").first().waitFor();
}
