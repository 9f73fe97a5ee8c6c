import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { account, startBench, startOfTime, type Bench, type Reply } from "../test-till.ts";
import { yuan } from "./yuan.ts";

let bench: Bench;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The day of the tests; it begins nine hours before they do. */
const day = "2026-11-22";
const midnight = startOfTime - 9 * hourMs;

beforeEach(async () => {
  bench = await startBench();
});

afterEach(async () => {
  await bench.gateway.close();
});

function askFor(parameters: string) {
  return bench.get(`/v3/bill/tradebill?bill_date=${day}${parameters}`);
}

function askForFlow(parameters = "") {
  return bench.get(`/v3/bill/fundflowbill?bill_date=${day}${parameters}`);
}

function download(asked: Reply) {
  const { pathname, search } = new URL(String(asked.body["download_url"]));
  return bench.get(pathname + search);
}

async function linesOf(asked: Reply): Promise<readonly string[]> {
  expect(asked.status).toBe(200);
  const { bytes } = await download(asked);
  expect(createHash("sha1").update(bytes).digest("hex")).toBe(asked.body["hash_value"]);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = bytes.subarray(3).toString("utf8");
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  expect(text.endsWith("\r\n")).toBe(true);
  return text.slice(0, -2).split("\r\n");
}

/** The cells of a data line, split the way that survives commas in names. */
function cellsOf(line: string | undefined): readonly string[] {
  expect(line).toMatch(/^`/);
  return (line ?? "").slice(1).split(",`");
}

function past(payments: readonly object[]) {
  return bench.control("POST", "/gateway/past", { payments });
}

const paid = { outTradeNo: "SALE-0001", amountFen: 1_250, at: midnight + hourMs };

/** One payment, one with a refund, one reversed, one of the day after. */
async function tradingDay(): Promise<void> {
  bench.clock.nowMs = midnight + dayMs + hourMs;
  await past([
    { ...paid, description: "矿泉水,550ml,2瓶", deviceId: "T01", attach: "a,b" },
    {
      ...{ outTradeNo: "SALE-0002", amountFen: 10_000, at: midnight + 2 * hourMs, kind: "native" },
      refunds: [{ outRefundNo: "R-1", amountFen: 4_000, at: midnight + 3 * hourMs }],
    },
    { outTradeNo: "SALE-0003", amountFen: 3, at: midnight + 4 * hourMs, reversedAt: midnight + 5 * hourMs },
    { outTradeNo: "SALE-0004", amountFen: 1, at: midnight + dayMs },
  ]);
  bench.clock.nowMs = midnight + dayMs + 10 * hourMs;
}

describe("the trade bill", () => {
  it("lists every payment, refund and reversal of the day exactly as the published sample does", async () => {
    await tradingDay();
    const asked = await askFor("&bill_type=ALL");
    expect([asked.isGenuine, asked.body["hash_type"]]).toEqual([true, "SHA1"]);
    const lines = await linesOf(asked);
    expect(lines[0]).toBe(
      "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类," +
        "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包," +
        "手续费,费率,订单金额,申请退款金额,费率备注",
    );
    const { appid, mchid } = account;
    const orders = bench.gateway.ledger().orders;
    const ids = orders.map(({ transactionId }) => transactionId);
    const openid = "oTillwaySimulatedCustomer001";
    expect(cellsOf(lines[1])).toEqual([
      ...[
        "2026-11-22 01:00:00",
        appid,
        mchid,
        "0",
        "T01",
        ids[0],
        "SALE-0001",
        openid,
        "MICROPAY",
        "SUCCESS",
        "OTHERS",
      ],
      ...["CNY", "12.50", "0.00", "0", "0", "0.00", "0.00", "", "", "矿泉水,550ml,2瓶", "a,b", "0.08000", "0.60%"],
      ...["12.50", "0.00", ""],
    ]);
    expect(cellsOf(lines[3])).toEqual([
      ...[
        "2026-11-22 03:00:00",
        appid,
        mchid,
        "0",
        "",
        ids[1],
        "SALE-0002",
        openid,
        "NATIVE",
        "REFUND",
        "OTHERS",
        "CNY",
      ],
      ...[
        "0.00",
        "0.00",
        orders[1]?.refunds[0]?.refundId,
        "R-1",
        "40.00",
        "0.00",
        "ORIGINAL",
        "SUCCESS",
        "日用百货",
        "",
      ],
      ...["-0.24000", "0.60%", "0.00", "40.00", ""],
    ]);
    expect(cellsOf(lines[5]).slice(9, 20)).toEqual([
      ...["REVOKED", "OTHERS", "CNY", "0.00", "0.00", expect.stringMatching(/^50\d{26}$/), "0", "0.03", "0.00"],
      ...["ORIGINAL", "SUCCESS"],
    ]);
    expect(lines.slice(6)).toEqual([
      "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额",
      "`5.0,`112.53,`40.03,`0.00,`0.44,`112.53,`40.03",
    ]);
  });

  it("comes with payments or refunds alone, too", async () => {
    await tradingDay();
    const success = await linesOf(await askFor("&bill_type=SUCCESS"));
    expect([success.length, success[0]?.includes("退款")]).toEqual([3 + 3, false]);
    const refunds = await linesOf(await askFor("&bill_type=REFUND"));
    expect([refunds.length, refunds[0]?.includes("退款申请时间,退款成功时间")]).toEqual([2 + 3, true]);
  });

  it("is a snapshot of nine o'clock: a refund that ended later is still under way in it", async () => {
    await bench.codepay("SALE-0001", 1_000, bench.showCode());
    const script = { outcome: "normal", operation: "refund", next: true, params: { settleAfterMs: 2 * dayMs } };
    await bench.control("POST", "/gateway/script", script);
    await bench.refund("R-1", { outTradeNo: "SALE-0001", refund: 100, total: 1_000 });
    bench.clock.nowMs += 10 * dayMs;
    expect(bench.gateway.ledger().orders[0]?.refunds[0]?.status).toBe("SUCCESS");
    expect(cellsOf((await linesOf(await askFor("&bill_type=ALL")))[2])[19]).toBe("PROCESSING");
  });

  it("is packed when asked to be, under the hash of what is inside", async () => {
    await tradingDay();
    const asked = await askFor("&bill_type=ALL&tar_type=GZIP");
    const content = gunzipSync((await download(asked)).bytes);
    expect(createHash("sha1").update(content).digest("hex")).toBe(asked.body["hash_value"]);
    expect(asked.body["hash_value"]).toBe((await askFor("&bill_type=ALL")).body["hash_value"]);
  });

  it("is being made until nine, is not there for a day without trade, and never for today or long ago", async () => {
    const codeOf = async (at: number) => {
      bench.clock.nowMs = at;
      return (await askFor("&bill_type=ALL")).body["code"];
    };
    expect(await codeOf(midnight + dayMs - 1)).toBe("INVALID_REQUEST");
    expect(await codeOf(midnight + dayMs)).toBe("STATEMENT_CREATING");
    expect(await codeOf(midnight + dayMs + 9 * hourMs - 1)).toBe("STATEMENT_CREATING");
    expect(await codeOf(midnight + dayMs + 9 * hourMs)).toBe("NO_STATEMENT_EXIST");
    expect(await codeOf(midnight + 94 * dayMs)).toBe("INVALID_REQUEST");
  });

  it.each([
    ["no day", "/v3/bill/tradebill"],
    ["a day that is none", "/v3/bill/tradebill?bill_date=2026-02-30"],
    ["another kind", `/v3/bill/tradebill?bill_date=${day}&bill_type=SOME`],
    ["another packing", `/v3/bill/tradebill?bill_date=${day}&tar_type=ZIP`],
    ["the other bill's parameter", `/v3/bill/tradebill?bill_date=${day}&account_type=BASIC`],
  ])("is refused for %s", async (_, target) => {
    expect((await bench.get(target)).body).toMatchObject({ code: "PARAM_ERROR" });
  });
});

describe("the download", () => {
  it("is signed by the till but not by the gateway, and its url dies after five minutes", async () => {
    await tradingDay();
    const asked = await askFor("");
    const { pathname, search } = new URL(String(asked.body["download_url"]));
    const reply = await bench.get(pathname + search);
    expect([reply.status, reply.isGenuine, reply.headers["wechatpay-signature"]]).toEqual([200, false, undefined]);
    const unsigned = { method: "GET", target: pathname + search, headers: { Authorization: undefined } } as const;
    expect((await bench.send(unsigned)).status).toBe(401);
    expect((await bench.get(`${pathname}?token=made-up`)).status).toBe(400);
    bench.clock.nowMs += 5 * 60_000;
    expect((await bench.get(pathname + search)).body).toMatchObject({ code: "INVALID_REQUEST" });
  });

  it("can be damaged or cut short on its way, so that the hash does not match", async () => {
    await tradingDay();
    const asked = await askFor("");
    await bench.control("POST", "/gateway/script", { outcome: "damaged", operation: "bill-download", next: true });
    const { bytes } = await download(asked);
    expect(createHash("sha1").update(bytes).digest("hex")).not.toBe(asked.body["hash_value"]);
    await bench.control("POST", "/gateway/script", { outcome: "truncated", operation: "bill-download", next: true });
    await expect(download(asked)).rejects.toThrow("aborted");
  });
});

describe("the fund-flow bill", () => {
  it("shows money and fees with the balance running through them", async () => {
    await tradingDay();
    const lines = await linesOf(await askForFlow());
    expect(lines[0]).toBe(
      "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号",
    );
    const rows = lines.slice(1, -2).map(cellsOf);
    const [opening, fees] = [10_000_000, 8 + 60 - 24];
    expect(rows.map((cells) => [cells[4], cells[5], cells[6], cells[10]])).toEqual([
      ["交易", "收入", "12.50", "SALE-0001"],
      ["扣除交易手续费", "支出", "0.08", "SALE-0001"],
      ["交易", "收入", "100.00", "SALE-0002"],
      ["扣除交易手续费", "支出", "0.60", "SALE-0002"],
      ["退款", "支出", "40.00", "R-1"],
      ["退还交易手续费", "收入", "0.24", "R-1"],
      ["交易", "收入", "0.03", "SALE-0003"],
      ["退款", "支出", "0.03", "0"],
    ]);
    expect(rows.at(-1)?.[7]).toBe(yuan(opening + 1_250 + 10_000 - 4_000 - fees));
    expect(bench.gateway.ledger().merchantBalanceFen).toBe(opening + 1_250 + 10_000 - 4_000 - fees + 1);
    expect(lines.slice(-2)).toEqual([
      "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额",
      "`8.0,`4.0,`112.77,`4.0,`40.71",
    ]);
  });

  it("is empty for the accounts nothing passes through", async () => {
    await tradingDay();
    expect((await askForFlow("&account_type=FEES")).body).toMatchObject({ code: "NO_STATEMENT_EXIST" });
    expect((await askForFlow("&account_type=PIGGY")).body).toMatchObject({ code: "PARAM_ERROR" });
  });
});

describe("a discrepancy", () => {
  const numbersIn = async () =>
    (await linesOf(await askFor("&bill_type=ALL")))
      .slice(1, -2)
      .map(cellsOf)
      .map((cells) => `${cells[6]} ${cells[15]} ${cells[12]} ${cells[16]}`);
  const whole = [
    ...["SALE-0001 0 12.50 0.00", "SALE-0002 0 100.00 0.00", "SALE-0002 R-1 0.00 40.00"],
    ...["SALE-0003 0 0.03 0.00", "SALE-0003 0 0.00 0.03"],
  ];
  const at = midnight + 6 * hourMs;

  it.each<[object, readonly string[]]>([
    [{ kind: "missing-payment", outTradeNo: "SALE-0001" }, whole.slice(1)],
    [{ kind: "extra-payment", outTradeNo: "GHOST-001", amountFen: 99, at }, [...whole, "GHOST-001 0 0.99 0.00"]],
    [
      { kind: "other-amount", outTradeNo: "SALE-0001", amountFen: 1_251 },
      ["SALE-0001 0 12.51 0.00", ...whole.slice(1)],
    ],
    [{ kind: "missing-refund", outRefundNo: "R-1" }, whole.toSpliced(2, 1)],
    [
      { kind: "extra-refund", outTradeNo: "SALE-0001", outRefundNo: "GHOST-R", amountFen: 5, at },
      [...whole, "SALE-0001 GHOST-R 0.00 0.05"],
    ],
    [{ kind: "other-refund-amount", outRefundNo: "R-1", amountFen: 4_001 }, whole.with(2, "SALE-0002 R-1 0.00 40.01")],
    [{ kind: "cross-midnight", outTradeNo: "SALE-0001" }, whole.slice(1)],
    [{ kind: "cross-midnight-refund", outRefundNo: "R-1" }, whole.toSpliced(2, 1)],
  ])("%o gets into the bill, and out again", async (discrepancy, expected) => {
    await tradingDay();
    expect(await numbersIn()).toEqual(whole);
    await bench.control("POST", "/gateway/bill/discrepancy", discrepancy);
    expect(await numbersIn()).toEqual(expected);
    await bench.control("POST", "/gateway/bill/discrepancy/clear");
    expect(await numbersIn()).toEqual(whole);
  });

  it("across midnight shows up on the day after", async () => {
    await tradingDay();
    await bench.control("POST", "/gateway/bill/discrepancy", { kind: "cross-midnight", outTradeNo: "SALE-0001" });
    bench.clock.nowMs += dayMs;
    const lines = await linesOf(await bench.get("/v3/bill/tradebill?bill_date=2026-11-23"));
    expect(cellsOf(lines[1]).filter((_, index) => index === 0 || index === 6)).toEqual([
      "2026-11-23 00:00:30",
      "SALE-0001",
    ]);
  });
});

it("can be scripted to keep the till waiting for a bill", async () => {
  await tradingDay();
  const script = { outcome: "statement-creating", operation: "tradebill", next: true, times: 2 };
  await bench.control("POST", "/gateway/script", script);
  expect((await askFor("")).body).toMatchObject({ code: "STATEMENT_CREATING" });
  expect((await askFor("")).body).toMatchObject({ code: "STATEMENT_CREATING" });
  expect((await askFor("")).status).toBe(200);
  expect(bench.gateway.ledger().otherRequests.map(({ answer }) => answer)).toEqual([
    "400 STATEMENT_CREATING (script statement-creating)",
    "400 STATEMENT_CREATING (script statement-creating)",
    "200",
  ]);
});

it("refuses a past that cannot have been", async () => {
  const refused = (payment: object, why: string) => expect(past([payment])).rejects.toThrow(why);
  await past([paid]);
  await refused(paid, "in the book already");
  await refused({ ...paid, outTradeNo: "SALE-0002", at: startOfTime + 1 }, "has not happened yet");
  const refunds = [{ outRefundNo: "R-1", amountFen: paid.amountFen + 1, at: paid.at }];
  await refused({ ...paid, outTradeNo: "SALE-0003", refunds }, "more than was paid");
  expect(bench.gateway.ledger().orders).toHaveLength(1);
});

it.each([
  [0, "0.00"],
  [3, "0.03"],
  [-3, "-0.03"],
  [100, "1.00"],
  [123_456_789, "1234567.89"],
])("writes %i fen as %s", (fen, text) => {
  expect([yuan(fen), yuan(fen, 5)]).toEqual([text, `${text}000`]);
});
