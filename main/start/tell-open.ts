import type { FirstPerson } from "#main/settings/first-people.ts";
import type { OpenBench } from "./open-bench.ts";
import { readyLine } from "./ready-line.ts";

/** The demo store's PINs also stand on the sign-in screen; a real shop reads its first ones here, once. */
export function tellOpen(
  dataDir: string,
  people: readonly FirstPerson[],
  { config, ready }: OpenBench,
  items: number,
): void {
  for (const { cashier, pin } of people) console.log(`${cashier.role} ${cashier.name} (${cashier.id}) PIN ${pin}`);
  console.log(readyLine(dataDir, config, ready, items));
}
