import { relative } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readLedger } from "#tests/support/books.ts";
import { beginSelling, openTill, ringUp, type TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import { isRunning, processes } from "#tests/support/processes.ts";
import { openRelayedShop, type RelayedShop } from "#tests/support/relayed-shop.ts";
import { allPaymentsEnd, customerWill, enterPassword, scan } from "#tests/support/shop-day.ts";
import { filesBelow, holdsPin, sweep, type Swept } from "#tests/support/sweep.ts";

// Coca-Cola 500 ml, ¥3.50.
const barcode = "6920536012350";
const wrongPin = "739164";
/** Twenty payments, several to the end of their waits, and a machine that has other things to do. */
const dayMs = 240_000;

let shop: RelayedShop;
let till: TillUnderTest;
const pins = new Map<string, string>();
const said: string[] = [];

beforeAll(async () => {
  shop = await openRelayedShop();
});

afterAll(async () => {
  await till.close();
  await shop.close();
});

async function openOver(protocol: "v3" | "v2"): Promise<void> {
  shop.speak(protocol);
  till = await openTill({ dataDir: shop.dataDir, env: shop.env, pins, args: ["--display-at=0,0,1024,600"] });
  await beginSelling(till);
  for (const id of ["cashier-1", "manager-1"]) pins.set(id, await until(`the PIN of ${id}`, () => till.pins.get(id)));
}

async function closeTill(): Promise<void> {
  await till.close();
  said.push(till.console());
}

/** One sale by the given means; what was not paid by it is paid in cash. */
async function sell(pay: () => Promise<void>): Promise<void> {
  await ringUp(till, barcode);
  await till.send("take-payment", {});
  await pay();
  await allPaymentsEnd(till);
  const { payment } = await till.view();
  if (payment?.done === null) await till.send("pay-cash", { receivedFen: payment.leftFen });
  await till.send("next-sale", {});
}

async function byCode(): Promise<void> {
  await scan(shop, await shop.paymentCode());
  await until("the code is taken", async () => (await till.view()).payment?.stage !== "choose");
}

async function byQr(pays: boolean): Promise<void> {
  await till.send("show-qr", { amountFen: null });
  const codeUrl = await until("the QR is up", async () => (await till.view()).payment?.attempt?.codeUrl);
  if (pays) {
    await shop.control("POST", "/wallet/scan-qr", { codeUrl });
    await shop.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
    return;
  }
  const { payment } = await till.view();
  await till.send("cancel-attempt", { outTradeNo: payment?.attempt?.outTradeNo ?? "" });
}

/** Every way a payment goes well or wrong, over one protocol. */
async function sellAllDay(): Promise<void> {
  await customerWill(shop, "pay");
  await sell(byCode);
  await customerWill(shop, "password");
  await sell(async () => {
    await byCode();
    await enterPassword(shop, true);
  });
  await customerWill(shop, "not-enough");
  await sell(byCode);
  for (const outcome of ["bad-gateway-but-done", "not-json", "foreign-amount"]) {
    await shop.control("POST", "/gateway/script", { outcome, next: true });
    await sell(byCode);
  }
  await sell(() => byQr(true));
  await sell(() => byQr(false));
  // A code scanned too early, and one typed where no code belongs, are codes all the same.
  const early = await shop.paymentCode();
  await till.send("scan", { text: early, by: "typed" });
  await till.send("search-items", { text: early, limit: 5 });
  await till.send("sign-in", { cashierId: "manager-1", pin: wrongPin });
}

/** Gives back what the newest sale was paid by WeChat Pay, up to the gateway's word that it has accepted it. */
async function giveBack(): Promise<void> {
  await customerWill(shop, "pay");
  await sell(byCode);
  const saleId = (await till.view()).lastSales[0]?.saleId ?? "";
  const detail = await till.send("sale-detail", { saleId });
  const tenderId = detail.ok ? (detail.value.refundable[0]?.tenderId ?? "") : "";
  const approvalPin = pins.get("manager-1") ?? "";
  const asked = { requestId: saleId, saleId, tenderId, amountFen: 350, reason: "退货", approvalPin };
  expect(await till.send("refund-sale", asked)).toMatchObject({ ok: true });
  await until("the refund is at the gateway", async () =>
    (await readLedger(shop)).orders.some((order) => order.refunds.length > 0),
  );
  // It is given back while the till is closed; the next start asks and prints.
  await shop.control("POST", "/gateway/clock", { advanceMs: 6_000 });
}

/** Everything the till has written or said, as it lies there now. */
async function everything(): Promise<readonly Swept[]> {
  const paper = JSON.stringify(await shop.control("GET", "/printer"));
  return [
    ...filesBelow(shop.dataDir),
    { name: "console", bytes: Buffer.from([...said, till.console()].join("\n")) },
    { name: "paper", bytes: Buffer.from(paper) },
  ];
}

function pinsIn(places: readonly Swept[]): readonly string[] {
  const all = [wrongPin, ...pins.values()];
  return places
    .filter(({ name }) => name !== "console") // the first PINs are told there, once, and nowhere else
    .filter(({ bytes }) => all.some((pin) => holdsPin(bytes, pin)))
    .map(({ name }) => name);
}

describe("After payments of every kind over v3 and v2, and refunds,", () => {
  it(
    "no payment code, openid, key or PIN stands in anything the till wrote, said or printed; sale numbers do",
    async () => {
      await openOver("v3");
      await sellAllDay();
      await giveBack();
      await closeTill();
      await openOver("v2");
      await sellAllDay();
      const saleNumber = (await till.view()).lastSales[0]?.saleNumber ?? "none";

      // First as a power cut would leave the files, write-ahead logs and all, then after an orderly end.
      const running = await everything();
      const secrets = shop.secrets();
      await closeTill();
      expect(shop.shownCodes.length).toBeGreaterThan(12);
      expect([...shop.relay.seen.openids]).toEqual(["oTillwaySimulatedCustomer001"]);
      const names = secrets.map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(["payment code 1", "openid 1", "APIv3 key", "v2 key"]));
      expect(names.filter((name) => name.startsWith("private key")).length).toBeGreaterThan(20);
      for (const places of [running, await everything()]) {
        const from = new Set(places.map(({ name }) => name.split("/")[0]));
        expect([...from]).toEqual(
          expect.arrayContaining(["sales.db", "catalog.db", "logs", "chromium", "terminal.json"]),
        );
        expect(sweep(places, secrets)).toEqual([]);
        expect(pinsIn(places)).toEqual([]);
        // The control: what does stand in files is found, a sale's number in the books and on paper.
        const numbered = sweep(places, [{ name: "number", bytes: Buffer.from(saleNumber) }]).map(({ file }) => file);
        expect(numbered).toEqual(expect.arrayContaining([expect.stringMatching(/^sales\.db/), "paper"]));
      }
    },
    dayMs,
  );
});

