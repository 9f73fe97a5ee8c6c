import type { Page } from "playwright";
import type { SimulatorsReady } from "#contract/bench/ready.ts";
import type { Attempt } from "#core/tender/attempt.ts";
import type { LedgerOrder, LedgerView } from "#simulators/gateway/ledger-view.ts";
import type { NoticeView } from "#simulators/gateway/notice/notifier.ts";
import { journalBodies } from "./journal-bodies.ts";
import { ringUp, type TillUnderTest } from "./open-till.ts";
import { until } from "./poll.ts";
import { part } from "./sale-screen.ts";

/** The demo store as `npm start` opens it: till, customer display, Device bench and the customer's phone. */
export interface DemoStore {
  readonly till: TillUnderTest;
  readonly bench: Page;
  readonly dataDir: string;
}

/** Coca-Cola 330 ml, ¥2.80. */
const cola = "6920536011247";
/** A request to WeChat, a redirect and a page, in a browser that may have to start first. Milliseconds. */
const pagePatienceMs = 45_000;

/** Pulls the shop's line, or plugs it in again, by the bench's switch; the till has noticed when this resolves. */
export async function turnLine({ till, bench }: DemoStore, isCut: boolean): Promise<void> {
  await part(bench, "shop-line").click();
  const state = isCut ? "offline" : "online";
  await until(
    `head office is ${state}`,
    async () => {
      if (!isCut) await till.send("sync-now", {});
      return (await till.view()).sync.state === state;
    },
    pagePatienceMs,
  );
}

/** A sale of a cola and its payment dialog, as the cashier opens it. */
export async function toPayment({ till }: Pick<DemoStore, "till">): Promise<void> {
  await till.send("next-sale", {});
  await ringUp(till, cola);
  await till.page.keyboard.press("Space");
  await part(till.page, "payment").waitFor();
}

/** From there to the request on the customer display; the attempt as the journal has it. */
export async function showRequest({ till, dataDir }: Omit<DemoStore, "bench">): Promise<Attempt> {
  await part(till.page, "pay-carried").waitFor();
  await till.page.keyboard.press("*");
  await part(till.page, "carried").waitFor();
  const [attempt] = (journalBodies(dataDir, "attempt-created") as readonly Attempt[]).slice(-1);
  if (attempt === undefined) throw new Error("the attempt is in the journal");
  return attempt;
}

/** The bench's phone scans the customer display; the page of the payment, in the state it is expected in. */
export async function scanWithPhone({ till, bench }: DemoStore, attempt: Attempt, state: string): Promise<Page> {
  await part(bench, "phone-scan-display").click();
  return pageOnPhone(till, attempt, state);
}

/** The phone's page once it shows this payment in this state. */
export function pageOnPhone(till: TillUnderTest, attempt: Attempt, state: string): Promise<Page> {
  const payload = payloadOf(attempt);
  return until(
    `the phone shows ${state}`,
    async () => {
      const page = till.app.windows().find((one) => one.url().includes(`.invalid/P/${payload}`));
      // A page that is being replaced answers nothing.
      const shown = await page
        ?.locator("main")
        .getAttribute("data-state", { timeout: 500 })
        .catch(() => null);
      return shown === state && page;
    },
    pagePatienceMs,
  );
}

/** The customer taps the page's button and says yes to WeChat's sheet, or no; `onSheet` looks at it meanwhile. */
export async function answerSheet(
  phone: Page,
  accept: boolean,
  onSheet: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await phone.locator("#pay").click();
  await phone.locator("#phone-pay").waitFor();
  await onSheet();
  await phone.locator(accept ? "#phone-pay" : "#phone-leave").click();
}

/** The bench's phone is held in front of the till's scanner. */
export async function holdToScanner({ bench }: DemoStore): Promise<void> {
  await part(bench, "phone-hold").click();
}

export function payloadOf({ codeUrl }: Pick<Attempt, "codeUrl">): string {
  return codeUrl?.split("/").at(-1) ?? "";
}

/** What the gateway has under this number; null for nothing. */
export async function orderAtGateway({ till }: DemoStore, outTradeNo: string): Promise<LedgerOrder | null> {
  const { orders } = (await askTwins(till, "/gateway/ledger")) as LedgerView;
  return orders.find((order) => order.outTradeNo === outTradeNo) ?? null;
}

/** What became of the gateway's notifications about this number, in their order. */
export async function noticesOf({ till }: DemoStore, outTradeNo: string): Promise<readonly NoticeView[]> {
  const { notices } = (await askTwins(till, "/gateway/notices")) as { readonly notices: readonly NoticeView[] };
  return notices.filter((notice) => notice.outTradeNo === outTradeNo);
}

/** The twins' control interface, where the console tells that it is. */
async function askTwins(till: TillUnderTest, path: string): Promise<unknown> {
  const line = await until("the ready line", () => till.console().match(/^ready (\{.*\})$/m)?.[1]);
  const { url, token } = (JSON.parse(line) as { simulators: SimulatorsReady["control"] }).simulators;
  const answer = await fetch(new URL(path, url), { headers: { authorization: `Bearer ${token}` } });
  return answer.json();
}

/**
 * Another customer's phone, without a window: it opens the page, is sent to WeChat and back, and taps the button.
 * @returns what the page is answered
 */
export async function tapOnOtherPhone(officeUrl: string, attempt: Attempt): Promise<unknown> {
  const agent = { "user-agent": "MicroMessenger/8.0.55 SimulatedPhone/2" };
  const page = new URL(`/P/${payloadOf(attempt)}`, officeUrl);
  const away = await fetch(page, { headers: agent, redirect: "manual" });
  const [cookie = ""] = (away.headers.get("set-cookie") ?? "").split(";");
  const back = await fetch(away.headers.get("location") ?? "", { headers: agent, redirect: "manual" });
  const said = new URL(back.headers.get("location") ?? "").searchParams;
  const answer = await fetch(`${page.href}/pay`, {
    ...{ method: "POST", headers: { ...agent, cookie, "content-type": "application/json" } },
    body: JSON.stringify({ code: said.get("code"), state: said.get("state") }),
  });
  return answer.json();
}
