import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readBillFile } from "#main/payments/bill/read-bill-file.ts";
import { billDay, billText } from "#main/payments/bill/testing-bill.ts";
import { createTradeBillReader } from "#main/payments/bill/trade-bill.ts";
import type { FuzzParser } from "../parser.ts";
import { scratch } from "../scratch.ts";

const text = billText([{ outTradeNo: "A1", totalFen: 499 }]);
/** What the signed ticket says the bytes unpack to. */
const sha1 = createHash("sha1").update(text).digest("hex");

export const billFile: FuzzParser = {
  name: "bill-file",
  reads: "a bill's file, packed or not, with its hash (main/payments/bill/read-bill-file)",
  seeds: () => [
    gzipSync(text),
    Buffer.from(text),
    Buffer.concat([gzipSync(text.slice(0, 40)), gzipSync(text.slice(40))]),
  ],
  twentieths: 4,
  async read(input) {
    const path = join(scratch(), "bill");
    writeFileSync(path, input);
    const read = await readBillFile({ path, sha1 }, createTradeBillReader({ mchid: "1900007291", day: billDay }));
    return { isTaken: read.ok, told: read };
  },
};
