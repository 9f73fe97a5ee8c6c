import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CarriedAnswer } from "#contract/wire/carried.ts";
import { revokeTerminal } from "#headoffice/terminals/revoke.ts";
import { type CarriedTwin, type SignedPost, startCarriedTwin } from "#tests/support/carried-gateway.ts";
import { exchangeHalf, payloadOf, type RequestFacts, sampleRequest } from "#tests/support/carried-request.ts";
import {
  type Databases,
  engines,
  type OfficeBench,
  openDatabases,
  openOfficeBench,
} from "#tests/support/office-bench.ts";
import { officeTill, type OfficeTill } from "#tests/support/office-till.ts";
import { confirmationDigits } from "./confirmation.ts";
import { takeCarriedWord } from "./project-carried.ts";

const wechat = "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.49";
const second = 1_000;
const minute = 60_000;

describe.each(engines)("payments that customers carry, on %s", (engine) => {
  let databases: Databases;
  let bench: OfficeBench;
  let twin: CarriedTwin;
  let till: OfficeTill;
  let codes = 0;
  beforeAll(async () => {
    databases = await openDatabases(engine);
  });
  afterAll(() => databases.close());
  beforeEach(async () => {
    let now = (): number => 0;
    twin = await startCarriedTwin(() => now());
    bench = await openOfficeBench(await databases.create(), 0, { merchant: twin.merchant });
    now = () => bench.now();
    till = await bench.enrolledTill("T01");
  });
  afterEach(async () => {
    await bench.close();
    await twin.stop();
  });

  const look = async () => bench.office.carried?.keeper.look();
  const pass = async (ms: number) => {
    bench.setNow(bench.now() + ms);
    await look();
  };
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${bench.url}/P/${path}`, { redirect: "manual", headers: { "user-agent": wechat, ...headers } });
  /** To WeChat and back, as far as the page with its button. */
  const arrive = async (payload: string) => {
    const sent = await get(payload);
    expect(sent.status).toBe(302);
    const target = new URL(sent.headers.get("location") ?? "");
    const cookie = (sent.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    return { target, cookie, state: target.searchParams.get("state") ?? "" };
  };
  const press = async (payload: string, who: string) => {
    const { cookie, state } = await arrive(payload);
    const response = await fetch(`${bench.url}/P/${payload}/pay`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify({ code: `${who}-${(codes += 1)}`, state }),
    });
    return (await response.json()) as { kind: string; parameters?: Record<string, string> };
  };
  const notify = async ({ headers, body }: SignedPost) =>
    (await fetch(`${bench.url}/carried/notice`, { method: "POST", headers, body })).status;
  const ask = async (...outTradeNos: readonly string[]) => {
    const body = Buffer.from(JSON.stringify({ outTradeNos }));
    const { json } = await till.request("POST", `/v1/terminals/${till.key}/carried`, body);
    // What the contract promises for this path.
    return (json as CarriedAnswer).orders;
  };
  const stateOf = async (no = sampleRequest.outTradeNo) => (await ask(no))[0]?.state;
  let seq = 0;
  const tell = (word: "sold" | "abandoned", more: Partial<RequestFacts> = {}, by = "T01") => {
    const { outTradeNo, amountFen, nonce } = { ...sampleRequest, ...more };
    const facts = { word, outTradeNo, amountFen, nonce: word === "sold" ? null : nonce };
    const place = { storeCode: "BJ01", terminalId: by };
    const entry = { epoch: "epoch-1", seq: (seq += 1) };
    return bench.office.sql.transaction((tx) => takeCarriedWord(tx, place, entry, facts, bench.now()));
  };
  const restart = async () => {
    await bench.close();
    const { database } = bench;
    bench = await openOfficeBench(database, 0, { merchant: twin.merchant, nowMs: bench.now() });
    till = officeTill({ url: bench.url, now: bench.now, storeCode: "BJ01", terminalId: "T01", keys: till.keys });
  };
  const no = sampleRequest.outTradeNo;

  it("are opened by the customer, paid, and proved to the phone and to the till in one word", async () => {
    const payload = payloadOf(till, sampleRequest);
    const { target } = await arrive(payload);
    expect(target.origin).toBe("https://open.example");
    expect(target.searchParams.get("scope")).toBe("snsapi_base");
    expect(target.searchParams.get("redirect_uri")).toBe(`https://pay.example/P/${payload}`);
    const answer = await press(payload, "openid1");
    expect(answer).toMatchObject({ kind: "pay", parameters: { signType: "RSA", appId: twin.merchant.appid } });
    expect(await stateOf()).toBe("opened");
    expect(twin.orders.get(no)).toMatchObject({ amountFen: 1_250, openid: "openid1" });
    expect(twin.pay(no)).toBe(true);
    expect(await notify(twin.notice(no))).toBe(204);
    const digits = confirmationDigits(bench.office.key.privateKey, sampleRequest);
    const page = await (await get(payload)).text();
    expect(page).toContain(`data-digits="${digits}"`);
    expect(page).toContain("¥12.50");
    expect(page).toContain("朝阳店");
    expect(await ask(no)).toEqual([{ outTradeNo: no, state: "paid", confirmation: digits }]);
    await tell("sold");
    expect(await ask(no)).toEqual([{ outTradeNo: no, state: "sold", confirmation: digits }]);
    await pass(400 * minute);
    expect(twin.refunds).toEqual([]);
  });

  it("show the code that only the till can reckon, in the customer's language", async () => {
    const half = exchangeHalf(till.key);
    const path = `/v1/terminals/${till.key}/carried-secret`;
    const body = Buffer.from(JSON.stringify({ publicKey: half.publicKey }));
    const first = await till.request("POST", path, body);
    expect(await till.request("POST", path, body)).toMatchObject({ status: 200, text: first.text });
    // What the contract promises for this path.
    const { publicKey, payUrl } = first.json as { publicKey: string; payUrl: string };
    expect(payUrl).toBe("https://pay.example");
    const request = { ...sampleRequest, secretId: half.secretWith(publicKey).id };
    const payload = payloadOf(till, request);
    await press(payload, "openid1");
    twin.pay(no);
    await notify(twin.notice(no));
    const page = await (await get(payload, { "accept-language": "en-GB,en;q=0.9" })).text();
    expect(page).toMatch(/data-testid="code">\d{4} \d{4}</);
    expect(page).toContain("Chaoyang");
    expect(page).toContain("Hold this code in front of the till");
  });

  it("are not offered where no merchant is set up", async () => {
    await bench.close();
    bench = await openOfficeBench(bench.database, 0, { nowMs: bench.now() });
    till = officeTill({ url: bench.url, now: bench.now, storeCode: "BJ01", terminalId: "T01", keys: till.keys });
    const body = Buffer.from(JSON.stringify({ publicKey: exchangeHalf(till.key).publicKey }));
    const answer = await till.request("POST", `/v1/terminals/${till.key}/carried-secret`, body);
    expect(answer).toMatchObject({ status: 403, json: { kind: "carried-not-offered" } });
    expect((await get(payloadOf(till, sampleRequest))).status).toBe(404);
  });

  it("are found paid by asking where the notification was lost, over a restart in between", async () => {
    await press(payloadOf(till, sampleRequest), "openid1");
    twin.pay(no);
    await restart();
    await pass(5 * second);
    expect(await stateOf()).toBe("paid");
  });

  it("count once however often the notification comes, and never by a forged one or one of another amount", async () => {
    await press(payloadOf(till, sampleRequest), "openid1");
    const beforehand = twin.notice(no);
    expect(await notify({ ...beforehand, body: beforehand.body.replace("TRANSACTION.", "TRANSACTION,") })).toBe(401);
    expect(await notify({ ...beforehand, headers: { "content-type": "application/json" } })).toBe(401);
    twin.pay(no);
    expect(await notify(twin.notice(no, { total: 1_249 }))).toBe(401);
    expect(await notify(twin.notice(no, { mchid: "1900000000" }))).toBe(401);
    expect(await stateOf()).toBe("opened");
    const real = twin.notice(no);
    expect([await notify(real), await notify(real)]).toEqual([204, 204]);
    expect(await stateOf()).toBe("paid");
    bench.setNow(bench.now() + 6 * minute);
    expect(await notify(real)).toBe(401);
  });

  it("are one order on a page that is opened twice, and no second phone's", async () => {
    const payload = payloadOf(till, sampleRequest);
    const first = await press(payload, "openid1");
    bench.setNow(bench.now() + 2 * minute);
    const again = await press(payload, "openid1");
    expect(again.parameters?.["package"]).toBe(first.parameters?.["package"]);
    expect((await press(payload, "openid2")).kind).toBe("elsewhere");
    expect(twin.orders.size).toBe(1);
    twin.pay(no);
    await notify(twin.notice(no));
    expect((await get(payload)).status).toBe(200);
  });

  it("are closed five minutes after they were first opened, however often the page was", async () => {
    const payload = payloadOf(till, sampleRequest);
    await press(payload, "openid1");
    bench.setNow(bench.now() + 4 * minute);
    await press(payload, "openid1");
    await pass(minute + 1);
    expect(await stateOf()).toBe("closed");
    expect(twin.orders.get(no)?.state).toBe("CLOSED");
    expect(await (await get(payload)).text()).toContain("已超时");
    expect(twin.pay(no)).toBe(false);
  });

  it("are closed again and again until the gateway confirms, and paid meanwhile is paid", async () => {
    await press(payloadOf(till, sampleRequest), "openid1");
    twin.pay(no);
    twin.trouble("down");
    await pass(6 * minute);
    expect(await stateOf()).toBe("opened");
    await restart();
    twin.trouble(null);
    await pass(5 * minute);
    expect(await stateOf()).toBe("paid");
  });

  it("that never reached the gateway are closed once they cannot be on their way any more", async () => {
    twin.trouble("orders-down");
    expect((await press(payloadOf(till, sampleRequest), "openid1")).kind).toBe("later");
    twin.trouble(null);
    await pass(6 * minute);
    expect(await stateOf()).toBe("opened");
    await pass(5 * minute);
    expect(await stateOf()).toBe("closed");
    expect(twin.orders.size).toBe(0);
  });

  it("that the till gave up are closed, and given back in full where they were paid all the same", async () => {
    const payload = payloadOf(till, sampleRequest);
    await press(payload, "openid1");
    await tell("abandoned");
    expect(await (await get(payload)).text()).toContain("收银台已取消");
    twin.pay(no);
    twin.holdRefunds(true);
    await pass(second);
    expect(await stateOf()).toBe("refunding");
    await pass(second);
    expect(await (await get(payload)).text()).toContain("正在退款");
    twin.holdRefunds(false);
    await restart();
    await pass(10 * minute);
    expect(await stateOf()).toBe("refunded");
    expect(twin.refunds).toEqual([{ outRefundNo: `${no}R1`, amountFen: 1_250 }]);
    await pass(600 * minute);
    expect(twin.refunds).toHaveLength(1);
  });

  it("are given back once where the answer to the refund was lost", async () => {
    await press(payloadOf(till, sampleRequest), "openid1");
    twin.pay(no);
    await notify(twin.notice(no));
    await tell("abandoned");
    twin.trouble("lost");
    await look();
    await pass(2 * minute);
    twin.trouble(null);
    await pass(10 * minute);
    expect(await stateOf()).toBe("refunded");
    expect(twin.refunds).toHaveLength(1);
  });

  it("that were given up before any page are refused to every page from then on", async () => {
    await tell("abandoned");
    const payload = payloadOf(till, sampleRequest);
    expect(await (await get(payload)).text()).toContain("收银台已取消");
    expect(await stateOf()).toBe("abandoned");
    expect(twin.asked).toEqual([]);
  });

  it("given up between the page and the button are not opened", async () => {
    const payload = payloadOf(till, sampleRequest);
    const { cookie, state } = await arrive(payload);
    await tell("abandoned");
    const response = await fetch(`${bench.url}/P/${payload}/pay`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify({ code: "openid1-0", state }),
    });
    expect(await response.json()).toEqual({ kind: "changed" });
    expect(twin.orders.size).toBe(0);
  });

  it("are refused with another amount or nonce under a known number, and of another key", async () => {
    await press(payloadOf(till, sampleRequest), "openid1");
    for (const change of [{ amountFen: 1_000 }, { nonce: "BBECAwQFBgcICQoL" }]) {
      expect((await get(payloadOf(till, { ...sampleRequest, ...change }))).status).toBe(403);
    }
    const other = await bench.enrolledTill("T02");
    expect((await get(payloadOf({ ...till, privateKey: other.privateKey }, sampleRequest))).status).toBe(403);
    expect((await get(payloadOf(other, sampleRequest))).status).toBe(403);
    const row = await bench.office.sql.first<{ refused_pages: number }>("SELECT refused_pages FROM carried_orders", []);
    expect(row?.refused_pages).toBe(3);
  });

  it("open nothing for a revoked till, and keep their way where they were paid before", async () => {
    const payload = payloadOf(till, sampleRequest);
    await press(payload, "openid1");
    twin.pay(no);
    await notify(twin.notice(no));
    await revokeTerminal(bench.office, { storeCode: "BJ01", terminalId: "T01" });
    expect(await (await get(payload)).text()).toContain("data-digits");
    const fresh = await get(payloadOf(till, { ...sampleRequest, outTradeNo: `${no}B` }));
    expect([fresh.status, await fresh.text()]).toEqual([403, expect.stringContaining("已停用")]);
  });

  it("ask to be opened in WeChat elsewhere, and take nothing back that another browser fetched", async () => {
    const payload = payloadOf(till, sampleRequest);
    const elsewhere = await get(payload, { "user-agent": "Mozilla/5.0 Safari" });
    expect(await elsewhere.text()).toContain("请用微信打开");
    const { state } = await arrive(payload);
    expect((await get(`${payload}?code=c&state=${state}`)).status).toBe(403);
    const response = await fetch(`${bench.url}/P/${payload}/pay`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: `tillway-pay=${"0".repeat(32)}` },
      body: JSON.stringify({ code: "c", state }),
    });
    expect(await response.json()).toEqual({ kind: "again" });
    expect(twin.asked).toEqual([]);
  });

  it("keep the customer's openid in no row and no log, and no key anywhere", async () => {
    await press(payloadOf(till, sampleRequest), "openid1");
    twin.pay(no);
    await notify(twin.notice(no));
    const stored = JSON.stringify([
      await bench.office.sql.rows("SELECT * FROM carried_orders", []),
      await bench.office.sql.rows("SELECT * FROM office_deeds", []),
      bench.log,
    ]);
    expect(stored).not.toContain("openid1");
    expect(stored).not.toContain(twin.merchant.appSecret);
    expect(stored).not.toContain(twin.merchant.apiV3Key);
  });

  it("are asked about by one of several instances at a time", async () => {
    await press(payloadOf(till, sampleRequest), "openid1");
    const another = await openOfficeBench(bench.database, 0, { merchant: twin.merchant, nowMs: bench.now() });
    bench.setNow(bench.now() + 5 * second);
    another.setNow(bench.now());
    await Promise.all([look(), another.office.carried?.keeper.look()]);
    expect(twin.asked.filter((what) => what === `GET /v3/pay/transactions/out-trade-no/${no}`)).toHaveLength(1);
    await another.close();
  });

  it("stand on the review list where a sale rests on no money or another amount, until that changes", async () => {
    const reasons = async () =>
      (await bench.office.sql.rows<{ reason: string }>("SELECT reason FROM review_items ORDER BY reason", [])).map(
        ({ reason }) => reason,
      );
    await press(payloadOf(till, sampleRequest), "openid1");
    await tell("sold");
    expect(await reasons()).toEqual(["carried-not-paid"]);
    twin.pay(no);
    await notify(twin.notice(no));
    expect(await reasons()).toEqual([]);
    const second = { outTradeNo: `${no}B` };
    await press(payloadOf(till, { ...sampleRequest, ...second }), "openid1");
    twin.pay(second.outTradeNo);
    await notify(twin.notice(second.outTradeNo));
    await tell("sold", { ...second, amountFen: 1_200 });
    expect(await reasons()).toEqual(["carried-other-request"]);
  });

  it("are moved by no other till's word, and by no second one of their own", async () => {
    await press(payloadOf(till, sampleRequest), "openid1");
    twin.pay(no);
    await notify(twin.notice(no));
    expect(await tell("abandoned", {}, "T02")).toMatchObject([{ reason: "carried-other-request" }]);
    expect(await tell("abandoned", { amountFen: 1 })).toMatchObject([{ reason: "carried-other-request" }]);
    expect(await stateOf()).toBe("paid");
    await tell("sold");
    expect(await tell("abandoned")).toMatchObject([{ reason: "carried-other-request" }]);
    await pass(10 * minute);
    expect([await stateOf(), twin.refunds]).toEqual(["sold", []]);
  });

  it("are told to their own till alone, and no clock of the till is in them", async () => {
    bench.setNow(bench.now() + 3 * 24 * 60 * minute);
    await press(payloadOf(till, sampleRequest), "openid1");
    const other = await bench.enrolledTill("T02");
    const body = Buffer.from(JSON.stringify({ outTradeNos: [no] }));
    const { json } = await other.request("POST", `/v1/terminals/${other.key}/carried`, body);
    expect(json).toEqual({ orders: [{ outTradeNo: no, state: "unknown", confirmation: null }] });
  });

  it("are shown with headers that let nothing else in, and not to a flood", async () => {
    const page = await get(payloadOf(till, sampleRequest), { "user-agent": "Safari" });
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self'");
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(await page.text()).not.toMatch(/<script(?! src="pay\.js")|style=|onclick=/);
    for (const [name, type] of [
      ["pay.js", "text/javascript"],
      ["pay.css", "text/css"],
    ] as const) {
      expect((await get(name)).headers.get("content-type")).toContain(type);
    }
    const answers = await Promise.all(
      Array.from({ length: 130 }, () => get(`${payloadOf(till, sampleRequest)}/state`)),
    );
    expect(answers.some(({ status }) => status === 429)).toBe(true);
  });
});
