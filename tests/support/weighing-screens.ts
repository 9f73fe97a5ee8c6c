import type { PoleState } from "#contract/bench/pole-display.ts";
import type { Locale } from "#contract/config/terminal.ts";
import { beginSelling, openTill, type TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { linesOnScreen, part, type } from "./sale-screen.ts";
import { openShop, type Shop } from "./shop.ts";
import type { ScreenSeen } from "./every-screen.ts";

/** A shop with a scale and a pole display on its counter. */
export async function openWeighingShop(locale: Locale): Promise<Shop> {
  const shop = await openShop({ locale });
  const { scale, poleDisplay } = shop.simulators.ready;
  const limits = { maxGrams: 15_000, minGrams: 100, divisionGrams: 5 };
  shop.configure({
    locale,
    devices: {
      ...shop.terminal.devices,
      scale: { id: "scale-1", transport: { kind: "tcp", ...scale }, protocol: "toledo-8217", ...limits },
      poleDisplay: { id: "pole-1", transport: { kind: "tcp", ...poleDisplay }, protocol: "cd5220" },
    },
  });
  return shop;
}

/** The till of such a shop, ready to sell; both are closed when the walk ends. */
export async function* weighingScreens(locale: Locale): AsyncGenerator<ScreenSeen & WeighingCounter> {
  const shop = await openWeighingShop(locale);
  const till = await openTill({ dataDir: shop.dataDir });
  try {
    await beginSelling(till);
    for await (const name of weighingStates({ till, shop })) yield { name, page: till.page, till, shop };
  } finally {
    await till.close();
    await shop.close();
  }
}

export interface WeighingCounter {
  readonly till: TillUnderTest;
  readonly shop: Shop;
}

/** Every state of the weighing dialog on a till that is selling, one after the other, by its name in docs/images. */
export async function* weighingStates({ till, shop }: WeighingCounter): AsyncGenerator<string> {
  const { page } = till;
  await pickBananas(till);
  await trayIs(till, "empty");
  yield "weigh-empty";
  await shop.control("POST", "/scale/switches", { unsteady: true });
  await put(shop, 1_250);
  await trayIs(till, "moving");
  yield "weigh-moving";
  await shop.control("POST", "/scale/switches", { unsteady: false });
  await put(shop, 60);
  await trayIs(till, "too-light");
  yield "weigh-too-light";
  await put(shop, 16_400);
  await trayIs(till, "over");
  yield "weigh-over";
  await put(shop, 1_255);
  await trayIs(till, "ready");
  await page.keyboard.press("F4");
  await part(page, "weigh-tare-typed").waitFor();
  yield "weigh-tare";
  await type(page, "5");
  await page.keyboard.press("Enter");
  await until("the tare is off", async () => (await till.view()).weighing?.netGrams === 1_250);
  await trayIs(till, "ready");
  yield "weigh-ready";
  await takeWithEnter(till);
  await linesOnScreen(page, 1);
  await pickBananas(till);
  await trayIs(till, "same-again");
  yield "weigh-same-again";
  await page.keyboard.press("F3");
  await part(page, "weigh-typed").waitFor();
  await type(page, "0.845");
  yield "weigh-typed";
  await page.keyboard.press("Escape");
  await trayIs(till, "same-again");
  await shop.control("POST", "/scale/switches", { unplugged: true });
  await part(page, "weigh-no-scale").waitFor();
  yield "weigh-away";
  await type(page, "0.845");
  await page.keyboard.press("Enter");
  await linesOnScreen(page, 2);
  yield "weighed-lines";
}

/** 8.80 a kilogram: a tile of the demo store's favourites. */
export async function pickBananas({ page }: TillUnderTest): Promise<void> {
  await part(page, "tile")
    .filter({ hasText: /香蕉|Banana/ })
    .first()
    .click();
  await part(page, "weigh").waitFor();
}

/** Enter whenever the weight may be taken: on a busy machine it may be half a second old when the key comes. */
async function takeWithEnter(till: TillUnderTest): Promise<void> {
  await until("the weight is taken", async () => {
    const { weighing } = await till.view();
    if (weighing?.tray === "ready") await till.page.keyboard.press("Enter");
    return weighing === null;
  });
}

export async function put(shop: Shop, grams: number): Promise<void> {
  await shop.control("POST", "/scale/put", { grams });
}

export async function trayIs({ page }: TillUnderTest, tray: string): Promise<void> {
  await page.locator(`[data-testid=weigh-scale][data-tray=${tray}]`).waitFor();
}

/** What the customer reads off the pole. */
export async function poleRows(shop: Shop): Promise<readonly string[]> {
  // The twin's own answer, by its contract.
  const { upper, lower, faults } = (await shop.control("GET", "/pole-display")) as PoleState;
  return [upper, lower, ...faults];
}