describe("A crash with a payment code on its way", () => {
  beforeEach(async () => {
    await openOver("v3");
    await allPaymentsEnd(till);
    if ((await till.view()).sale.lines.length > 0) await sell(async () => {});
    await shop.control("POST", "/gateway/script", { outcome: "never-answered", next: true });
    const calls = shop.relay.calls.length;
    await ringUp(till, barcode);
    await till.send("take-payment", {});
    await byCode();
    await until("the code is on its way", () => shop.relay.calls.length > calls);
    const folder = await till.app.evaluate(({ app }) => app.getPath("crashDumps"));
    expect(relative(shop.dataDir, folder)).toBe("Crashpad");
  });

  it.each([
    ["the till itself", (main: number) => main],
    ["the till's window", (main: number) => childOf(main, "--type=renderer")],
    ["the device host", (main: number) => childOf(main, "utility-sub-type=node.mojom.NodeService")],
  ])("of %s leaves neither a dump nor the code behind", async (_, victimOf) => {
    await crash(victimOf(till.app.process().pid ?? 0));
    const places = await everything();
    expect(dumpsAmong(places)).toEqual([]);
    expect(sweep(places, shop.secrets())).toEqual([]);
  });

  it("leaves a dump where one is wanted, which shows that a dump would have been seen", async () => {
    await till.app.evaluate(({ crashReporter }) => crashReporter.start({ uploadToServer: false }));
    await crash(till.app.process().pid ?? 0);
    const places = filesBelow(shop.dataDir);
    expect(dumpsAmong(places)).toContainEqual(expect.stringMatching(/\.dmp$/));
  });
});

/** As a fault in native code ends a process. */
async function crash(victim: number): Promise<void> {
  process.kill(victim, "SIGSEGV");
  await until("it has crashed", () => !isRunning(victim));
  await closeTill();
}

/** Electron keeps the place ready: the machine's id for reports that are never sent is no dump. */
function dumpsAmong(places: readonly Swept[]): readonly string[] {
  const names = places.map(({ name }) => name);
  return names.filter((name) => /^Crashpad\/(?!client_id$|settings\.dat$)|\.dmp$|(?:^|\/)core(?:\.|$)/.test(name));
}

/** The newest process of the till with this among its arguments. */
function childOf(main: number, argument: string): number {
  const found = processes().findLast(({ group, commandLine }) => group === main && commandLine.includes(argument));
  if (found === undefined) throw new Error(`no process of the till has ${argument}`);
  return found.pid;
}
