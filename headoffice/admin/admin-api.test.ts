import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { feedPageSchema, type FeedItem } from "#contract/wire/feed.ts";
import { openDatabases, openOfficeBench, type Databases, type OfficeBench } from "#tests/support/office-bench.ts";
import { adminOf, type OfficeBrowser } from "#tests/support/office-browser.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import { officeTill, type OfficeTill } from "#tests/support/office-till.ts";
import type { CodeAnswer, ImportState, ReviewsAnswer, SaleAnswer, SalesAnswer, ShopsAnswer } from "./shapes.ts";

let databases: Databases;
let bench: OfficeBench;
let admin: OfficeBrowser;
beforeAll(async () => {
  databases = await openDatabases("sqlite");
});
afterAll(() => databases.close());
beforeEach(async () => {
  bench = await openOfficeBench(await databases.create());
  admin = await adminOf(bench, bench.url);
});
afterEach(() => bench.close());

const drinks = { nameZh: "饮料", nameEn: "Drinks", colour: 1, sort: 0 };
const cola: FeedItem = {
  ...{ nameZh: "可口可乐", nameEn: "Cola", categoryId: "drinks", unit: "piece", priceFen: 350, taxClass: "standard" },
  ...{ scaleCode: null, isFavourite: false, pricesFrom: [] },
  barcodes: [{ barcode: "6901234567892", count: 1 }],
};

async function feedOf(till: OfficeTill, scope: string) {
  const answer = await till.request("GET", `/v1/feed/${scope}?after=0&limit=1000`);
  return feedPageSchema.parse(answer.json);
}

