import type { Page } from "playwright";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { ScreenSeen } from "./every-screen.ts";
import { pressKeys } from "./keyboard.ts";
import type { TillUnderTest } from "./open-till.ts";
import { until, within } from "./poll.ts";
import { part } from "./sale-screen.ts";
import { openSettings } from "./set-up-wechat.ts";
import type { Shop } from "./shop.ts";
import { scan } from "./shop-day.ts";
import { openSpareScanner } from "./spare-scanner.ts";

/** From wherever the manager is to the page of devices. */
export async function openDevices(page: Page): Promise<void> {
  await openSettings(page);
  await part(page, "settings-devices").click();
  await part(page, "devices-page").waitFor();
}

export async function pairingIs(page: Page, state: string): Promise<void> {
  await until(`the pairing is ${state}`, async () => {
    return (await part(page, "pairing-state").getAttribute("data-state")) === state;
  });
}

/** Where a scale or a pole display is, typed into the editor that is open. */
export async function placeAt(
  page: Page,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<void> {
  await part(page, "counter-host").fill(host);
  await part(page, "counter-port").fill(String(port));
}

/** What the barcode on the page says. */
export async function pairingCode(page: Page): Promise<string> {
  await part(page, "pairing-code").waitFor();
  return (await part(page, "pairing-code").getAttribute("data-code")) ?? "";
}

/** Pairs a scanner that waits on the network; the dialog then says that it was found. */
export async function pairByNetwork(page: Page, address: string, read: (code: string) => void): Promise<void> {
  await part(page, "add-scanner").click();
  await pairingIs(page, "listening");
  await part(page, "pairing-address").fill(address);
  await part(page, "pairing-listen").click();
  await part(page, `port-${address}`).waitFor();
  const code = await pairingCode(page);
  // Like a person: again until it was heard.
  await until("the scanner is found", async () => {
    if ((await part(page, "pairing-state").getAttribute("data-state")) === "found") return true;
    read(code);
    return false;
  });
}

/** The pages of devices: what there is, pairing, the printer with its test sheet, and the self-test. */
export async function* deviceScreens(
  till: TillUnderTest,
  shop: Pick<Shop, "control" | "paymentCode" | "simulators">,
): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await openDevices(page);
  await part(page, "device-scanner-1").waitFor();
  await until("both are well", async () => (await part(page, "devices-summary").getAttribute("data-bad")) === "0");
  yield { name: "devices", page };
  yield* pairingScreens(page);
  yield* editorScreens(till, shop);
  yield* selfTest(page, shop);
  await part(page, "settings-leave").click();
  await part(page, "settings").waitFor({ state: "detached" });
}

/** A scanner that is paired by its code, goes away and is taken out again; the page of devices is open before and after. */
export async function* pairingScreens(page: Page): AsyncGenerator<ScreenSeen> {
  const spare = await openSpareScanner();
  try {
    await part(page, "add-scanner").click();
    await pairingIs(page, "listening");
    yield { name: "device-pairing", page };
    await part(page, "pairing-cancel").click();
    await part(page, "pairing").waitFor({ state: "detached" });
    await pairByNetwork(page, spare.address, (code) => spare.send(`]C0${code}\r\n`));
    yield { name: "device-paired", page };
    await part(page, "pairing-done").click();
    await part(page, "pairing").waitFor({ state: "detached" });
  } finally {
    await spare.close();
  }
  await until("the one that is gone is noticed", async () => {
    return (await part(page, "device-scanner-2").getAttribute("data-state")) === "back-off";
  });
  yield { name: "devices-trouble", page };
  await part(page, "remove-scanner-2").click();
  await part(page, "remove-sure-scanner-2").click();
  await part(page, "device-scanner-2").waitFor({ state: "detached" });
}

/** The editors of what hangs on the till: printer, pole display, scale, and a scanner that types; as before in the end. */
export async function* editorScreens(
  till: TillUnderTest,
  shop: Pick<Shop, "control" | "simulators">,
): AsyncGenerator<ScreenSeen> {
  yield* printer(till.page);
  yield* counter(till, shop);
}

