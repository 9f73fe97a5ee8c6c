import { isFen } from "#core/money/fen.ts";
import { assert } from "#core/result.ts";
import { readHeldSale } from "#main/till/held/held-form.ts";
import { priceCart } from "#core/pricing/price-cart.ts";
import type { FuzzParser } from "../parser.ts";
import { heldBody } from "./wire-samples.ts";

export const heldSale: FuzzParser = {
  name: "held-sale",
  reads: "the lines of a sale that another till gave away (main/till/held)",
  seeds: () => [Buffer.from(heldBody)],
  words: ['"quantity":', "99999000", "percent", "basisPoints", "promotions"],
  jsonFrom: 0,
  mostBytes: 32_768,
  read(input) {
    const body = Buffer.from(input).toString();
    const taken = { outcome: "yours", saleId: "sale-1", form: 1, fromTerminal: "T02", heldAtMs: 1, body } as const;
    const read = readHeldSale(taken);
    if (read.ok) assert(isFen(priceCart(read.value.cart).totalFen), "a sale that can be priced");
    return { isTaken: read.ok, told: read };
  },
};
