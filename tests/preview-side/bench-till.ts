import { connect } from "node:net";
import { once } from "node:events";
import type { SimulatorsReady } from "#contract/bench/ready.ts";
import type { BenchLink } from "#main/bench-link/bench-link.ts";
import { encodeReceipt } from "#native/printer/encode.ts";
import { sampleReceipt } from "./sample-day.ts";

/** Stands in for the till at the twins: keeps the scanner's line open and prints two receipts on the printer's. */
export async function printSamples(ready: SimulatorsReady, link: BenchLink): Promise<void> {
  const scanner = connect(ready.scanner.port, ready.scanner.host);
  scanner.resume();
  const printer = connect(ready.printer.port, ready.printer.host);
  printer.resume();
  await once(printer, "connect");
  const config = { columns: 48, chinese: "gb18030", qr: "native", cut: "partial" } as const;
  for (const chunk of encodeReceipt(sampleReceipt(48), config, null)) printer.write(chunk);
  printer.write(Buffer.from([0x1b, 0x70, 0, 25, 125]));
  await link.control("POST", "/wallet/behaviour", { onCode: "password" });
}
