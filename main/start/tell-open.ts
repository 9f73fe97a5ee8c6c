import type { FirstPerson } from "#main/settings/first-people.ts";
import type { OpenCatalogStore } from "#main/store/catalog/open-catalog-store.ts";
import type { OpenBench } from "./open-bench.ts";
import { readyLine } from "./ready-line.ts";

/** Items of a catalogue that the ready line counts. */
const mostTold = 10_000;

/** The demo store's PINs also stand on the sign-in screen; a real shop reads its first ones here, once. */
export function tellOpen(
  dataDir: string,
  people: readonly FirstPerson[],
  { config, ready }: OpenBench,
  catalog: Pick<OpenCatalogStore, "countUpTo">,
): void {
  for (const { cashier, pin } of people) console.log(`${cashier.role} ${cashier.name} (${cashier.id}) PIN ${pin}`);
  console.log(readyLine(dataDir, config, ready, catalog.countUpTo(mostTold)));
}
