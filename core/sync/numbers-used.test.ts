import fc from "fast-check";
import { expect, it } from "vitest";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { formatSaleNumber } from "#core/sale/sale-number.ts";
import { outTradeNo } from "#core/tender/out-trade-no.ts";
import { noNumbers, numbersUsed } from "./numbers-used.ts";

const owner = { storeCode: "BJ01", terminalId: "T01" };
const entry = (kind: string, body: unknown): WireEntry => ({
  ...{ epoch: "e", seq: 1, kind, v: 1, atWall: "2026-11-26T00:00:00Z", atMono: 0, prev: "", hash: "", sig: null },
  body: typeof body === "string" ? body : JSON.stringify(body),
});
const counter = fc.integer({ min: 1, max: 3_000_000 });

it("the highest sale and payment numbers of a lost tail are found, however they lie", () => {
  fc.assert(
    fc.property(fc.array(counter, { minLength: 1 }), fc.array(counter, { minLength: 1 }), (sales, attempts) => {
      const entries = [
        ...sales.map((n) => entry("sale-completed", { saleNumber: formatSaleNumber("T01", n) })),
        ...attempts.map((n) =>
          entry("attempt-created", { outTradeNo: outTradeNo("BJ01", "T01", "261126120000", n.toString(36)) }),
        ),
      ];
      expect(numbersUsed(owner, entries)).toEqual({
        saleNumber: Math.max(...sales),
        attemptNumber: Math.max(...attempts),
      });
    }),
  );
});

it("another till's numbers, other kinds and bodies that cannot be read give nothing away", () => {
  const others = [
    entry("sale-completed", { saleNumber: "T02-000900" }),
    entry("sale-completed", "{"),
    entry("sale-completed", "null"),
    entry("sale-held", { saleNumber: "T01-000900" }),
    entry("attempt-created", { outTradeNo: "BJ02T01261126120000zz" }),
    entry("attempt-created", { outTradeNo: "BJ01T01" }),
  ];
  expect(numbersUsed(owner, others)).toEqual(noNumbers);
  expect(numbersUsed(owner, others, { saleNumber: 7, attemptNumber: 9 })).toEqual({ saleNumber: 7, attemptNumber: 9 });
});