async function sendFile(mode: string, text: string): Promise<readonly ImportState[]> {
  const body = { body: text, headers: { "content-type": "application/octet-stream" } };
  const answer = await admin.send<string>("POST", `/shops/BJ01/imports?mode=${mode}&name=list.csv`, undefined, body);
  return answer.json
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

test("a code made on the page lets one till in, which then stands in the overview as held and seen", async () => {
  expect((await admin.send("PUT", "/shops/SH01", { nameZh: "静安店", nameEn: "Jing'an", isNew: true })).status).toBe(
    204,
  );
  const made = await admin.send<CodeAnswer>("POST", "/shops/SH01/terminals/T01/code", { replaces: false });
  expect(made.json).toMatchObject({ expiresMs: bench.now() + 600_000, nowMs: bench.now() });
  expect(made.json.code).toMatch(/^[2-9A-HJKMNP-Z]{5}-[2-9A-HJKMNP-Z]{5}$/);
  const stateOf = async () => (await admin.send<ShopsAnswer>("GET", "/shops")).json.shops[1]?.terminals[0];
  expect(await stateOf()).toMatchObject({ terminalId: "T01", state: "invited", position: null });

  const till = officeTill({ url: bench.url, now: () => bench.now(), storeCode: "SH01", terminalId: "T01" });
  expect((await till.enrol(made.json.code.replace("-", ""))).status).toBe(201);
  openDay(till);
  sell(till, 3);
  await till.upload(till.entries);
  expect(await stateOf()).toEqual({
    ...{ terminalId: "T01", state: "active", lastSeenMs: bench.now(), enrolledMs: bench.now(), epochCount: 1 },
    ...{ position: { epoch: "epoch-1", seq: 5 }, catalogue: null },
    agreement: { state: "never", toldMs: null, differingDates: [] },
  });
});

test("an enrolled till's name needs a yes before a code replaces it, and a revoked till is told so", async () => {
  const till = await bench.enrolledTill("T01");
  const path = "/shops/BJ01/terminals/T01";
  expect((await admin.send("POST", `${path}/code`, { replaces: false })).status).toBe(409);
  expect((await admin.send("POST", `${path}/code`, { replaces: true })).status).toBe(200);
  expect((await admin.send("POST", `${path}/revoke`)).status).toBe(204);
  expect((await till.request("GET", "/v1/feed/catalog")).status).toBe(403);
  expect((await admin.send("POST", `${path}/revoke`)).status).toBe(404);
});

test("a till's day agrees, differs by name, and is not judged while it is sold on", async () => {
  const till = await bench.enrolledTill("T01");
  openDay(till);
  sell(till, 2);
  await till.upload(till.entries);
  const none = { saleCount: 0, salesFen: 0, cashFen: 0, wechatFen: 0, staticCodeFen: 0, refundCount: 0, refundFen: 0 };
  const tell = async (day: object) => {
    const body = Buffer.from(JSON.stringify({ days: [day] }));
    const answer = await till.request("POST", `/v1/terminals/${till.key}/agreement`, body);
    return (answer.json as { readonly days: readonly object[] }).days[0] ?? {};
  };
  const day = await tell({ businessDate: "2026-03-02", ...none, lastSaleHash: "0".repeat(64) });
  const agreement = async () =>
    (await admin.send<ShopsAnswer>("GET", "/shops")).json.shops[0]?.terminals[0]?.agreement.differingDates;
  expect(await agreement()).toEqual(["2026-03-02"]);
  await tell(day);
  expect(await agreement()).toEqual([]);
  expect((await admin.send("GET", "/shops/BJ01/terminals/T01/days")).json).toEqual([
    {
      businessDate: "2026-03-02",
      till: expect.objectContaining(day),
      office: expect.objectContaining(day),
      isAgreed: true,
    },
  ]);
  bench.setNow(bench.now() + 60_000);
  sell(till, 1);
  await till.upload(till.entries.slice(-1));
  expect(await agreement()).toEqual([]);
});

test("sales of all shops are paged by key, filtered, and opened to their last line", async () => {
  for (const terminalId of ["T01", "T02"]) {
    const till = await bench.enrolledTill(terminalId);
    openDay(till);
    sell(till, 5);
    await till.upload(till.entries);
  }
  const seen: string[] = [];
  let before = "";
  do {
    const { json } = await admin.send<SalesAnswer>("GET", `/sales?limit=3${before}`);
    seen.push(...json.sales.map((sale) => `${sale.terminalId} ${sale.saleId}`));
    before = json.next === null ? "" : `&before=${encodeURIComponent(json.next)}`;
  } while (before !== "");
  expect(new Set(seen).size).toBe(10);
  expect(seen).toHaveLength(10);

  const only = await admin.send<SalesAnswer>("GET", "/sales?store=BJ01&terminal=T02&from=2026-03-02&to=2026-03-02");
  expect(only.json.sales.map(({ terminalId }) => terminalId)).toEqual(Array.from({ length: 5 }, () => "T02"));
  expect((await admin.send<SalesAnswer>("GET", "/sales?from=2026-03-03")).json.sales).toEqual([]);
  expect((await admin.send("GET", "/sales?from=yesterday")).status).toBe(400);

  const sale = await admin.send<SaleAnswer>("GET", "/sales/BJ01/T02/sale-T02-1");
  const { lines, tenders, entry, totalFen } = sale.json;
  expect(lines.reduce((sum, line) => sum + line.netFen, 0)).toBe(totalFen);
  expect(tenders.reduce((sum, tender) => sum + tender.amountFen, 0)).toBe(totalFen);
  expect(entry).toMatchObject({ epoch: "epoch-1", seq: 3 });
  expect((await admin.send("GET", "/sales/BJ01/T02/no-such-sale")).status).toBe(404);
});

test("what is flagged is listed until somebody has seen it, and then says who", async () => {
  const till = await bench.enrolledTill("T01");
  openDay(till);
  till.append("receipt-on-silk", { why: "of a later version" });
  await till.upload(till.entries);
  const [review] = (await admin.send<ReviewsAnswer>("GET", "/reviews")).json.reviews;
  expect(review).toMatchObject({ storeCode: "BJ01", terminalId: "T01", seq: 3, reason: "unknown-kind", seenBy: null });
  const { epoch, seq, reason } = review ?? {};
  const key = { store: "BJ01", terminal: "T01", epoch, seq, reason };
  expect((await admin.send("POST", "/reviews/seen", key)).status).toBe(204);
  expect((await admin.send("POST", "/reviews/seen", key)).status).toBe(404);
  expect((await admin.send<ReviewsAnswer>("GET", "/reviews")).json.reviews).toEqual([]);
  const seen = await admin.send<ReviewsAnswer>("GET", "/reviews?open=no");
  expect(seen.json.reviews).toMatchObject([{ seenBy: "admin", seenMs: bench.now() }]);
});

test("an item that is edited comes down to the shop's tills, tomorrow's price with it", async () => {
  const till = await bench.enrolledTill("T01");
  const tomorrow = new Date(bench.now() + 86_400_000).toISOString();
  const yesterday = new Date(bench.now() - 86_400_000).toISOString();
  expect((await admin.send("PUT", "/shops/BJ01/items/1001", cola)).json).toEqual({
    ...{ kind: "bad-request", detail: "categoryId: there is no category drinks" },
  });
  await admin.send("PUT", "/shops/BJ01/categories/drinks", drinks);
  const pricesFrom = [
    { validFrom: tomorrow, priceFen: 400 },
    { validFrom: yesterday, priceFen: 380 },
  ];
  const put = await admin.send("PUT", "/shops/BJ01/items/1001", { ...cola, pricesFrom });
  expect(put.json).toEqual({ changed: true });
  const page = await feedOf(till, "catalog");
  expect(page.rows.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["category drinks", "item 1001"]);
  expect(page.rows[1]?.value).toEqual({ ...cola, priceFen: 380, pricesFrom: [{ validFrom: tomorrow, priceFen: 400 }] });
  expect(page.liveCount).toBe(2);
});

test("a barcode of another item, a category with items and a setting nobody knows are refused, and nothing is changed", async () => {
  const till = await bench.enrolledTill("T01");
  await admin.send("PUT", "/shops/BJ01/categories/drinks", drinks);
  await admin.send("PUT", "/shops/BJ01/items/1001", cola);
  const { head } = await feedOf(till, "catalog");
  const taken = await admin.send("PUT", "/shops/BJ01/items/1002", { ...cola, nameZh: "百事可乐" });
  expect(taken.json).toEqual({ kind: "conflict", detail: "barcode 6901234567892 is item 1001's" });
  expect((await admin.send("DELETE", "/shops/BJ01/categories/drinks")).status).toBe(409);
  expect((await admin.send("PUT", "/shops/BJ01/settings/wechat.key", { value: "x" })).status).toBe(404);
  expect((await admin.send("PUT", "/shops/XX99/items/1", cola)).status).toBe(404);
  expect((await feedOf(till, "catalog")).head).toBe(head);
  expect((await admin.send("DELETE", "/shops/BJ01/items/1001")).json).toEqual({ changed: true });
  expect((await admin.send("PUT", "/shops/BJ01/items/1002", { ...cola, nameZh: "百事可乐" })).status).toBe(200);
});

test("people and the receipt's footer come down in their own feeds", async () => {
  const till = await bench.enrolledTill("T01");
  await admin.send("PUT", "/shops/BJ01/people/c1", { name: "王芳", role: "cashier" });
  await admin.send("PUT", "/shops/BJ01/settings/store.footerZh", { value: "谢谢惠顾" });
  expect((await feedOf(till, "people")).rows).toEqual([
    { kind: "person", id: "c1", rev: 1, value: { name: "王芳", role: "cashier" } },
  ]);
  expect((await feedOf(till, "settings")).rows).toEqual([
    { kind: "setting", id: "store.footerZh", rev: 1, value: { value: "谢谢惠顾" } },
  ]);
});

test("items are found by a part of their name, number or barcode, and % is only a sign", async () => {
  await admin.send("PUT", "/shops/BJ01/categories/drinks", drinks);
  await admin.send("PUT", "/shops/BJ01/items/1001", cola);
  await admin.send("PUT", "/shops/BJ01/items/1002", { ...cola, nameZh: "果汁 100%", nameEn: "Juice", barcodes: [] });
  const found = async (search: string) => {
    const path = `/shops/BJ01/items?search=${encodeURIComponent(search)}`;
    return (await admin.send<{ rows: readonly { id: string }[] }>("GET", path)).json.rows.map(({ id }) => id);
  };
  expect(await found("可乐")).toEqual(["1001"]);
  expect(await found("COLA")).toEqual(["1001"]);
  expect(await found("4567")).toEqual(["1001"]);
  expect(await found("%")).toEqual(["1002"]);
  expect(await found("")).toEqual(["1001", "1002"]);
});

const list = `商品编码,商品名称,条码,售价,分类
1001,可口可乐,6901234567892,3.50,饮料
1002,雪碧,6901234567893,3.50,饮料
1003,乐事薯片,,6.5,零食
`;
const rightList = list.replace("6901234567893", "");

test("a list with a wrong row is checked without a change, refused whole, or taken without that row", async () => {
  const till = await bench.enrolledTill("T01");
  const wrong = { row: 3, field: "barcode", kind: "wrong-check-digit", value: "6901234567893" };
  const counts = { total: 3, badRows: 1, faults: [wrong] };
  expect((await sendFile("check", list)).at(-1)).toMatchObject({ ...counts, state: "done", written: 2 });
  const refused = { state: "refused", refusal: { kind: "bad-rows" }, written: 0 };
  expect((await sendFile("all", list)).at(-1)).toMatchObject({ ...counts, ...refused });
  expect((await feedOf(till, "catalog")).rows).toEqual([]);
  expect((await sendFile("good", list)).at(-1)).toMatchObject({ ...counts, state: "done", written: 2 });
  expect((await feedOf(till, "catalog")).rows.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    ...["category 饮料", "category 零食", "item 1001", "item 1003"],
  ]);
});

