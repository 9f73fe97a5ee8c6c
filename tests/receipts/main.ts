import { parseArgs } from "node:util";
import { runReceipts } from "./run-receipts.ts";

// npm run receipts -- --count N --seed S [--from I]
//
// Random receipts on every printer profile, each encoded, read back by the strict decoder, drawn as paper and read by a
// barcode reader. The last line is the verdict as JSON; a failure names the seed and the index that make it again.

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "5000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
  },
});
const began = performance.now();
const seed = Number(values.seed);
const { receipts, lines, failed } = await runReceipts({ count: Number(values.count), seed, from: Number(values.from) });
for (const { index, profile, problems } of failed) {
  console.log(`receipt ${index}: ${JSON.stringify(profile)}`);
  for (const problem of problems) console.log(`  ${problem}`);
  console.log(`  again: npm run receipts -- --count 1 --seed ${seed} --from ${index}`);
}
const seconds = Math.round((performance.now() - began) / 1_000);
console.log(JSON.stringify({ receipts, lines, failed: failed.length, seed, seconds }));
process.exitCode = failed.length === 0 ? 0 : 1;
