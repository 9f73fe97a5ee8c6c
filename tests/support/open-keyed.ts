import type { Locale } from "#contract/config/terminal.ts";
import { byKeyboard } from "./by-keyboard.ts";
import type { ScreenSeen } from "./every-screen.ts";
import { walkFocus } from "./focus-walk.ts";
import type { Keyed } from "./keyed-day.ts";
import { openTill } from "./open-till.ts";
import { part } from "./sale-screen.ts";
import { openShop, quickTiming, type Shop } from "./shop.ts";

/** A till without a hand, in a shop of its own or the one given; both are closed by `close`. */
export async function openKeyed(
  locale: Locale,
  given: { readonly shop?: Shop; readonly args?: readonly string[] } = {},
): Promise<Keyed & { readonly close: () => Promise<void> }> {
  const shop = given.shop ?? (await openShop({ locale }, { ...quickTiming, nativeDeadlineMs: 120_000 }));
  const seenTill = await openTill({ dataDir: shop.dataDir, args: given.args ?? [] });
  await seenTill.page.setViewportSize({ width: 1_280, height: 800 });
  const till = await byKeyboard(seenTill);
  await part(till.page, "person").first().waitFor();
  const hindrances: string[] = [];
  return {
    ...{ shop, till, hindrances },
    async see(screen) {
      for (const hindrance of await walkFocus(till.page, screen)) hindrances.push(`${screen}: ${hindrance}`);
    },
    async close() {
      await seenTill.close();
      await shop.close();
    },
  };
}

/** Walks over each of the screens with Tab. */
export async function walkAll(keyed: Keyed, screens: AsyncIterable<Pick<ScreenSeen, "name">>): Promise<void> {
  for await (const { name } of screens) await keyed.see(name);
}