test("the same list again changes nothing, and a barcode of an item outside the list refuses its row", async () => {
  await sendFile("all", rightList);
  expect((await sendFile("all", rightList)).at(-1)).toMatchObject({ state: "done", written: 0, unchanged: 3 });
  const thief = "商品编码,名称,条码,售价\n2001,假可乐,6901234567892,1\n2002,水,,1\n";
  expect((await sendFile("all", thief)).at(-1)).toMatchObject({
    ...{ state: "refused", refusal: { kind: "bad-rows" } },
    faults: [{ row: 2, field: "barcode", kind: "barcode-of-other-item", value: "6901234567892 → 1001" }],
  });
  expect((await sendFile("good", thief)).at(-1)).toMatchObject({ state: "done", written: 1, badRows: 1 });
});

test("an import keeps what a price list does not say: favourites, cartons and prices that begin later", async () => {
  await sendFile("all", rightList);
  const later = [{ validFrom: new Date(bench.now() + 86_400_000).toISOString(), priceFen: 420 }];
  const known: FeedItem = { ...cola, categoryId: "饮料", isFavourite: true, pricesFrom: later };
  const barcodes = [...cola.barcodes, { barcode: "16901234567899", count: 24 }];
  expect((await admin.send("PUT", "/shops/BJ01/items/1001", { ...known, barcodes })).status).toBe(200);
  await sendFile("all", rightList.replace("3.50", "3.80"));
  const till = await bench.enrolledTill("T01");
  const row = (await feedOf(till, "catalog")).rows.find(({ id }) => id === "1001");
  expect(row?.value).toEqual({ ...known, priceFen: 380, barcodes });
});

