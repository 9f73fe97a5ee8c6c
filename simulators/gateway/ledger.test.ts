import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startBench, startOfTime } from "./test-till.ts";

let dir: string;
let statePath: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "gateway-ledger-"));
  statePath = join(dir, "ledger.jsonl");
});

afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

it("knows after a restart what it knew before, and lets happen what fell due meanwhile", async () => {
  const before = await startBench({ statePath });
  await before.codepay("SALE-0001", 100, before.showCode());
  await before.codepay("SALE-0002", 200, before.showCode());
  await before.reverse("SALE-0002");
  await before.control("POST", "/gateway/script", { outcome: "userpaying-success", next: true });
  await before.codepay("SALE-0003", 300, before.showCode());
  const codeUrl = (await before.native("QR-0000001", 400)).body["code_url"];
  const known = before.gateway.ledger().orders;
  await before.gateway.close();

  const after = await startBench({ statePath });
  expect(after.gateway.ledger().orders).toEqual(known);
  after.clock.nowMs = startOfTime + 60_000;
  expect((await after.query("SALE-0003")).body).toMatchObject({ trade_state: "SUCCESS" });
  await after.control("POST", "/wallet/scan-qr", { codeUrl });
  await after.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
  expect((await after.query("QR-0000001")).body).toMatchObject({ trade_state: "SUCCESS" });
  expect((await after.codepay("SALE-0001", 100, after.showCode())).body).toMatchObject({ code: "ORDERPAID" });
  // A new day's customer has a full purse: only what this run charged is gone.
  expect(await after.control("GET", "/wallet")).toMatchObject({ balanceFen: 10_000_000 - 300 - 400 });
  await after.gateway.close();
});

it("drops a last line that was cut short, and only that", async () => {
  const before = await startBench({ statePath });
  await before.codepay("SALE-0001", 100, before.showCode());
  await before.gateway.close();
  const whole = statSync(statePath).size;
  appendFileSync(statePath, '{"kind":"refunded","at":1,"outTr');

  const after = await startBench({ statePath });
  expect(statSync(statePath).size).toBe(whole);
  await after.codepay("SALE-0002", 200, after.showCode());
  await after.gateway.close();

  const again = await startBench({ statePath });
  expect(again.gateway.ledger().orders.map(({ chargedFen, refundedFen }) => chargedFen - refundedFen)).toEqual([
    100, 200,
  ]);
  await again.gateway.close();
});

it("refuses to start on a book with an unreadable line in the middle", async () => {
  appendFileSync(statePath, "not json\n{}\n");
  await expect(startBench({ statePath })).rejects.toThrow("JSON");
});

it("never turns its clock back over a restart: what was let pass has passed", async () => {
  const before = await startBench({ statePath });
  await before.control("POST", "/wallet/behaviour", { onCode: "ignore" });
  await before.codepay("SALE-0001", 100, before.showCode());
  await before.control("POST", "/gateway/clock", { advanceMs: 86_400_000 });
  await before.codepay("SALE-0002", 200, before.showCode());
  await before.gateway.close();
  const after = await startBench({ statePath });
  expect(await after.control("GET", "/gateway/clock")).toEqual({
    nowMs: startOfTime + 86_400_000,
    wireNowMs: startOfTime,
  });
  await after.gateway.close();
});

it("never writes a payment code down", async () => {
  const bench = await startBench({ statePath });
  const codes = [bench.showCode(), bench.showCode()];
  await bench.codepay("SALE-0001", 100, codes[0] ?? "");
  await bench.control("POST", "/gateway/script", { outcome: "not-enough", authCode: codes[1] });
  await bench.codepay("SALE-0002", 100, codes[1] ?? "");
  const written = `${readFileSync(statePath, "utf8")}${JSON.stringify(bench.gateway.ledger())}`;
  expect(codes.filter((code) => written.includes(code))).toEqual([]);
  await bench.gateway.close();
});

it("has the change on disk before the till hears of it", async () => {
  const bench = await startBench({ statePath });
  await bench.control("POST", "/gateway/script", { outcome: "reset-after-charge", next: true });
  await expect(bench.codepay("SALE-0001", 100, bench.showCode())).rejects.toThrow();
  const kinds = readFileSync(statePath, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => /"kind":"([a-z-]+)"/.exec(line)?.[1]);
  expect(kinds).toEqual(["charging", "paid", "request"]);
  await bench.gateway.close();
});

it("lists every request of an order with what the till was told", async () => {
  const bench = await startBench();
  await bench.control("POST", "/gateway/script", { outcome: "userpaying-never", next: true });
  await bench.codepay("SALE-0001", 100, bench.showCode());
  await bench.query("SALE-0001");
  await bench.control("POST", "/gateway/script", { outcome: "reset", operation: "reverse", next: true });
  await expect(bench.reverse("SALE-0001")).rejects.toThrow();
  expect(bench.gateway.ledger().orders[0]?.requests.map(({ operation, answer }) => [operation, answer])).toEqual([
    ["codepay", "202 USERPAYING (script userpaying-never)"],
    ["query", "200 USERPAYING"],
    ["reverse", "reset (script reset)"],
  ]);
  await bench.gateway.close();
});
