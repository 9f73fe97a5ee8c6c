import { afterEach, beforeEach, expect, it } from "vitest";
import { scannedOrder, walletCode, walletView, type WalletView } from "#contract/bench/wallet.ts";
import { startBench, startOfTime, type Bench } from "../gateway/test-till.ts";

let bench: Bench;
const number = "SALE-0001";

beforeEach(async () => {
  bench = await startBench({ openingBalanceFen: 10_000 });
});

afterEach(async () => {
  await bench.gateway.close();
});

async function look(): Promise<WalletView> {
  return walletView.parse(await bench.control("GET", "/wallet"));
}

async function showCode(): Promise<string> {
  return walletCode.parse(await bench.control("POST", "/wallet/code")).authCode;
}

function behave(onCode: string) {
  return bench.control("POST", "/wallet/behaviour", { onCode });
}

it("starts full and idle and pays what it is asked", async () => {
  expect(await look()).toEqual({ balanceFen: 10_000, behaviour: "pay", pending: [], history: [] });
  await bench.codepay(number, 1_250, await showCode());
  const history = [{ outTradeNo: number, amountFen: 1_250, outcome: "paid", returnedFen: 0, at: startOfTime }];
  expect(await look()).toEqual({ balanceFen: 8_750, behaviour: "pay", pending: [], history });
});

it("shows codes of every prefix, all different", async () => {
  const codes = Array.from({ length: 500 }, () => bench.showCode());
  expect(new Set(codes).size).toBe(500);
  expect(codes.every((code) => /^1[0-5]\d{16}$/.test(code))).toBe(true);
  expect(new Set(codes.map((code) => code.slice(0, 2)))).toEqual(new Set(["10", "11", "12", "13", "14", "15"]));
});

it("asks for the password, pays when it is entered, and asks no more", async () => {
  await behave("password");
  expect((await bench.codepay(number, 1_250, await showCode())).status).toBe(202);
  const pending = { outTradeNo: number, amountFen: 1_250, description: "可口可乐 330ml 等 2 件", kind: "codepay" };
  expect((await look()).pending).toEqual([pending]);
  bench.clock.nowMs += 4_000;
  const after = walletView.parse(await bench.control("POST", "/wallet/password", { outTradeNo: number, accept: true }));
  expect(after).toMatchObject({
    balanceFen: 8_750,
    pending: [],
    history: [{ outcome: "paid", at: startOfTime + 4_000 }],
  });
  expect((await bench.query(number)).body).toMatchObject({ trade_state: "SUCCESS" });
  await expect(bench.control("POST", "/wallet/password", { outTradeNo: number, accept: true })).rejects.toThrow();
  expect((await look()).balanceFen).toBe(8_750);
});

it("refuses at the password", async () => {
  await behave("password");
  await bench.codepay(number, 1_250, await showCode());
  await bench.control("POST", "/wallet/password", { outTradeNo: number, accept: false });
  expect((await bench.query(number)).body).toMatchObject({ trade_state: "PAYERROR" });
  expect(await look()).toMatchObject({ balanceFen: 10_000, pending: [], history: [{ outcome: "refused" }] });
});

it("refuses by itself after three seconds", async () => {
  await behave("refuse");
  expect((await bench.codepay(number, 1_250, await showCode())).status).toBe(202);
  bench.clock.nowMs += 3_000;
  expect((await bench.query(number)).body).toMatchObject({ trade_state: "PAYERROR" });
});

it("ignores the payment until the gateway gives up", async () => {
  await behave("ignore");
  await bench.codepay(number, 1_250, await showCode());
  expect((await look()).pending).toEqual([]);
  bench.clock.nowMs += 45_000;
  expect(await look()).toMatchObject({
    balanceFen: 10_000,
    history: [{ outcome: "cancelled", at: startOfTime + 45_000 }],
  });
});

it("declines when told to, and when the money really is not there", async () => {
  await behave("not-enough");
  expect((await bench.codepay(number, 1, await showCode())).body).toMatchObject({ code: "NOT_ENOUGH" });
  await behave("pay");
  expect((await bench.codepay("SALE-0002", 10_001, await showCode())).body).toMatchObject({ code: "NOT_ENOUGH" });
  expect((await bench.codepay("SALE-0003", 10_000, await showCode())).status).toBe(200);
  const { balanceFen, history } = await look();
  expect([balanceFen, history.map((entry) => entry.outcome).toSorted()]).toEqual([
    0,
    ["not-enough", "not-enough", "paid"],
  ]);
});

it("scans a QR, shows what it is for, and pays or leaves it", async () => {
  const codeUrl = String((await bench.native("QR-0000001", 700)).body["code_url"]);
  await expect(bench.control("POST", "/wallet/pay-qr", { codeUrl, accept: true })).rejects.toThrow(
    "Scan the QR code first",
  );
  const seen = scannedOrder.parse(await bench.control("POST", "/wallet/scan-qr", { codeUrl }));
  expect(seen).toEqual({ outTradeNo: "QR-0000001", amountFen: 700, description: "可口可乐 330ml 等 2 件" });
  expect((await look()).pending).toEqual([{ ...seen, kind: "native" }]);
  await bench.control("POST", "/wallet/pay-qr", { codeUrl, accept: false });
  expect(await look()).toMatchObject({ balanceFen: 10_000, pending: [], history: [{ outcome: "refused" }] });
  // A refused try leaves the order open: the customer thinks again.
  await bench.control("POST", "/wallet/scan-qr", { codeUrl });
  await bench.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
  expect(await look()).toMatchObject({ balanceFen: 9_300, history: [{ outcome: "paid" }] });
  await expect(bench.control("POST", "/wallet/scan-qr", { codeUrl })).rejects.toThrow("already paid");
});

it("refuses a QR that is none of the gateway's", async () => {
  const foreign = { codeUrl: "https://example.cn/pay" };
  await expect(bench.control("POST", "/wallet/scan-qr", foreign)).rejects.toThrow("not a WeChat Pay QR code");
  const unknown = { codeUrl: "weixin://wxpay/bizpayurl/up?pr=AAAAAAA&groupid=00" };
  await expect(bench.control("POST", "/wallet/scan-qr", unknown)).rejects.toThrow("not valid any more");
});

it("announces every change a watcher would want to redraw", async () => {
  const announcedBy = async (act: () => Promise<unknown>) => {
    bench.announced.length = 0;
    await act();
    return bench.announced.includes("wallet");
  };
  expect(await announcedBy(() => behave("password"))).toBe(true);
  const code = bench.showCode();
  expect(await announcedBy(() => bench.codepay(number, 100, code))).toBe(true);
  expect(await announcedBy(() => bench.query(number))).toBe(false);
  expect(await announcedBy(() => bench.control("POST", "/wallet/password", { outTradeNo: number, accept: true }))).toBe(
    true,
  );
});

it("announces what happens by itself without being asked", async () => {
  await behave("ignore");
  await bench.codepay(number, 100, bench.showCode());
  bench.announced.length = 0;
  bench.clock.nowMs += 45_000;
  await expect.poll(() => bench.announced).toContain("wallet");
});

it("refuses control requests that are not of the agreed shape", async () => {
  await expect(bench.control("POST", "/wallet/behaviour", { onCode: "dance" })).rejects.toThrow("onCode");
  await expect(bench.control("POST", "/wallet/password", { outTradeNo: number })).rejects.toThrow("accept");
  await expect(bench.control("POST", "/gateway/offline", { offline: 1 })).rejects.toThrow("offline");
  await expect(bench.control("POST", "/wallet/password", { outTradeNo: number, accept: true })).rejects.toThrow(
    "not asked for a password",
  );
});
