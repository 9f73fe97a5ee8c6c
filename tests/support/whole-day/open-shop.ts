import type { Locale } from "#contract/config/terminal.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/** A shop with all that a day needs: WeChat Pay, a printer with its drawer, a scanner, a scale, and its tax rates. */
export async function openWholeShop(locale: Locale): Promise<Shop> {
  const shop = await openShop({ locale });
  const limits = { maxGrams: 15_000, minGrams: 100, divisionGrams: 5 };
  const { scale } = shop.simulators.ready;
  shop.configure({
    ...{ locale, taxes: {} },
    devices: {
      ...shop.terminal.devices,
      scale: { id: "scale-1", transport: { kind: "tcp", ...scale }, protocol: "toledo-8217", ...limits },
    },
  });
  return shop;
}
