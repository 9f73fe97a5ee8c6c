import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { merchantAccount } from "#tests/payments/account.ts";
import type { Passing } from "#tests/support/tampering-proxy.ts";
import { distrustsV2, distrustsV3, refusing, refusingV2, writtenAgainV2 } from "./answers.ts";
import { bills, refunds } from "./endpoints-books.ts";
import { payments } from "./endpoints-pay.ts";
import { paymentsV2 } from "./endpoints-v2.ts";
import { amountFen, foreignKeyPem, openShop, type Shop } from "./shop.ts";

/*
 * Every endpoint the client speaks to, against the gateway simulator: the good answer is the simulator's own; a refusal
 * or an answer that cannot be believed is put in its place on the way.
 */

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => {
  shop.between.tamper = null;
});
afterAll(() => shop.close());

const { gateway, client } = merchantAccount();
const signing = { privateKeyPem: gateway.platform.privateKeyPem, nowMs: () => shop.now() };
/** The foreign key of v2: right in form, and nobody's. */
const foreignV2Key = "0123456789abcdef0123456789abcdef";
const spellings = (code: string): readonly string[] => [...new Set([code, code.replaceAll("_", "")])];

async function answered(
  prepare: (shop: Shop) => Promise<() => Promise<unknown>>,
  tamper: (answer: Passing) => Passing,
) {
  shop.between.tamper = null;
  const ask = await prepare(shop);
  const before = shop.between.passed.length;
  shop.between.tamper = tamper;
  const answer = await ask();
  expect(shop.between.passed.length).toBeGreaterThan(before); // it is the gateway that was asked
  return answer;
}

describe.each([...payments, ...refunds, ...bills])("$name", ({ prepare, good, distrusted, refusals }) => {
  it("answers what was asked", async () => {
    const ask = await prepare(shop);
    expect(await ask()).toMatchObject(good);
  });

  it.each(refusals)("refusing with %i %s, in both spellings, means %o", async (status, code, means) => {
    for (const spelt of spellings(code)) {
      expect(await answered(prepare, refusing(status, spelt, signing))).toMatchObject(means);
    }
  });

  it.each(Object.entries(distrustsV3(signing, foreignKeyPem)))("proves nothing with %s", async (_what, tamper) => {
    expect(await answered(prepare, tamper)).toMatchObject(distrusted);
  });

  it("refuses nothing when the refusal is not signed", async () => {
    const unsigned = (answer: Passing): Passing => {
      const { "wechatpay-signature": _, ...headers } = refusing(400, "PARAM_ERROR", signing)(answer).headers;
      return { status: 400, headers, body: Buffer.from('{"code":"PARAM_ERROR"}') };
    };
    expect(await answered(prepare, unsigned)).toMatchObject(distrusted);
  });
});

describe("GET /v3/billdownload/file", () => {
  it("is worth what the signed hash says: a flipped byte is found", async () => {
    const [trade] = bills;
    const ask = await trade!.prepare(shop);
    shop.between.tamper = (answer) => {
      if (!String(answer.headers["content-type"]).includes("octet-stream")) return answer;
      const body = Buffer.from(answer.body);
      body.writeUInt8(body.readUInt8(body.length - 9) ^ 1, body.length - 9);
      return { ...answer, body };
    };
    expect(await ask()).toMatchObject({ kind: "none" });
  });
});

describe.each(paymentsV2)("$name", ({ prepare, good, distrusted, refusals }) => {
  it("answers what was asked", async () => {
    const ask = await prepare(shop);
    expect(await ask()).toMatchObject(good);
  });

  it.each(refusals)("refusing with %i %s, in both spellings, means %o", async (_status, code, means) => {
    for (const spelt of spellings(code)) {
      expect(await answered(prepare, refusingV2(spelt, client.v2Key, { recall: "N" }))).toMatchObject(means);
    }
  });

  it.each(Object.entries(distrustsV2(foreignV2Key)))("proves nothing with %s", async (_what, tamper) => {
    expect(await answered(prepare, tamper)).toMatchObject(distrusted);
  });

  it("is believed in other bytes and another order: v2 signs fields, not bytes", async () => {
    expect(await answered(prepare, writtenAgainV2)).toMatchObject(good);
  });
});

describe("GET /v3/certificates", () => {
  const refresh = () => shop.byCertificates.certificates?.refresh();
  beforeAll(() => shop.control("/gateway/certificates", { mode: "certificate" }));
  afterAll(() => shop.control("/gateway/certificates", { mode: "public-key" }));

  it("brings the certificates that vouch for every other answer", async () => {
    expect(await refresh()).toMatchObject({ ok: true });
    expect(await shop.byCertificates.query(shop.number(), amountFen, "v3")).toEqual({ kind: "not-found" });
  });

  it.each(Object.entries(distrustsV3(signing, foreignKeyPem)).filter(([what]) => !/ago|come/u.test(what)))(
    "brings none with %s",
    async (_what, tamper) => {
      shop.between.tamper = tamper;
      expect(await refresh()).toMatchObject({ ok: false });
    },
  );
});
