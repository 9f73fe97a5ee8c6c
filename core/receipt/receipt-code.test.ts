import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fen } from "#core/money/fen.ts";
import type { SoldTender } from "#core/refund/sold-sale.ts";
import { packId, unpackId } from "./packed-id.ts";
import { mostReceiptCodeBytes, readReceiptCode, type ReceiptFacts, receiptWords } from "./receipt-code.ts";

const signature = "A".repeat(86);
const signed = (facts: ReceiptFacts): string => `${receiptWords(facts)}:${signature}`;

const id = fc.oneof(fc.uuid(), fc.stringMatching(/^[a-z0-9]{1,20}-[a-z0-9]{1,20}$/));
const money = fc.integer({ min: 0, max: 1_000_000_000 }).map(fen);
const tender: fc.Arbitrary<SoldTender> = fc
  .oneof(
    fc.record({ tenderId: id, kind: fc.constant("cash" as const), amountFen: money, outTradeNo: fc.constant(null) }),
    fc.record({
      tenderId: id,
      kind: fc.constant("static-code" as const),
      amountFen: money,
      outTradeNo: fc.constant(null),
    }),
    fc.record({
      ...{ tenderId: id, kind: fc.constant("wechat" as const), amountFen: money },
      outTradeNo: fc.stringMatching(/^[0-9A-Z]{6,32}$/),
    }),
  )
  .map((one) => ({ ...one, transactionId: null }));
const facts: fc.Arbitrary<ReceiptFacts> = fc.record({
  storeCode: fc.stringMatching(/^[A-Z0-9]{2,4}$/),
  sold: fc.record({
    terminalId: fc.constant("T01"),
    saleId: id,
    saleNumber: fc.integer({ min: 1, max: 9_999_999 }).map((count) => `T01-${String(count).padStart(6, "0")}`),
    businessDate: fc.constantFrom("2026-11-26", "2027-01-01"),
    totalFen: money,
    tenders: fc.array(tender, { minLength: 1, maxLength: 4 }),
  }),
});

describe("the words of a receipt's QR", () => {
  it("read back as what was sold, whatever was sold", () => {
    fc.assert(
      fc.property(facts, (sold) => {
        const words = receiptWords(sold);
        expect(readReceiptCode(signed(sold))).toEqual({ ok: true, value: { ...sold, words, signature } });
      }),
    );
  });

  it("are read in one spelling only: no other text says the same", () => {
    fc.assert(
      fc.property(facts, fc.nat(), fc.constantFrom("0", " ", "~", ":", "A"), (sold, at, extra) => {
        const text = receiptWords(sold);
        const place = at % (text.length + 1);
        const other = `${text.slice(0, place)}${extra}${text.slice(place)}:${signature}`;
        const read = readReceiptCode(other);
        if (read.ok) expect(read.value.words).toBe(other.slice(0, -87));
        if (read.ok) expect(receiptWords(read.value)).toBe(read.value.words);
      }),
    );
  });

  it("fit the QR's budget for a sale paid with WeChat Pay and cash, and not for one paid in many parts", () => {
    const uuid = "0194a3f2-7c1d-7e55-9b1a-3c5d7e9f1a2b";
    const tenders: readonly SoldTender[] = [
      {
        tenderId: uuid,
        kind: "wechat",
        amountFen: fen(4_990),
        outTradeNo: "BJ01T01261126103000A1B",
        transactionId: null,
      },
      { tenderId: uuid, kind: "cash", amountFen: fen(1_000), outTradeNo: null, transactionId: null },
    ];
    const sold = { terminalId: "T01", saleId: uuid, saleNumber: "T01-000042", businessDate: "2026-11-26" };
    const of = (paid: readonly SoldTender[]) =>
      signed({ storeCode: "BJ01", sold: { ...sold, totalFen: fen(5_990), tenders: paid } }).length;
    expect(of(tenders.slice(0, 1))).toBeLessThanOrEqual(213); // version 10
    expect(of(tenders)).toBeLessThanOrEqual(mostReceiptCodeBytes); // version 11
    expect(of([...tenders, ...tenders])).toBeGreaterThan(mostReceiptCodeBytes);
  });

  it.each([
    ["4006381333931", "no-receipt"],
    ["tillway:T01-000042:4990:1a2b3c4d5e6f7081", "unsigned"],
    [`tillway:T01-42:BJ01:1:20261126:a:c1.b:${signature}`, "malformed"],
    [`tillway:T01-000042:BJ01:1:2026-11-26:a:c1.b:${signature}`, "malformed"],
    [`tillway:T01-000042:BJ01:-1:20261126:a:c1.b:${signature}`, "malformed"],
    [`tillway:T01-000042:BJ01:1:20261126:a:w1.b:${signature}`, "malformed"],
    [`tillway:T01-000042:BJ01:1:20261126:a:c1.b.BJ01T01:${signature}`, "malformed"],
    [`tillway:T01-000042:BJ01:01:20261126:a:c1.b:${signature}`, "malformed"],
    [`tillway:T01-000042:BJ01:1:20261126:a:c1.b:${signature}:x`, "malformed"],
    [`tillway:T01-000042:BJ01:1:20261126:a:c1.b:${signature.slice(1)}`, "malformed"],
  ])("refuses %s as %s", (text, fault) => {
    expect(readReceiptCode(text)).toEqual({ ok: false, fault });
  });
});

describe("an id", () => {
  it("that is a UUID is packed and read back, and nothing else passes for one", () => {
    fc.assert(
      fc.property(fc.uuid(), (value) => {
        expect(packId(value)).toHaveLength(23);
        expect(unpackId(packId(value))).toBe(value);
      }),
    );
    expect(unpackId("~".padEnd(23, "_"))).toBeNull(); // more than 128 bits
    expect(unpackId("~short")).toBeNull();
    expect(unpackId("a:b")).toBeNull();
  });
});
