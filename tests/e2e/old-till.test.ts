import { request } from "node:https";
import { TLSSocket } from "node:tls";
import { afterEach, beforeEach, expect, it } from "vitest";
import { freePort } from "#tests/support/free-port.ts";
import { paymentRequest, readAnswer } from "#tests/support/legacy-bench.ts";
import { lookAt } from "#tests/support/look-at-screen.ts";
import { beginSelling, openTill, type TillUnderTest } from "#tests/support/open-till.ts";
import { openSettings } from "#tests/support/set-up-wechat.ts";
import { openShop, type Shop } from "#tests/support/shop.ts";

/* An old till beside the real one: paired on its settings, paid on its screen, told over HTTPS. */

let shop: Shop;
let till: TillUnderTest;
let port: number;
beforeEach(async () => {
  port = await freePort();
  shop = await openShop({ legacy: { https: { port } } });
  till = await openTill({ dataDir: shop.dataDir });
});
afterEach(async () => {
  await till.close();
  await shop.close();
});

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

it("a manager pairs an old till, and its payment is scanned on this one's screen and told to it", async () => {
  const { page } = till;
  await beginSelling(till, "manager-1");
  await openSettings(page);
  await page.getByTestId("settings-legacy").click();
  await page.getByTestId("legacy-name").fill("前台 POS");
  await page.getByTestId("legacy-pair").click();
  const token = (await page.getByTestId("legacy-token").textContent()) ?? "";
  const fingerprint = (await page.getByTestId("legacy-fingerprint").textContent()) ?? "";
  expect(token).toMatch(/^[\w-]{43}$/);
  await page.getByTestId("legacy-card").scrollIntoViewIfNeeded();
  const card = await lookAt(page, "the card of old tills");
  expect([card.barriers, card.isTooWide]).toEqual([[], false]);
  await picture("card");
  await page.getByTestId("settings-leave").click();

  const answer = ask(paymentRequest({ amount: "23.80" }), token, fingerprint);
  await page.getByTestId("legacy-asker").waitFor();
  expect(await page.getByTestId("legacy-asker").textContent()).toContain("POS1");
  expect(await page.getByTestId("left-to-pay").getAttribute("data-fen")).toBe("2380");
  expect(await page.getByTestId("leave-payment").count()).toBe(0);
  const asked = await lookAt(page, "an old till's payment");
  expect([asked.barriers, asked.isTooWide]).toEqual([[], false]);
  await picture("payment");

  await till.send("scan", { text: await shop.paymentCode(), by: "typed" });
  expect(readAnswer(await answer).word).toBe("Success");
  const again = readAnswer(await ask(paymentRequest({ amount: "23.80" }), token, fingerprint));
  expect(again.word).toBe("Success");

  await page.getByTestId("payment").waitFor();
  const late = ask(paymentRequest({ service: "2", sale: "S-2" }), token, fingerprint);
  await page.getByTestId("legacy-asker").waitFor();
  await page.keyboard.press("Escape");
  expect(readAnswer(await late).word).toBe("Cancel");
});

/** Kept where somebody asks for pictures. */
async function picture(name: string): Promise<void> {
  const folder = process.env["OLD_TILL_PICTURES"];
  if (folder !== undefined) await till.page.screenshot({ path: `${folder}/old-till-${name}.png` });
}
