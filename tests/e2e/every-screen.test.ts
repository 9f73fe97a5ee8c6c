import type { Locale } from "#contract/config/terminal.ts";
import { type ScreenSeen, sellingScreens } from "#tests/support/every-screen.ts";
import { judgeWalks } from "#tests/support/judged-walks.ts";
import { openTill } from "#tests/support/open-till.ts";
import { openShop, quickTiming } from "#tests/support/shop.ts";

/* The till and its customer's screen while it sells. A manager's pages: every-managers-screen.test.ts beside this. */

/** With a customer who may take time. */
async function* day(locale: Locale): AsyncGenerator<ScreenSeen> {
  const shop = await openShop({ locale }, { ...quickTiming, codepayDeadlineMs: 120_000, nativeDeadlineMs: 120_000 });
  const till = await openTill({ dataDir: shop.dataDir, args: ["--display-at=0,0,1024,600"] });
  try {
    yield* sellingScreens({ till, shop, cashierId: "cashier-1", managerId: "manager-1" });
  } finally {
    await till.close();
    await shop.close();
  }
}

judgeWalks([
  {
    name: "a day's selling is walked, from the sign-in to the manager's look at it",
    passes: [
      ...["sign-in", "sale", "payment-qr", "display-paid", "expired-sold", "held", "reports-day", "manager-day"],
      ...["sale-promotions", "members", "member-delete"],
    ],
    screens: day,
  },
]);