test("an open price comes down with its limits; one that nobody could type, or of goods by weight, is refused", async () => {
  const till = await bench.enrolledTill("T01");
  await admin.send("PUT", "/shops/BJ01/categories/drinks", drinks);
  const put = (more: object) => admin.send("PUT", "/shops/BJ01/items/1001", { ...cola, ...more });
  expect((await put({ openPrice: { minFen: 500, maxFen: 499 } })).json).toEqual({
    ...{ kind: "bad-request", detail: expect.stringContaining("the highest price is below the lowest") },
  });
  expect((await put({ unit: "kg", openPrice: { minFen: null, maxFen: null } })).status).toBe(400);
  expect((await put({ openPrice: { minFen: 500, maxFen: 500 } })).status).toBe(200);
  const openPriceOf = async () => (await feedOf(till, "catalog")).rows.find(({ kind }) => kind === "item")?.value;
  expect(await openPriceOf()).toMatchObject({ openPrice: { minFen: 500, maxFen: 500 } });
  await put({});
  expect(await openPriceOf()).not.toHaveProperty("openPrice");
});

test("bodies and addresses that are not understood are refused with what is wrong, and no stack", async () => {
  const answers = [
    await admin.send("PUT", "/shops/bj-01", { nameZh: "x", nameEn: "", isNew: true }),
    await admin.send("PUT", "/shops/HD01", { nameZh: "一\u0000二", nameEn: "", isNew: true }),
    await admin.send("PUT", "/shops/BJ01/items/1", { ...cola, priceFen: -1 }),
    await admin.send("PUT", "/shops/BJ01/items/1", { ...cola, extra: true }),
    await admin.send("PUT", "/shops/BJ01/items/1", { ...cola, nameEn: "Co\u0000la" }),
    await admin.send("GET", "/sales?limit=1000"),
  ];
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400]);
  for (const { json } of answers) expect(Object.keys(json as object)).toEqual(["kind", "detail"]);
});

