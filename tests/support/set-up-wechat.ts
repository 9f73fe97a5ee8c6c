import type { Page } from "playwright";
import type { KeySlot } from "#contract/ipc/setup-view.ts";
import type { TypedField } from "#core/merchant/merchant-fields.ts";
import type { TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { part } from "./sale-screen.ts";
import type { Shop } from "./shop.ts";

/** What a manager has on paper and on a stick before setting WeChat Pay up. */
export interface MerchantPapers {
  readonly fields: { readonly [F in TypedField]?: string };
  readonly files: { readonly [S in KeySlot]?: string };
}

/** The papers of the merchant that the shop's simulated gateway knows. */
export function papersOf({ simulators }: Shop): MerchantPapers {
  const { gateway } = simulators.ready;
  return {
    fields: {
      mchid: gateway.mchid,
      appid: gateway.appid,
      storeOutId: "S01",
      notifyUrl: "https://shop.example.com/notify",
      publicKeyId: gateway.publicKeyId,
      baseUrl: gateway.baseUrl,
    },
    files: {
      "private-key": gateway.privateKeyPath,
      certificate: gateway.v2.merchantCertificatePath,
      "public-key": gateway.publicKeyPath,
    },
  };
}

/** F12 and the settings, from wherever the manager is. */
export async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press("F12");
  await part(page, "more-settings").click();
  await part(page, "settings").waitFor();
}

/** The person chooses this file in the system's dialog; null: they close it. The dialog alone is stood in for. */
export async function willChoose(till: TillUnderTest, path: string | null): Promise<void> {
  await till.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
  }, path);
}

export async function chooseKey(till: TillUnderTest, slot: KeySlot, path: string): Promise<void> {
  await willChoose(till, path);
  await part(till.page, `choose-${slot}`).click();
  await until(`a verdict on the ${slot}`, async () => (await keyState(till.page, slot)) !== "none");
}

export async function keyState(page: Page, slot: KeySlot): Promise<string | null> {
  return part(page, `key-${slot}`).getAttribute("data-state");
}

export async function stepIs(page: Page, step: string): Promise<void> {
  await until(`the step ${step}`, async () => (await part(page, "setup").getAttribute("data-step")) === step);
}

export async function nextStep(page: Page, following: string): Promise<void> {
  await part(page, "setup-next").click();
  await stepIs(page, following);
}

/** Enters everything and ends on the last step; `at` is called on each step, before it is left. */
export async function enterPapers(
  till: TillUnderTest,
  papers: MerchantPapers,
  at: (step: string) => Promise<void> = async () => {},
): Promise<void> {
  const { page } = till;
  const { fields, files } = papers;
  const fill = async (field: TypedField): Promise<void> => {
    const text = fields[field];
    if (text !== undefined) await part(page, `field-${field}`).fill(text);
  };
  const choose = async (slot: KeySlot): Promise<void> => {
    const path = files[slot];
    if (path !== undefined) await chooseKey(till, slot, path);
  };
  const next = async (step: string, following: string): Promise<void> => {
    await at(step);
    await nextStep(page, following);
  };
  await part(page, "step-merchant").click();
  await stepIs(page, "merchant");
  for (const field of ["mchid", "appid", "storeOutId", "notifyUrl", "subMchid"] as const) await fill(field);
  await next("merchant", "merchant-key");
  await choose("private-key");
  await choose("certificate");
  await next("merchant-key", "gateway-key");
  await fill("publicKeyId");
  await choose("public-key");
  await next("gateway-key", "protocol");
  await fill("baseUrl");
  await next("protocol", "test");
}

/** Presses the key of the connection test and answers what kind of verdict stands there. */
export async function verdictOf(page: Page): Promise<string> {
  await part(page, "test-run").click();
  return until("the connection test ends", async () => {
    const verdict = await part(page, "connection-test").getAttribute("data-verdict");
    return verdict === "running" || verdict === "" ? null : verdict;
  });
}
