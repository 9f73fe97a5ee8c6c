import { parseArgs } from "node:util";
import { runPrintLoad } from "./print-load.ts";
import { isClean } from "./scan-book.ts";
import { runScanLoad, runUnplugLoad } from "./scan-load.ts";

// npm run devices:load -- [--scans 10000] [--per-second 50] [--unplugs 20] [--jobs 200] [--kills 100] [--seed 1]
//
// Two scanners on serial ports at once while a printer on a third is stalled; scanners pulled out and put back while the
// other is used; the device host killed while receipts print. One JSON object per part; exit 1 when anything was lost,
// doubled, merged or out of order.

const { values } = parseArgs({
  options: {
    scans: { type: "string", default: "10000" },
    "per-second": { type: "string", default: "50" },
    unplugs: { type: "string", default: "20" },
    jobs: { type: "string", default: "200" },
    kills: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
  },
});
const perSecond = Number(values["per-second"]);

const scans = await runScanLoad({ scans: Number(values.scans), perSecond });
console.log(JSON.stringify({ part: "two scanners, printer stalled", ...scans }));
const unplugs = await runUnplugLoad({ unplugs: Number(values.unplugs), perSecond });
console.log(JSON.stringify({ part: "unplugged and plugged in", unplugs: Number(values.unplugs) * 2, ...unplugs }));
const papers = await runPrintLoad({
  jobs: Number(values.jobs),
  kills: Number(values.kills),
  seed: Number(values.seed),
});
console.log(JSON.stringify({ part: "host killed while printing", ...papers }));
const isGood = isClean(scans) && scans.isPrinterStalled && isClean(unplugs) && papers.lost + papers.doubled === 0;
process.exitCode = isGood ? 0 : 1;
