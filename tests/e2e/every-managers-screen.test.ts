import type { Locale } from "#contract/config/terminal.ts";
import { managersScreens, type ScreenSeen } from "#tests/support/every-screen.ts";
import { judgeWalks } from "#tests/support/judged-walks.ts";
import { sell } from "#tests/support/office-screens.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { otherSystemsScreens } from "#tests/support/other-systems-screens.ts";
import { part } from "#tests/support/sale-screen.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/* What a manager keeps in order at the till: goods, labels, stock, settings, devices, people, and the shift's end. */

const pages = onTill((till, shop) => managersScreens({ till, shop, cashierId: "cashier-1", managerId: "manager-1" }));
const otherSystems = onTill(otherSystemsScreens);

/** Such a walk, on a till that has sold something. */
function onTill(screens: (till: TillUnderTest, shop: Shop) => AsyncIterable<ScreenSeen>) {
  return (locale: Locale): AsyncIterable<ScreenSeen> => walk(locale, screens);
}

async function* walk(locale: Locale, screens: Parameters<typeof onTill>[0]): AsyncGenerator<ScreenSeen> {
  const shop = await openShop({ locale });
  const till = await openTill({ dataDir: shop.dataDir });
  try {
    await beginSelling(till, "manager-1");
    await part(till.page, "empty-cart").waitFor();
    await sell(till, ["6920536012350", "6920536012350", "6910111010871"]);
    yield* screens(till, shop);
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
  {
    name: "an old till is let in, and the files for other systems are set up",
    passes: [
      ...["settings-legacy", "settings-legacy-port-taken", "settings-legacy-open", "settings-legacy-paired"],
      ...["settings-legacy-files", "settings-legacy-files-written", "settings-legacy-files-columns"],
      "settings-legacy-files-wrong-column",
      "settings-legacy-files-away",
    ],
    screens: otherSystems,
  },
]);
