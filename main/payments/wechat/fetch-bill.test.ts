import { createHash, createPublicKey, verify } from "node:crypto";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { billDay, billText, openid } from "../bill/testing-bill.ts";
import { fetchAndRead } from "../bill/testing-fetched-bill.ts";
import { createTradeBillReader } from "../bill/trade-bill.ts";
import {
  type Behaviour,
  type Heard,
  merchantKeys,
  startTestingGateway,
  type TestingGateway,
} from "./testing-gateway.ts";

const bytes = Buffer.from(billText([{ outTradeNo: "A1", totalFen: 1_250, name: "可乐, 大杯" }]));
const sha1 = createHash("sha1").update(bytes).digest("hex");
const unsigned = () => ({});
const place = "/v3/billdownload/file?token=s3cr3t%2Btoken";

let testing: TestingGateway;
beforeAll(async () => {
  testing = await startTestingGateway();
});
afterAll(() => testing.stop());

/** The gateway with a bill: a signed ticket, an unsigned file. */
function serve(file: Behaviour, ticket: object = {}, url = `${testing.baseUrl}${place}`) {
  testing.behave(({ target }) =>
    target.startsWith("/v3/bill/")
      ? { status: 200, body: { hash_type: "SHA1", hash_value: sha1, download_url: url, ...ticket } }
      : file,
  );
}
const whole = { status: 200, body: gzipSync(bytes), spoil: unsigned } as const;
const owner = { mchid: "1900007291", day: billDay };
const fetched = () =>
  fetchAndRead(createTradeBillReader(owner), (path) => testing.gateway.fetchTradeBill(billDay, path));
const none = (fault: object) => ({ kind: "none", fault });
const bill = { kind: "bill", sha1, rows: [expect.objectContaining({ outTradeNo: "A1", totalFen: 1_250 })] };

describe("fetching a bill", () => {
  it("asks for it, then fetches it from where the gateway says, and checks its hash", async () => {
    serve(whole);
    expect(await fetched()).toEqual(bill);
    const targets = testing.heard.slice(-2).map(({ target }) => target);
    expect(targets).toEqual([`/v3/bill/tradebill?bill_date=${billDay}&bill_type=ALL&tar_type=GZIP`, place]);
  });

  it("takes a file that is not compressed as it is, and one larger than any other answer", async () => {
    serve({ ...whole, body: bytes });
    expect(await fetched()).toEqual(bill);
    const large = Buffer.from(
      billText(Array.from({ length: 5_000 }, (_, index) => ({ outTradeNo: `B${index}`, totalFen: index }))),
    );
    serve({ ...whole, body: large }, { hash_value: createHash("sha1").update(large).digest("hex") });
    expect(await fetched()).toMatchObject({ kind: "bill", rows: { length: 5_000 } });
  });

  it("signs the download with its token in the path, and keeps token and customers out of the log", async () => {
    serve(whole);
    const answer = await fetched();
    const { headers, target } = testing.heard.at(-1) as Heard;
    const part = (name: string) => new RegExp(`${name}="([^"]+)"`, "u").exec(headers.authorization ?? "")?.[1] ?? "";
    const message = Buffer.from(`GET\n${target}\n${part("timestamp")}\n${part("nonce_str")}\n\n`);
    const key = createPublicKey(merchantKeys.publicKey);
    expect(verify("sha256", message, key, Buffer.from(part("signature"), "base64"))).toBe(true);
    expect(testing.logged.join()).not.toContain("s3cr3t");
    expect(JSON.stringify(answer)).not.toContain(openid);
  });

  it("never sends our signature to another address, wherever the bill is said to lie", async () => {
    serve(whole, {}, `https://elsewhere.example${place}`);
    expect(await fetched()).toEqual(bill);
  });

  it("refuses a file that is not the announced one, a broken one and a torn one", async () => {
    serve({ ...whole, body: gzipSync(Buffer.concat([bytes, Buffer.from(" ")])) });
    expect(await fetched()).toEqual(none({ kind: "hash-differs" }));
    serve({ ...whole, body: gzipSync(bytes).subarray(0, -20) });
    expect(await fetched()).toMatchObject(none({ kind: "unreadable" }));
    serve("half");
    expect(await fetched()).toMatchObject(none({ kind: "unknown" }));
  });

  it("names the line when an announced file is no bill", async () => {
    const odd = Buffer.from("hello\r\n");
    serve({ ...whole, body: odd }, { hash_value: createHash("sha1").update(odd).digest("hex") });
    expect(await fetched()).toEqual(none({ kind: "bad-line", line: 1, problem: "no column 交易时间" }));
  });

  it("asks once more when the place has expired, and not a third time", async () => {
    let downloads = 0;
    const expired = { status: 400, body: { code: "INVALID_REQUEST" }, spoil: unsigned };
    const ticket = { hash_type: "SHA1", hash_value: sha1, download_url: `${testing.baseUrl}${place}` };
    testing.behave(({ target }) =>
      target.startsWith("/v3/bill/") ? { status: 200, body: ticket } : (downloads += 1) === 1 ? expired : whole,
    );
    expect(await fetched()).toEqual(bill);
    serve(expired);
    expect(await fetched()).toEqual(none({ kind: "unknown", code: "INVALID_REQUEST" }));
  });

  it.each([
    ["NO_STATEMENT_EXIST", { kind: "no-statement" }],
    ["STATEMENT_CREATING", { kind: "still-creating" }],
    ["NO_AUTH", { kind: "refused", code: "NO_AUTH" }],
  ])("says why there is none: %s", async (code, fault) => {
    testing.behave({ status: 400, body: { code } });
    expect(await fetched()).toEqual(none(fault));
  });

  it("believes no ticket and no empty day that the gateway did not sign", async () => {
    testing.behave({ status: 400, body: { code: "NO_STATEMENT_EXIST" }, spoil: unsigned });
    expect(await fetched()).toEqual(none({ kind: "unknown", code: "NO_STATEMENT_EXIST" }));
    testing.behave({
      status: 200,
      body: { hash_type: "SHA1", hash_value: sha1, download_url: testing.baseUrl },
      spoil: unsigned,
    });
    expect(await fetched()).toEqual(none({ kind: "unknown", code: null }));
    expect(testing.heard.at(-1)?.target).toContain("/v3/bill/tradebill");
  });

  it("fetches the movements of an account the same way", async () => {
    testing.behave({ status: 400, body: { code: "NO_STATEMENT_EXIST" } });
    expect(await testing.gateway.fetchFundFlowBill(billDay, "BASIC", "/nowhere")).toEqual(
      none({ kind: "no-statement" }),
    );
    expect(testing.heard.at(-1)?.target).toBe(
      `/v3/bill/fundflowbill?bill_date=${billDay}&account_type=BASIC&tar_type=GZIP`,
    );
  });
});
