import { AxeBuilder } from "@axe-core/playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPasswords } from "#headoffice/admin/passwords.ts";
import { makeFirstAdmin } from "#headoffice/admin/people.ts";
import { openDatabases, openOfficeBench, type Databases, type OfficeBench } from "#tests/support/office-bench.ts";
import { officeTill } from "#tests/support/office-till.ts";
import { until } from "#tests/support/poll.ts";
import { pictureIfWanted } from "#tests/support/wanted-pictures.ts";
import { openWebPage, type WebPage } from "#tests/support/web-page.ts";

let databases: Databases;
let bench: OfficeBench;
let browser: WebPage;
let oneTime: string;

beforeAll(async () => {
  databases = await openDatabases("sqlite");
  bench = await openOfficeBench(await databases.create());
  oneTime = (await makeFirstAdmin(bench.office.sql, createPasswords(), bench.now())) ?? "";
  browser = await openWebPage(bench.url, { width: 1_280, height: 800 });
});
afterAll(async () => {
  await browser?.close();
  await bench?.close();
  await databases?.close();
});

const password = "a good long password";
const list = `商品编码,商品名称,条码,售价
1001,可口可乐,6901234567892,3.50
1002,雪碧,6901234567893,3.50
1003,乐事薯片,,6.5
`;

test("the first admin signs in, adds a shop, lets a till in by a code, imports a list and sees its wrong row", async () => {
  const { page } = browser;
  const field = (name: string) => page.getByRole("textbox", { name, exact: true });
  const complaints: string[] = [];
  page.on("console", (message) => {
    // The first question is whether somebody is signed in: 401 says no.
    if (message.type() === "error" && !message.text().includes("401")) complaints.push(message.text());
  });
  await page.locator("form").waitFor();
  await page.evaluate(() => localStorage.setItem("tillway-office-language", "en"));
  await page.reload();

  await field("User name").fill("admin");
  await field("Password").fill("not this one");
  await page.keyboard.press("Enter");
  await page.getByText("The name or password is wrong.").waitFor();
  await field("Password").fill(oneTime);
  await page.keyboard.press("Enter");

  await page.getByRole("heading", { name: "Set a new password" }).waitFor();
  await field("One-time password").fill(oneTime);
  await field("New password").fill(password);
  await field("New password again").fill(password);
  await page.keyboard.press("Enter");

  await page.getByRole("button", { name: "Add shop" }).click();
  await field("Shop code").fill("sh01");
  await field("Chinese name").fill("静安店");
  await field("English name").fill("Jing'an");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Jing'an" }).waitFor();

  await page.getByRole("button", { name: "Add till or relay" }).click();
  await page.getByRole("button", { name: "Make code" }).click();
  const code = await page.locator("output").innerText();
  await page.getByText(/Good for (?:10:00|9:\d\d)/).waitFor();
  const till = officeTill({ url: bench.url, now: () => bench.now(), storeCode: "SH01", terminalId: "T01" });
  expect((await till.enrol(code.replace("-", ""))).status).toBe(201);
  await page.getByText("Till SH01-T01 is enrolled.").waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("row", { name: /T01 Online/ }).waitFor();

  await page.getByRole("link", { name: "Catalogue" }).click();
  await page.getByRole("combobox").click();
  await page.getByRole("option", { name: /SH01/ }).click();
  await page.getByRole("button", { name: "Import" }).click();
  const file = { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(list) };
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("heading", { name: "1 row is wrong" }).waitFor();
  const wrongRow = page.getByRole("row", { name: /^3 Barcode 6901234567893/ });
  expect(await wrongRow.innerText()).toContain("The check digit is wrong: compare it with the pack");
  await page.getByRole("button", { name: "Import only the 2 right rows" }).click();
  await page.getByText("Imported: 2 rows new or changed").waitFor();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("row", { name: /可口可乐.*¥3\.50/ }).waitFor();
  expect(await page.getByRole("row").count()).toBe(3);

  const rows = await till.request("GET", "/v1/feed/catalog?after=0&limit=1000");
  expect(rows.json).toMatchObject({ liveCount: 3, rows: [{ kind: "category" }, { id: "1001" }, { id: "1003" }] });
  expect(complaints.filter((text) => !text.includes("403"))).toEqual([]);
});

