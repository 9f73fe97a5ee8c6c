import { interpretScan } from "#core/barcode/interpret-scan.ts";
import { defaultLabelTemplates, weightAmountTemplate18 } from "#core/barcode/label-template.ts";
import { walletShapeOf } from "#core/barcode/wallet-shape.ts";
import { isFen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import type { FuzzParser } from "../parser.ts";

const context = { labelTemplates: [...defaultLabelTemplates, weightAmountTemplate18], businessDate: "2026-11-26" };
const aims = [null, "]E0", "]E3", "]E4", "]C0", "]C1", "]Q1", "]Q3", "]d2", "]I0", "]e0", "]A0", "]X9"];
const codes = [
  ...["6901234567892", "2112345012345", "2512345678901234567", "134567890123456789", "286598375629308475", "04210005"],
  ...["010690123456789217261231\u001d10LOT\u001d21SN", "https://id.gs1.org/01/06901234567892/10/LOT?17=261231"],
  ...["T01-000042", "TWM123456789012", "97712345678980512", "8110106141416543213500110000310123196000"],
];

/** The first byte is the scanner's AIM identifier, by its place in the list. */
export const barcodeMeaning: FuzzParser = {
  name: "barcode-meaning",
  reads: "what a code means: EAN, GS1 strings and links, scales' labels, payment codes (core/barcode)",
  seeds: () =>
    codes.flatMap((code, at) => [0, at === 0 ? 1 : 0].map((aim) => Buffer.from([aim, ...Buffer.from(code)]))),
  words: [
    "01",
    "17",
    "10",
    "21",
    "3103",
    "392",
    "8008",
    "235",
    "\u001d",
    "/01/",
    "?17=",
    "%",
    "%ff",
    "https://",
    "62",
    "28",
  ],
  read(input) {
    const aim = aims[(input[0] ?? 0) % aims.length] ?? null;
    const text = Buffer.from(input.subarray(1)).toString();
    const told = [true, false].map((isTakingPayment) => interpretScan({ text, aim }, { ...context, isTakingPayment }));
    for (const meaning of told) {
      if (meaning.kind === "payment-code")
        assert(/^1[0-5]\d{16}$/.test(meaning.authCode), "18 digits and nothing else");
      if (meaning.kind === "weighed-label") {
        const { amountFen, weightGrams } = meaning;
        assert(amountFen === null || isFen(amountFen), "an amount in whole fen");
        assert(weightGrams === null || Number.isSafeInteger(weightGrams), "a weight in whole grams");
      }
      if (meaning.kind === "item") assert(meaning.barcode.length <= 128, "no longer than a code");
    }
    assert(told[1]?.kind !== "payment-code", "no payment code while nobody pays");
    walletShapeOf(text, aim);
    return { isTaken: told.some(({ kind }) => kind !== "unreadable" && kind !== "gs1-refused"), told };
  },
};
