import { request } from "node:https";
import { createServer, type Server } from "node:net";
import { TLSSocket } from "node:tls";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Locale } from "#contract/config/terminal.ts";
import { freePort } from "#tests/support/free-port.ts";
import { paymentRequest, readAnswer } from "#tests/support/legacy-bench.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { openSettings } from "#tests/support/set-up-wechat.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/* An old till beside the real one: let in and paired on its settings, paid on its screen, told over HTTPS. */

let shop: Shop;
let till: TillUnderTest;
let port: number;
let other: Server | null;
beforeEach(async () => {
  port = await freePort();
  other = null;
});
afterEach(async () => {
  await till.close();
  await shop.close();
  other?.close();
});

async function openIn(locale: Locale): Promise<void> {
  shop = await openShop({ locale });
  till = await openTill({ dataDir: shop.dataDir });
  await beginSelling(till, "manager-1");
  await openOldTills();
}

async function openOldTills(): Promise<void> {
  const { page } = till;
  if (!(await page.getByTestId("settings").isVisible())) await openSettings(page);
  await page.getByTestId("settings-legacy").click();
  await page.getByTestId("legacy-page").waitFor();
}

/** As a manager sets it, on the page. */
async function set(ways: { readonly isOn: boolean; readonly port?: number }): Promise<void> {
  const { page } = till;
  await page.getByTestId(`legacy-https-${ways.isOn ? "on" : "off"}`).click();
  if (ways.port !== undefined) await page.getByTestId("legacy-port").fill(String(ways.port));
  await page.getByTestId("legacy-save").click();
}

async function stateIs(state: string): Promise<void> {
  await till.page.locator(`[data-testid=legacy-state][data-state=${state}]`).waitFor();
}

/** Looks at the page at both sizes; kept as pictures where somebody asks for them. */
async function look(name: string): Promise<void> {
  const { page } = till;
  for (const [width, height] of [
    [1_280, 800],
    [1_920, 1_080],
  ] as const) {
    await page.setViewportSize({ width, height });
    const seen = await lookAt(page, name);
    expect([seen.barriers, seen.isTooWide]).toEqual([[], false]);
    const folder = process.env["OLD_TILL_PICTURES"];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/old-till-${name}-${width}.png` });
  }
}

async function pairedOnScreen(): Promise<{ readonly token: string; readonly fingerprint: string }> {
  const { page } = till;
  await page.getByTestId("legacy-name").fill("前台 POS");
  await page.getByTestId("legacy-pair").click();
  const token = (await page.getByTestId("legacy-token").textContent()) ?? "";
  const fingerprint = (await page.getByTestId("legacy-fingerprint").textContent()) ?? "";
  expect(token).toMatch(/^[\w-]{43}$/);
  return { token, fingerprint };
}

/** Pins what the screen shows, as an old till does, and hands a message in. */
function ask(text: string, token: string, fingerprint: string): Promise<string> {
  return new Promise((resolve) => {
    const made = request(
      {
        ...{ host: "127.0.0.1", port, path: "/nexo", method: "POST", agent: false, rejectUnauthorized: false },
        headers: { authorization: `Bearer ${token}` },
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (body += part));
        response.on("end", () => resolve(body));
      },
    );
    made.on("socket", (socket) =>
      socket.on("secureConnect", () => {
        const isPinned = socket instanceof TLSSocket && socket.getPeerCertificate().fingerprint256 === fingerprint;
        if (!isPinned) made.destroy(new Error("another certificate"));
      }),
    );
    made.on("error", (error) => resolve(`no answer: ${String(error)}`));
    made.end(text);
  });
}

it.each(["zh-CN", "en"] as const)(
  "a manager lets an old till in, and its payment is scanned on this one's screen and told to it; switched off it finds no door (%s)",
  async (locale) => {
    await openIn(locale);
    const { page } = till;
    await stateIs("off");
    await look(`off-${locale}`);
    await set({ isOn: true, port });
    await stateIs("open");
    expect(await page.getByTestId("legacy-url").textContent()).toBe(`https://127.0.0.1:${port}/nexo`);
    const { token, fingerprint } = await pairedOnScreen();
    await page.getByTestId("legacy-fingerprint-copy").click();
    expect(await till.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(fingerprint);
    await look(`open-${locale}`);
    await page.getByTestId("legacy-pairings").scrollIntoViewIfNeeded();
    await look(`paired-${locale}`);
    await page.getByTestId("settings-leave").click();

    const answer = ask(paymentRequest({ amount: "23.80" }), token, fingerprint);
    await page.getByTestId("legacy-asker").waitFor();
    expect(await page.getByTestId("legacy-asker").textContent()).toContain("POS1");
    expect(await page.getByTestId("left-to-pay").getAttribute("data-fen")).toBe("2380");
    expect(await page.getByTestId("leave-payment").count()).toBe(0);
    await look(`payment-${locale}`);
    await till.send("scan", { text: await shop.paymentCode(), by: "typed" });
    expect(readAnswer(await answer).word).toBe("Success");
    const again = readAnswer(await ask(paymentRequest({ amount: "23.80" }), token, fingerprint));
    expect(again.word).toBe("Success");

    await page.getByTestId("payment").waitFor();
    const late = ask(paymentRequest({ service: "2", sale: "S-2" }), token, fingerprint);
    await page.getByTestId("legacy-asker").waitFor();
    await page.keyboard.press("Escape");
    expect(readAnswer(await late).word).toBe("Cancel");

    await openOldTills();
    await set({ isOn: false });
    await stateIs("off");
    expect(await ask(paymentRequest({ service: "3", sale: "S-3" }), token, fingerprint)).toContain("ECONNREFUSED");
    await set({ isOn: true });
    await stateIs("open");
    expect(await page.getByTestId("legacy-fingerprint").textContent()).toBe(fingerprint);
    await page.getByTestId("legacy-unpair").click();
    await page.getByTestId("legacy-unpair-sure").click();
    await page.getByTestId("legacy-pairing").waitFor({ state: "detached" });
    expect(await ask(paymentRequest({ service: "4", sale: "S-4" }), token, fingerprint)).toBe("");
  },
);

it.each(["zh-CN", "en"] as const)(
  "a port that another program has is said in words, what was entered stays, and the door opens once it is free (%s)",
  async (locale) => {
    other = createServer();
    await new Promise<void>((resolve) => other?.listen(port, "127.0.0.1", () => resolve()));
    await openIn(locale);
    const { page } = till;
    await set({ isOn: true, port });
    await stateIs("closed");
    expect(await page.getByTestId("legacy-fault").textContent()).toContain(String(port));
    expect(await page.getByTestId("legacy-port").inputValue()).toBe(String(port));
    await look(`port-in-use-${locale}`);
    other.close();
    await stateIs("open");
    expect(await page.getByTestId("legacy-fault").count()).toBe(0);
  },
);
