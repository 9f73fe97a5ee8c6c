import { statSync } from "node:fs";
import { join } from "node:path";
import { readCommandLine } from "./command-line.ts";
import { type SeedFault, seedDirectory } from "./seed-directory.ts";
import { shopPeople } from "./shop.ts";

// npm run seed -- --data-dir DIR [--items N] [--sales N] [--seed N] [--until YYYY-MM-DD]
//
// Makes the data directory of a shop after a year of trade, through the till's own stores. Prints how far it is on standard
// error, and last one JSON object. Exit code 0: made; 2: nothing was made, with the reason.

/** Between two lines of progress. Milliseconds. */
const betweenMs = 5_000;

// Sales and PIN hashes are for this user's eyes, as in the till.
process.umask(0o077);
process.exitCode = await main();

async function main(): Promise<number> {
  const asked = readCommandLine(process.argv.slice(2), Date.now());
  if (!asked.ok) return refuse(asked.fault);
  const { dataDir, itemCount, saleCount } = asked.value;
  const beganMs = performance.now();
  let toldMs = beganMs;
  const seconds = (): number => Math.max(1, Math.round((performance.now() - beganMs) * 0.001));
  const stop = new AbortController();
  // Once: what was sold by then is kept. Twice ends it at once.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  const made = await seedDirectory({
    ...asked.value,
    stop: stop.signal,
    onProgress({ sales, items }) {
      if (performance.now() - toldMs < betweenMs) return;
      toldMs = performance.now();
      console.error(`${sales} of ${saleCount} sales, ${items} of ${itemCount} items, ${seconds()} s`);
    },
  });
  if (!made.ok) return refuse(faultWords(made.fault));
  for (const { cashier, pin } of shopPeople) console.log(`${cashier.role} ${cashier.name} (${cashier.id}) PIN ${pin}`);
  const bytes = (name: string): number => statSync(join(dataDir, name)).size;
  const sizes = { salesDbBytes: bytes("sales.db"), catalogDbBytes: bytes("catalog.db") };
  const { sales, items } = made.value;
  const { seed, until } = asked.value;
  const salesPerSecond = Math.round(sales / seconds());
  console.log(JSON.stringify({ dataDir, items, sales, seed, until, ...sizes, seconds: seconds(), salesPerSecond }));
  return 0;
}

function faultWords(fault: SeedFault): string {
  if (fault.kind === "disk-full") {
    const gb = (bytes: number): string => (bytes * 1e-9).toFixed(1);
    return `That takes about ${gb(fault.neededBytes)} GB, and the disk has ${gb(fault.freeBytes)} GB free. Ask for fewer sales or items, or name a folder on another disk.`;
  }
  if (fault.isUnfinished)
    return `A seed that was cut off lies in ${fault.dataDir}. Delete the folder, or name another one.`;
  return `${fault.dataDir} is not empty. A seed never writes over anything: name a folder that is empty or not there yet.`;
}

function refuse(why: string): number {
  console.error(why);
  return 2;
}
