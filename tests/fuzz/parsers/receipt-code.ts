import { fen } from "#core/money/fen.ts";
import { readReceiptCode, receiptWords } from "#core/receipt/receipt-code.ts";
import { assert } from "#core/result.ts";
import type { FuzzParser } from "../parser.ts";

const tenders = [
  {
    tenderId: "0198c0de-0000-7000-8000-000000000001",
    kind: "cash",
    amountFen: fen(1_000),
    outTradeNo: null,
    transactionId: null,
  },
  {
    tenderId: "0198c0de-0000-7000-8000-000000000002",
    kind: "wechat",
    amountFen: fen(3_990),
    outTradeNo: "BJ01T01X00000042",
    transactionId: null,
  },
] as const;
const words = (count: number) =>
  receiptWords({
    storeCode: "BJ01",
    sold: {
      ...{ terminalId: "T01", saleId: "0198c0de-0000-7000-8000-000000000003", saleNumber: "T01-000042" },
      ...{ businessDate: "2026-11-26", totalFen: fen(4_990), tenders: tenders.slice(0, count) },
    },
  });

export const receiptCode: FuzzParser = {
  name: "receipt-code",
  reads: "the QR of a receipt, by which money is given back (core/receipt/receipt-code)",
  seeds: () => [1, 2].map((count) => Buffer.from(`${words(count)}:${"A".repeat(86)}`)),
  words: ["tillway:", ":", ",", "c100.", "w", "s", "~", ".", "-000042"],
  read(input) {
    const text = Buffer.from(input).toString();
    const read = readReceiptCode(text);
    if (read.ok) assert(`${receiptWords(read.value)}:${read.value.signature}` === text, "one sale has one spelling");
    return { isTaken: read.ok, told: read };
  },
};
