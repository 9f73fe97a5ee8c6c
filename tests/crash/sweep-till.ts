import type { Shop } from "#tests/support/shop.ts";
import { filesBelow, sweep } from "#tests/support/sweep.ts";

/** Looks for every secret of the shop in every file of the till, and on its console; says what it finds, and how much. */
export function sweepTill(shop: Shop, said = ""): number {
  const places = [...filesBelow(shop.dataDir), { name: "console", bytes: Buffer.from(said) }];
  const found = sweep(places, shop.secrets());
  for (const { file, secret, spelling } of found) console.log(`secret: ${secret} in ${file} as ${spelling}`);
  return found.length;
}
