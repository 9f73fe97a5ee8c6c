import { afterEach, describe, expect, it } from "vitest";
import { setBillScene } from "#tests/support/bill-scene.ts";
import { billScreens } from "#tests/support/bill-screens.ts";
import { editorScreens, openDevices, pairingScreens } from "#tests/support/device-screens.ts";
import { openOffice } from "#tests/support/head-office.ts";
import { type Keyed, openShift, signIn } from "#tests/support/keyed-day.ts";
import { labelScreens } from "#tests/support/label-screens.ts";
import { looseReturnScreens } from "#tests/support/loose-return-screens.ts";
import { memberScreens } from "#tests/support/member-screens.ts";
import { officeScreens, sell } from "#tests/support/office-screens.ts";
import { openKeyed, walkAll } from "#tests/support/open-keyed.ts";
import { openPriceScreens } from "#tests/support/open-price-screens.ts";
import { beginSelling } from "#tests/support/open-till.ts";
import { otherSystemsScreens } from "#tests/support/other-systems-screens.ts";
import { part } from "#tests/support/sale-screen.ts";
import { settingsScreens } from "#tests/support/settings-screens.ts";
import { openShop } from "#tests/support/shop.ts";
import { stockScreens } from "#tests/support/stock-screens.ts";
import { openWeighingShop, weighingStates } from "#tests/support/weighing-screens.ts";

/* What tests/e2e/keyboard-alone.test.ts does for selling and the manager's day, for the pages beside them. */

/** A dozen screens, each walked over with Tab; several times that on a busy machine. Milliseconds. */
const walkMs = 400_000;

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});

async function open(...given: Parameters<typeof openKeyed>): Promise<Keyed> {
  const keyed = await openKeyed(...given);
  toClose.push(keyed.close);
  return keyed;
}

async function nothingHinders({ till, hindrances }: Keyed): Promise<void> {
  expect(hindrances).toEqual([]);
  expect(await till.touches()).toBe(0);
}

describe("Without a mouse", () => {
  it(
    "a manager takes deliveries, counts the shelves, prints labels, keeps members and sets the till up",
    async () => {
      const keyed = await open("en", { args: ["--display-at=0,0,1024,600"] });
      const { till } = keyed;
      await signIn(till, "manager-1");
      await part(till.page, "open-shift").waitFor();
      await openShift(till);
      await walkAll(keyed, stockScreens(till));
      await walkAll(keyed, labelScreens(till.page));
      await walkAll(keyed, tillOnly(memberScreens(till, await till.window("display.html")), "display-"));
      await walkAll(keyed, settingsScreens(till));
      await openDevices(till.page);
      await walkAll(keyed, pairingScreens(till.page));
      await nothingHinders(keyed);
    },
    walkMs,
  );

  it(
    "a manager lets an old till in, and sets up the files for other systems",
    async () => {
      const keyed = await open("en");
      await beginSelling(keyed.till, "manager-1");
      await part(keyed.till.page, "empty-cart").waitFor();
      await sell(keyed.till, ["6920536012350"]);
      await walkAll(keyed, otherSystemsScreens(keyed.till));
      await nothingHinders(keyed);
    },
    walkMs,
  );

  it(
    "a manager sets up a printer, a pole display and a scale, and a scanner that types",
    async () => {
      const keyed = await open("zh-CN");
      await beginSelling(keyed.till, "manager-1");
      await part(keyed.till.page, "empty-cart").waitFor();
      await openDevices(keyed.till.page);
      await walkAll(keyed, editorScreens(keyed.till, keyed.shop));
      await nothingHinders(keyed);
    },
    walkMs,
  );

  it(
    "prices are typed, and goods are taken back without a receipt",
    async () => {
      const keyed = await open("zh-CN");
      await beginSelling(keyed.till, "manager-1");
      await part(keyed.till.page, "empty-cart").waitFor();
      await walkAll(keyed, openPriceScreens(keyed.till));
      await walkAll(keyed, looseReturnScreens(keyed.till));
      await nothingHinders(keyed);
    },
    walkMs,
  );

  it(
    "goods are weighed, with a tare, by the scale and without one",
    async () => {
      const shop = await openWeighingShop("zh-CN");
      const keyed = await open("zh-CN", { shop });
      await beginSelling(keyed.till);
      await part(keyed.till.page, "empty-cart").waitFor();
      for await (const name of weighingStates({ till: keyed.till, shop })) await keyed.see(name);
      await nothingHinders(keyed);
    },
    walkMs,
  );

  it(
    "yesterday's bill is compared with the books and signed off",
    async () => {
      const shop = await openShop({ locale: "zh-CN" });
      const scene = await setBillScene(shop);
      const keyed = await open("zh-CN", { shop });
      await walkAll(keyed, billScreens(keyed.till, scene, "manager-1"));
      await nothingHinders(keyed);
    },
    walkMs,
  );

  it(
    "a till gets to know its head office, and its days are looked at",
    async () => {
      const office = await openOffice();
      toClose.push(() => office.close());
      const keyed = await open("en");
      await beginSelling(keyed.till, "manager-1");
      await walkAll(keyed, officeScreens(keyed.till, office));
      await nothingHinders(keyed);
    },
    walkMs,
  );
});

/** The customer's screen has nothing to press. */
async function* tillOnly<S extends { readonly name: string }>(screens: AsyncIterable<S>, not: string) {
  for await (const screen of screens) if (!screen.name.startsWith(not)) yield screen;
}
