import type { Locale } from "#contract/config/terminal.ts";
import { setBillScene } from "#tests/support/bill-scene.ts";
import { billScreens } from "#tests/support/bill-screens.ts";
import type { ScreenSeen } from "#tests/support/every-screen.ts";
import { openOffice } from "#tests/support/head-office.ts";
import { judgeWalks } from "#tests/support/judged-walks.ts";
import { officeScreens } from "#tests/support/office-screens.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { looseReturnScreens } from "#tests/support/loose-return-screens.ts";
import { openPriceScreens } from "#tests/support/open-price-screens.ts";
import { part } from "#tests/support/sale-screen.ts";
import { returnScreens } from "#tests/support/return-screens.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/* Screens that want a shop with a past, a head office, goods that come back, or a price that is typed. */

type Walked = (till: TillUnderTest) => AsyncGenerator<ScreenSeen>;

async function* walkIn(shop: Shop, walk: Walked): AsyncGenerator<ScreenSeen> {
  const till = await openTill({ dataDir: shop.dataDir });
  try {
    yield* walk(till);
  } finally {
    await till.close();
    await shop.close();
  }
}

async function* bills(locale: Locale): AsyncGenerator<ScreenSeen> {
  const shop = await openShop({ locale });
  const scene = await setBillScene(shop);
  yield* walkIn(shop, (till) => billScreens(till, scene, "manager-1"));
}

async function* office(locale: Locale): AsyncGenerator<ScreenSeen> {
  const shop = await openShop({ locale });
  const headOffice = await openOffice();
  try {
    yield* walkIn(shop, async function* walk(till) {
      await beginSelling(till, "manager-1");
      yield* officeScreens(till, headOffice);
    });
  } finally {
    await headOffice.close();
  }
}

async function* returns(locale: Locale): AsyncGenerator<ScreenSeen> {
  yield* walkIn(await openShop({ locale }), async function* walk(till) {
    await beginSelling(till, "manager-1");
    yield* returnScreens(till);
  });
}

async function* typedPrices(locale: Locale): AsyncGenerator<ScreenSeen> {
  yield* walkIn(await openShop({ locale }), async function* walk(till) {
    await beginSelling(till, "manager-1");
    await part(till.page, "empty-cart").waitFor();
    yield* openPriceScreens(till);
    yield* looseReturnScreens(till);
  });
}

judgeWalks([
  {
    name: "the page of reconciliation is walked, in a shop that had a yesterday",
    passes: ["reconciliation", "reconciliation-settle", "manager-decisions"],
    screens: bills,
  },
  {
    name: "the pages of head office are walked, on a till that gets to know one",
    passes: ["office-enrolled", "sync-agreed", "sync-offline", "sync-stopped"],
    screens: office,
  },
  {
    name: "goods that come back and goods that are exchanged are walked",
    passes: ["return-chosen", "exchange-due"],
    screens: returns,
  },
  {
    name: "goods whose price is typed, and goods that come back without a receipt, are walked",
    passes: [
      ...["open-price-item", "open-price-outside", "open-price-line", "unknown-price"],
      ...["loose-found", "loose-wrong", "loose-paper", "loose-paper-copied", "loose-exchange-back"],
    ],
    screens: typedPrices,
  },
]);