test("every change by a person is noted with who did it, in the same breath", async () => {
  await admin.send("PUT", "/shops/BJ01/categories/drinks", drinks);
  await admin.send("PUT", "/shops/BJ01/categories/drinks", drinks);
  await admin.send("PUT", "/shops/BJ01/items/1", { ...cola, categoryId: "none" });
  const deeds = await bench.office.sql.rows<{ deed: string; name: string }>("SELECT deed, name FROM office_deeds");
  expect(deeds).toEqual([
    { deed: "password-changed", name: "admin" },
    { deed: "catalogue-changed", name: "admin" },
  ]);
});

test("a relay comes in by a code of its own, stands apart from the tills, and is seen when it asks", async () => {
  const path = "/shops/BJ01/terminals/R1";
  const made = await admin.send<CodeAnswer>("POST", `${path}/code`, { replaces: false, role: "relay" });
  const shopOf = async () => (await admin.send<ShopsAnswer>("GET", "/shops")).json.shops[0];
  expect(await shopOf()).toMatchObject({ terminals: [], relays: [{ terminalId: "R1", state: "invited" }] });

  const relay = officeTill({ url: bench.url, now: () => bench.now(), storeCode: "BJ01", terminalId: "R1" });
  expect((await relay.enrol(made.json.code.replace("-", ""))).status).toBe(201);
  const enrolledMs = bench.now();
  bench.setNow(enrolledMs + 60_000);
  expect((await relay.request("GET", "/v1/relay/shop")).status).toBe(200);
  const seen = { terminalId: "R1", state: "active", enrolledMs, lastSeenMs: enrolledMs + 60_000 };
  expect(await shopOf()).toMatchObject({ terminals: [], relays: [seen] });

  expect((await admin.send("POST", `${path}/revoke`)).status).toBe(204);
  expect((await relay.request("GET", "/v1/relay/shop")).status).toBe(403);
  expect((await shopOf())?.relays).toEqual([{ ...seen, state: "revoked" }]);
});

test("a name is a till's or a relay's: the other kind of machine gets no code for it, and is told whose it is", async () => {
  await bench.enrolledTill("T01");
  const codeFor = (terminal: string, role?: string) =>
    admin.send("POST", `/shops/BJ01/terminals/${terminal}/code`, { replaces: true, role });
  expect((await codeFor("T01", "relay")).json).toEqual({ kind: "conflict", detail: "T01 is the name of a till" });
  const made = await admin.send<CodeAnswer>("POST", "/shops/BJ01/terminals/R1/code", {
    ...{ replaces: false, role: "relay" },
  });
  const relay = officeTill({ url: bench.url, now: () => bench.now(), storeCode: "BJ01", terminalId: "R1" });
  await relay.enrol(made.json.code.replace("-", ""));
  expect((await codeFor("R1")).json).toEqual({ kind: "conflict", detail: "R1 is the name of a relay" });
  expect((await codeFor("R1", "printer")).status).toBe(400);
});
