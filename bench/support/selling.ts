import { assert } from "#core/result.ts";
import type { TillUnderTest } from "#tests/support/open-till.ts";
import type { ScanningTill } from "./scanning-till.ts";

/** Lines of one basket. */
const basketLines = 3;

/**
 * The next basket over the scanner's port, one code after the other has been painted. Waits without stirring: a poll would
 * have the whole view copied into the page again and again, which costs the frames that are measured.
 */
export async function scanBasket({ till, scanner, barcodes }: ScanningTill, turn: number): Promise<void> {
  let scanCount = await till.page.evaluate(async () => {
    const looked = await tillway.send("look", {});
    return looked.ok ? looked.value.sale.scanCount : 0;
  });
  for (let line = 0; line < basketLines; line += 1) {
    // Far apart in the catalogue, so that no page of the index is warm from the scan before.
    const barcode = barcodes[((turn * basketLines + line) * 7_919) % barcodes.length] ?? "";
    scanCount += 1;
    const painted = till.page.evaluate(paintedTime, `scan-painted:${scanCount}`);
    scanner.write(`${barcode}\r`);
    await painted;
  }
}

/** In the page: when the mark was set, as wall-clock milliseconds. */
export function paintedTime(name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const [mark] = performance.getEntriesByName(name);
      if (mark !== undefined) resolve(performance.timeOrigin + mark.startTime);
      return mark !== undefined;
    };
    if (look()) return;
    const observer = new PerformanceObserver(() => {
      if (look()) observer.disconnect();
    });
    observer.observe({ type: "mark" });
    setTimeout(() => reject(new Error(`never painted: ${name}`)), 20_000);
  });
}

/** From the cashier's word in the window to the committed sale's answer there; milliseconds by the page's clock. */
export async function payInPage(till: TillUnderTest): Promise<number> {
  const took = await till.page.evaluate(async () => {
    const looked = await tillway.send("look", {});
    if (!looked.ok) return null;
    const { totalFen: receivedFen } = looked.value.sale;
    await tillway.send("take-payment", {});
    const beganMs = performance.now();
    const paid = await tillway.send("pay-cash", { receivedFen });
    const tookMs = performance.now() - beganMs;
    await tillway.send("next-sale", {});
    return paid.ok ? tookMs : null;
  });
  assert(took !== null, "a basket is paid in cash");
  return took;
}
