import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSealed } from "../signing.ts";
import { account, apiV3Key, isGenuine, pageHost, pagePayment, startBench, type Bench } from "../test-till.ts";

interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

let bench: Bench;
let shop: Server;
let url: string;
let heard: Heard[];
/** What the shop answers; 204 when the list is empty. */
let answers: number[];
const number = "QR-0000001";

beforeEach(async () => {
  bench = await startBench();
  heard = [];
  answers = [];
  shop = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      heard.push({ headers: request.headers, bytes: Buffer.concat(chunks) });
      response.writeHead(answers.shift() ?? 204).end();
    });
  });
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  const address = shop.address();
  if (address === null || typeof address === "string") throw new Error("the shop listens on no port");
  url = `http://127.0.0.1:${address.port}/notify`;
});

afterEach(async () => {
  await bench.gateway.close();
  shop.closeAllConnections();
  await new Promise((resolve) => shop.close(resolve));
});

function notify(more: object = {}) {
  return bench.control("POST", "/gateway/notify", { url, ...more });
}

async function payByQr(outTradeNo = number): Promise<void> {
  const codeUrl = (await bench.native(outTradeNo, 500)).body["code_url"];
  await bench.control("POST", "/wallet/scan-qr", { codeUrl });
  await bench.control("POST", "/wallet/pay-qr", { codeUrl, accept: true });
}

/** Lets what is due be sent and waits for it to arrive. */
async function hear(count: number): Promise<void> {
  await expect
    .poll(async () => {
      await bench.control("GET", "/gateway/notices");
      return heard.length;
    })
    .toBe(count);
}

// The shapes below are the documentation's; a wrong one fails in the comparison.
function opened({ bytes }: Heard) {
  const body = JSON.parse(bytes.toString("utf8")) as Record<string, unknown> & { resource: Record<string, string> };
  const { nonce = "", associated_data: associatedData = "", ciphertext = "" } = body.resource;
  const text = openSealed({ apiV3Key, nonce, associatedData, ciphertext });
  // As above.
  return { body, resource: JSON.parse(text) as Record<string, unknown> };
}

async function noticeNow() {
  const { notices } = await bench.control("GET", "/gateway/notices");
  // As above.
  return (notices as { state: string; tries: { at: number; status: number }[] }[])[0];
}

describe("a payment by QR", () => {
  it("is told once, signed and sealed", async () => {
    await notify();
    await payByQr();
    await hear(1);
    const [first] = heard;
    if (first === undefined) throw new Error("heard nothing");
    expect(isGenuine(first.headers, first.bytes, bench.clock.nowMs)).toBe(true);
    const { body, resource } = opened(first);
    expect(body).toEqual({
      ...{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), create_time: "2026-11-22T09:00:00+08:00" },
      ...{ resource_type: "encrypt-resource", event_type: "TRANSACTION.SUCCESS", summary: "支付成功" },
      resource: {
        ...{ original_type: "transaction", algorithm: "AEAD_AES_256_GCM", associated_data: "transaction" },
        ...{ nonce: expect.stringMatching(/^.{12}$/), ciphertext: expect.any(String) },
      },
    });
    expect(resource).toEqual((await bench.query(number)).body);
    await expect.poll(async () => (await noticeNow())?.state).toBe("told");
  });

  it("is not told while nobody is set up to hear it, and payment codes never are", async () => {
    await payByQr();
    await notify();
    await bench.codepay("SALE-0001", 100, bench.showCode());
    expect(await bench.control("GET", "/gateway/notices")).toEqual({ notices: [] });
  });
});

describe("a payment on a page inside WeChat", () => {
  async function payOnPage(): Promise<void> {
    await bench.control("POST", "/gateway/web", { hosts: [pageHost] });
    const prepayId = String((await bench.jsapi("PAGE-00001", 500)).body["prepay_id"]);
    const said = pagePayment(prepayId, bench.clock.nowMs);
    await bench.control("POST", "/wallet/page-order", said);
    await bench.control("POST", "/wallet/pay-page", { ...said, accept: true });
  }

  it("is told like one by QR, with its own trade type", async () => {
    await notify();
    await payOnPage();
    await hear(1);
    const [first] = heard;
    if (first === undefined) throw new Error("heard nothing");
    expect(opened(first).resource).toEqual((await bench.query("PAGE-00001")).body);
    expect(opened(first).resource).toMatchObject({ trade_type: "JSAPI" });
  });

  it("is told again when the first tries were lost on the way", async () => {
    await notify({ losing: 2 });
    await payOnPage();
    for (const tries of [1, 2]) {
      await expect.poll(async () => (await noticeNow())?.tries.length).toBe(tries);
      bench.clock.nowMs += 15_000;
    }
    await hear(1);
    await expect.poll(async () => (await noticeNow())?.tries.map(({ status }) => status)).toEqual([0, 0, 204]);
  });

  it("can be told wrong by a fen, signed and sealed all the same", async () => {
    await notify({ foreignAmount: true });
    await payOnPage();
    await hear(1);
    const [first] = heard;
    if (first === undefined) throw new Error("heard nothing");
    expect(isGenuine(first.headers, first.bytes, bench.clock.nowMs)).toBe(true);
    expect(opened(first).resource).toMatchObject({ amount: { total: 501, payer_total: 501 } });
  });
});