test.each([
  ["en", "Open price", "Lowest price (empty: none)", "Highest price (empty: none)", "The highest price is below"],
  ["zh-CN", "开放价", "最低价（不限可留空）", "最高价（不限可留空）", "最高价低于最低价"],
])(
  "an item is given an open price on the page in %s, and the till hears of it",
  async (locale, name, min, max, crossed) => {
    const { page } = browser;
    const save = () => page.locator(".office-form button[type=submit]").click();
    await page.evaluate((language) => localStorage.setItem("tillway-office-language", language), locale);
    await page.goto(`${bench.url}/#/catalogue/SH01`);
    await page.reload();
    const row = page.getByRole("row", { name: /可口可乐/ });
    await row.getByRole("button").click();
    await page.getByRole("switch", { name }).check();
    await page.getByRole("textbox", { name: min }).fill("5");
    await page.getByRole("textbox", { name: max }).fill("4.99");
    await page.getByText(crossed).waitFor();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(".mantine-Modal-body").analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    await pictureIfWanted(page, `office/open-price.${locale}.1280x800`);
    await save();
    await page.getByRole("alert").getByText(/./).waitFor();
    await page.getByRole("textbox", { name: max }).fill("200");
    await save();
    await page.locator(".office-form").waitFor({ state: "detached" });
    await row.filter({ hasText: name }).waitFor();
    const openPrice = async () =>
      (await bench.office.sql.rows<{ value: string }>("SELECT value FROM feed_rows WHERE id = '1001'")).map(
        ({ value }) => (JSON.parse(value) as { readonly openPrice?: unknown }).openPrice,
      );
    expect(await openPrice()).toEqual([{ minFen: 500, maxFen: 20_000 }]);
    await row.getByRole("button").click();
    expect(await page.getByRole("textbox", { name: max }).inputValue()).toBe("200.00");
    await page.getByRole("switch", { name }).uncheck();
    await save();
    await row.filter({ hasText: "3.50" }).waitFor();
    expect(await openPrice()).toEqual([undefined]);
  },
);

test("a relay is let in by a code of its own, refused a till's name in words, and stands apart from the tills", async () => {
  const { page } = browser;
  const field = page.getByRole("textbox", { name: "Relay name" });
  await page.evaluate(() => localStorage.setItem("tillway-office-language", "en"));
  await page.goto(`${bench.url}/#/shops/SH01`);
  await page.reload();
  await page.getByRole("button", { name: "Add till or relay" }).click();
  await page.getByText("Relay", { exact: true }).click();
  await until("a free name is there", async () => (await field.inputValue()) === "R1");
  await field.fill("T01");
  await page.getByRole("button", { name: "Make code" }).click();
  await page.getByText("T01 is a till of this shop").waitFor();
  await field.fill("R1");
  await page.getByRole("button", { name: "Make code" }).click();
  const code = await page.locator("output").innerText();
  expect(await page.locator("code").innerText()).toContain(
    `--relay --upstream ${bench.url} --store SH01 --terminal R1 --code ${code}`,
  );
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().include(".mantine-Modal-body").analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  const relay = officeTill({ url: bench.url, now: () => bench.now(), storeCode: "SH01", terminalId: "R1" });
  expect((await relay.enrol(code.replace("-", ""))).status).toBe(201);
  await page.getByText("Relay SH01-R1 is enrolled.").waitFor();
  await page.getByRole("button", { name: "Done" }).click();

  const row = page.locator(".office-relays").getByRole("row", { name: /R1 Online/ });
  await row.waitFor();
  expect(await page.locator(".office-tills").getByRole("row", { name: /R1/ }).count()).toBe(0);
  await row.getByRole("button", { name: "Revoke" }).click();
  await page.getByText("It can bring nothing more").waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
});

test("every page is readable for whoever cannot see it, in both languages", async () => {
  const { page } = browser;
  const english = ["", "shops/SH01", "sales", "catalogue/SH01", "reviews", "people", "password"];
  const looks = [
    ...english.map((path) => [path, "English"] as const),
    ["", "中文"] as const,
    ["sales", "中文"] as const,
  ];
  for (const [path, language] of looks) {
    await page.goto(`${bench.url}/#/${path}`);
    const other = page.getByRole("button", { name: language });
    if ((await other.count()) > 0) await other.click();
    await page.locator("main .office-card").first().waitFor();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect([path, language, violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)]).toEqual([
      path,
      language,
      [],
    ]);
  }
});

test("the page is served with a policy that lets in nothing foreign and nothing inline", async () => {
  const answer = await fetch(bench.url);
  const policy = answer.headers.get("content-security-policy") ?? "";
  const nonce = /'nonce-([\w+/]{22}==)'/.exec(policy)?.[1] ?? "";
  expect(policy.replace(nonce, "NONCE")).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-NONCE'; img-src 'self' data:; connect-src 'self'; " +
      "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
  expect(await answer.text()).toContain(`content="${nonce}"`);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  const again = (await fetch(bench.url)).headers.get("content-security-policy");
  expect(again).not.toBe(policy);
});

test("signing out leaves the sign-in page and no session", async () => {
  const { page } = browser;
  await page.getByRole("button", { name: /Sign out|退出登录/ }).click();
  await page.getByRole("textbox", { name: /User name|用户名/ }).waitFor();
  expect(await page.evaluate(async () => (await fetch("/api/session")).status)).toBe(401);
});
