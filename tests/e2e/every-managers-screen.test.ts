import type { Locale } from "#contract/config/terminal.ts";
import { managersScreens, type ScreenSeen } from "#tests/support/every-screen.ts";
import { judgeWalks } from "#tests/support/judged-walks.ts";
import { sell } from "#tests/support/office-screens.ts";
import { beginSelling, openTill } from "#tests/support/open-till.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openShop } from "#tests/support/shop.ts";

/* What a manager keeps in order at the till: goods, labels, stock, settings, devices, people, and the shift's end. */

async function* pages(locale: Locale): AsyncGenerator<ScreenSeen> {
  const shop = await openShop({ locale });
  const till = await openTill({ dataDir: shop.dataDir });
  try {
    await beginSelling(till, "manager-1");
    await part(till.page, "empty-cart").waitFor();
    await sell(till, ["6920536012350", "6920536012350", "6910111010871"]);
    yield* managersScreens({ till, shop, cashierId: "cashier-1", managerId: "manager-1" });
  } finally {
    await till.close();
    await shop.close();
  }
}

judgeWalks([
  {
    name: "a manager's pages are walked, to the end of the shift",
    passes: [
      ...[
        "labels-strip",
        "goods-import-checked",
        "stock-take",
        "stock-item",
        "setup-test",
        "device-paired",
        "self-test",
      ],
      ...[
        "notice-update-failed",
        "settings-shop-logo",
        "settings-till-locked",
        "settings-legacy",
        "settings-legacy-files",
        "settings-keys",
        "people",
        "rights",
        "audit",
        "health-new",
        "health",
        "health-package",
        "locked",
        "variance",
        "shift-result",
      ],
    ],
    screens: pages,
  },
]);