async function* printer(page: Page): AsyncGenerator<ScreenSeen> {
  await part(page, "change-printer-1").click();
  await part(page, "printer-editor").waitFor();
  yield { name: "device-printer", page };
  await part(page, "print-sheet").click();
  await part(page, "sheet-1").waitFor();
  for (const number of [1, 2, 3, 4, 10, 11, 12, 13]) await part(page, `sheet-${number}`).click();
  yield { name: "device-test-sheet", page };
  await part(page, "printer-cancel").click();
  await part(page, "devices-page").waitFor();
}

/** Scale and pole display, from their editors to their cards, and the scanner that types; none of them stays. */
async function* counter(till: TillUnderTest, shop: Pick<Shop, "control" | "simulators">): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  const { scale, poleDisplay } = shop.simulators.ready;
  await part(page, "add-display").click();
  await part(page, "place-network").click();
  await placeAt(page, poleDisplay);
  yield { name: "device-pole", page };
  await part(page, "counter-save").click();
  await part(page, "add-scale").click();
  await part(page, "place-named").click();
  await part(page, "line-set").click();
  yield { name: "device-scale-line", page };
  await part(page, "scale-protocol-generic-line").click();
  yield { name: "device-scale-described", page };
  await part(page, "scale-protocol-toledo-8217").click();
  await part(page, "place-network").click();
  await placeAt(page, scale);
  yield { name: "device-scale", page };
  await part(page, "counter-save").click();
  await shop.control("POST", "/scale/put", { grams: 1_255 });
  await page.locator("[data-testid=live-weight][data-grams='1255'][data-state=stable]").waitFor();
  await until("all are well", async () => (await part(page, "devices-summary").getAttribute("data-bad")) === "0");
  yield { name: "devices-scale", page };
  await part(page, "add-scanner").click();
  const code = await pairingCode(page);
  await pressUntilOffered(till, code);
  yield { name: "device-pairing-typed", page };
  await part(page, "pairing-cancel").click();
  await part(page, "pairing").waitFor({ state: "detached" });
  for (const id of ["scale-1", "display-1"]) {
    await part(page, `remove-${id}`).click();
    await part(page, `remove-sure-${id}`).click();
    await part(page, `device-${id}`).waitFor({ state: "detached" });
  }
}

/** Like a person: the code once more where nothing came of it, and also where Electron never said that it was pressed. */
async function pressUntilOffered(till: TillUnderTest, code: string): Promise<void> {
  const offered = part(till.page, "pairing-typed");
  const once = (): Promise<void> => within("the code is pressed", () => pressKeys(till, `${code}⏎`, 5), 10_000);
  const asked = async (): Promise<boolean> =>
    (await offered.count()) === 1 ||
    (await once().then(
      () => false,
      () => false,
    ));
  await until("what types is offered", asked, 60_000);
}

async function* selfTest(page: Page, shop: Pick<Shop, "control" | "paymentCode">): AsyncGenerator<ScreenSeen> {
  await part(page, "settings-self-test").click();
  await part(page, "self-test").waitFor();
  await part(page, "self-test-printer-1").waitFor();
  const codes = ["6920536012350", "6920536012351", "2110001011818", "6999999999997", await shop.paymentCode()];
  for (const [at, code] of codes.entries()) {
    await scan(shop, code);
    await until("it is shown", async () => (await part(page, "trace-scan").count()) > at);
  }
  // It is asked every ten seconds.
  await part(page, "printer-status").locator("li").first().waitFor({ timeout: 30_000 });
  yield { name: "self-test", page };
}

/** For pictures alone: main's answers tell of devices that this machine has not. */
export async function showPluggedIn(till: TillUnderTest, found: readonly FoundDevice[]): Promise<void> {
  await till.app.evaluate(({ ipcMain }, devices) => {
    // Electron keeps the one handler of a channel here; there is no other way to put something before it.
    const handlers = Reflect.get(ipcMain, "_invokeHandlers") as Map<string, (...given: unknown[]) => Promise<unknown>>;
    const answer = handlers.get("till:intent");
    if (answer === undefined) throw new Error("no handler of intents");
    handlers.set("till:intent", async (...given) => {
      const result = (await answer(...given)) as { value?: { found?: unknown } };
      if (Array.isArray(result.value?.found)) result.value.found = devices;
      return result;
    });
  }, found);
}