describe("a refund", () => {
  it.each([
    ["normal", "REFUND.SUCCESS"],
    ["refund-abnormal", "REFUND.ABNORMAL"],
    ["refund-closed", "REFUND.CLOSED"],
  ])("%s is told as %s when it named an address", async (outcome, eventType) => {
    await notify();
    await bench.codepay("SALE-0001", 1_000, bench.showCode());
    await bench.control("POST", "/gateway/script", { outcome, operation: "refund", next: true });
    const asked = { outTradeNo: "SALE-0001", refund: 400, total: 1_000 };
    await bench.refund("R-1", { ...asked, extra: { notify_url: "https://shop.example.cn/refunds" } });
    bench.clock.nowMs += 60_000;
    await hear(1);
    const [first] = heard;
    if (first === undefined) throw new Error("heard nothing");
    const { body, resource } = opened(first);
    expect(body["event_type"]).toBe(eventType);
    expect(resource).toMatchObject({
      ...{ mchid: account.mchid, out_trade_no: "SALE-0001", out_refund_no: "R-1" },
      ...{ refund_status: eventType.slice(7), user_received_account: "支付用户零钱" },
      amount: { total: 1_000, refund: 400, payer_total: 1_000, payer_refund: 400 },
    });
  });
});

describe("a shop that does not say yes", () => {
  it("is told again by the ladder, fifteen times more, and then no longer", async () => {
    await notify();
    answers = Array.from({ length: 16 }, () => 500);
    await payByQr();
    const waits = [15, 15, 30, 180, 600, 1_200, 1_800, 1_800, 1_800, 3_600, 10_800, 10_800, 10_800, 21_600, 21_600];
    for (const [at, seconds] of waits.entries()) {
      await hear(at + 1);
      await expect.poll(async () => (await noticeNow())?.tries.length).toBe(at + 1);
      bench.clock.nowMs += seconds * 1_000 - 1;
      await bench.control("GET", "/gateway/notices");
      expect(heard).toHaveLength(at + 1);
      bench.clock.nowMs += 1;
    }
    await hear(16);
    await expect.poll(async () => (await noticeNow())?.state).toBe("given-up");
    expect(new Set(heard.map(({ bytes }) => bytes.toString("utf8"))).size).toBe(1);
  });

  it("is not told again once it has said yes", async () => {
    await notify();
    answers = [404, 200];
    await payByQr();
    await hear(1);
    await expect.poll(async () => (await noticeNow())?.tries.length).toBe(1);
    bench.clock.nowMs += 15_000;
    await hear(2);
    await expect.poll(async () => (await noticeNow())?.state).toBe("told");
    expect((await noticeNow())?.tries.map(({ status }) => status)).toEqual([404, 200]);
  });
});

describe("notices can be told to", () => {
  it("come twice although heard", async () => {
    await notify({ copies: 2 });
    await payByQr();
    await hear(2);
    expect(heard[0]?.bytes.equals(heard[1]?.bytes ?? Buffer.alloc(0))).toBe(true);
  });

  it("come late and the newest first", async () => {
    await notify({ order: "newest-first", delayMs: 10_000 });
    for (const outTradeNo of ["QR-0000001", "QR-0000002", "QR-0000003"]) await payByQr(outTradeNo);
    bench.clock.nowMs += 10_000;
    await hear(3);
    const numbers = heard.map((one) => opened(one).resource["out_trade_no"]);
    expect(numbers).toEqual(["QR-0000003", "QR-0000002", "QR-0000001"]);
  });

  it.each(["missing", "wrong", "signtest", "stale", "unknown-serial"])(
    "come with a %s signature",
    async (signature) => {
      await notify({ signature });
      await payByQr();
      await hear(1);
      const [first] = heard;
      expect(first && isGenuine(first.headers, first.bytes, bench.clock.nowMs)).toBe(false);
    },
  );
});
