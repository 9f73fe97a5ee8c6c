import { assert } from "#core/result.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";
import { until } from "#tests/support/poll.ts";
import type { ScanningTill } from "./scanning-till.ts";

/** Lines of one basket. */
const basketLines = 3;

/** The next basket over the scanner's port, one code after the other has been heard. */
export async function scanBasket({ till, scanner, barcodes }: ScanningTill, turn: number): Promise<void> {
  let { scanCount } = (await till.view()).sale;
  for (let line = 0; line < basketLines; line += 1) {
    // Far apart in the catalogue, so that no page of the index is warm from the scan before.
    const barcode = barcodes[((turn * basketLines + line) * 7_919) % barcodes.length] ?? "";
    scanner.write(`${barcode}\r`);
    scanCount += 1;
    await until("the code was heard", async () => (await till.view()).sale.scanCount >= scanCount);
  }
}

/** From the cashier's word in the window to the committed sale's answer there; milliseconds by the page's clock. */
export async function payInPage(till: TillUnderTest): Promise<number> {
  const { totalFen } = (await till.view()).sale;
  const took = await till.page.evaluate(async (receivedFen) => {
    await tillway.send("take-payment", {});
    const beganMs = performance.now();
    const paid = await tillway.send("pay-cash", { receivedFen });
    const tookMs = performance.now() - beganMs;
    await tillway.send("next-sale", {});
    return paid.ok ? tookMs : null;
  }, totalFen);
  assert(took !== null, "a basket is paid in cash");
  return took;
}
