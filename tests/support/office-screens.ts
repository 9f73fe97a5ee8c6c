import type { ScreenSeen } from "./every-screen.ts";
import type { OfficeOfTest } from "./head-office.ts";
import type { TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { part } from "./sale-screen.ts";
import { openSettings } from "./set-up-wechat.ts";

/**
 * Walks everything a till shows of its head office, on a till without one whose manager is signed in with a shift open:
 * the address, enrolling, in step, away, back, shut out.
 */
export async function* officeScreens(till: TillUnderTest, office: OfficeOfTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  yield* enrolling(till, office);
  await barIs(till, "online");
  await sell(till, ["6920536012350", "6910111010871"]);
  await inStep(till);
  yield { name: "office-online", page };
  yield* days(till, "sync-agreed", "agreed");

  await office.goAway();
  await sell(till, ["6920536012350"]);
  await till.send("sync-now", {});
  await barIs(till, "offline");
  yield { name: "office-offline", page };
  yield* days(till, "sync-offline", "unanswered");

  await office.comeBack();
  await till.send("sync-now", {});
  await inStep(till);
  await office.revoke();
  await sell(till, ["6920536012350"]);
  await barIs(till, "stopped");
  yield { name: "office-stopped", page };
  yield* days(till, "sync-stopped", "unanswered");
  await page.keyboard.press("F12");
  await part(page, "more-manager").click();
  await part(page, "decision-sync").waitFor();
  yield { name: "office-decision", page };
  await page.keyboard.press("Escape");
  await part(page, "manager").waitFor({ state: "detached" });
}

/** The settings page: without an address, with one, and with a code. */
async function* enrolling(till: TillUnderTest, office: OfficeOfTest): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await openSettings(page);
  await part(page, "settings-office").click();
  await part(page, "office-address-field").waitFor();
  yield { name: "office-address", page };
  await part(page, "office-address-field").fill(office.url);
  await part(page, "office-address-save").click();
  await part(page, "office-enrol").waitFor();
  await part(page, "office-code").fill("ab2cd-3ef40");
  await part(page, "office-enrol").getByText("0、O").or(part(page, "office-enrol").getByText("0, O")).waitFor();
  yield { name: "office-enrol", page };
  await part(page, "office-code").fill(await office.code());
  await part(page, "office-enrol-do").click();
  await part(page, "office-enrolled").waitFor();
  await inStep(till);
  yield { name: "office-enrolled", page };
  await part(page, "office-relay-change").click();
  await part(page, "office-relay-field").fill("http://relay.example.com:8460");
  await part(page, "office-relay-save").click();
  await part(page, "trouble").waitFor();
  yield { name: "office-relay-refused", page };
  await part(page, "office-relay-field").fill("192.168.1.20:8460");
  await part(page, "office-relay-save").click();
  await part(page, "office-saved").waitFor();
  yield { name: "office-relay", page };
  // Nothing of these pictures goes out into a network that may have such a machine.
  await part(page, "office-relay-change").click();
  await part(page, "office-relay-field").fill("");
  await part(page, "office-relay-save").click();
  await until("the relay is taken out", async () => (await till.view()).sync.withRelay === null);
  await inStep(till);
  await part(page, "settings-leave").click();
  await part(page, "settings").waitFor({ state: "detached" });
}

/** The page of days, once today stands as it should; head office is asked where its answer is wanted. */
async function* days(till: TillUnderTest, name: string, today: "agreed" | "unanswered"): AsyncGenerator<ScreenSeen> {
  const { page } = till;
  await part(page, "status-office").click();
  await part(page, "sync-day").first().waitFor();
  if (today === "agreed") await part(page, "sync-now").click();
  await until(`today is ${today}`, async () => {
    const [first] = await part(page, "sync-day").all();
    return (await first?.getAttribute("data-state")) === today;
  });
  yield { name, page };
  await page.keyboard.press("Escape");
  await part(page, "sync-page").waitFor({ state: "detached" });
}

/** Sold for exactly the price, in cash. */
export async function sell(till: TillUnderTest, barcodes: readonly string[]): Promise<void> {
  for (const text of barcodes) await till.send("scan", { text, by: "typed" });
  await till.send("take-payment", {});
  await till.send("pay-cash", { receivedFen: (await till.view()).payment?.leftFen ?? 0 });
  await till.send("next-sale", {});
  await part(till.page, "empty-cart").waitFor();
}

/** Everything is sent, and every day was found the same on both sides. */
async function inStep(till: TillUnderTest): Promise<void> {
  await until("till and head office are in step", async () => {
    const { state, waiting, disagreedDates, lastAgreedAtMs } = (await till.view()).sync;
    return state === "online" && waiting === 0 && disagreedDates.length === 0 && lastAgreedAtMs !== null;
  });
}

async function barIs(till: TillUnderTest, word: string): Promise<void> {
  await until(
    `the status bar says ${word}`,
    async () => (await part(till.page, "status-office").getAttribute("data-value")) === word,
  );
}
