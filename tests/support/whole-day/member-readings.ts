import type { Page } from "playwright";
import type { PrinterState } from "#contract/bench/devices.ts";
import type { Locale } from "#contract/config/terminal.ts";
import { plainLines } from "#simulators/printer/plain-lines.ts";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import type { Shop } from "#tests/support/shop.ts";
import type { Source } from "./disagreements.ts";
import { wordsOf } from "./paper-readings.ts";

/* What the shop says of its members' points: on the manager's page, and on the papers they took home. */

type Reading = Source["readings"][number];

/**
 * The page of members: each one's balance in the list, above their history, and the history's own sums.
 * @param ids by the masked number that the page calls a member by
 */
export async function membersOnScreen(page: Page, ids: ReadonlyMap<string, string>): Promise<Source> {
  await part(page, "member-row").first().waitFor();
  const rows = await part(page, "member-row").all();
  const readings: Reading[] = [];
  for (const row of rows) {
    const label = (await row.locator(".members-row-label").textContent()) ?? "";
    const key = `member/${ids.get(label) ?? label}`;
    readings.push([`${key}/points`, pointsOf(await row.locator("strong").textContent())]);
    await row.click();
    const detail = page.locator(`[data-testid=member-detail][aria-label="${label}"]`);
    await detail.waitFor();
    const balance = await detail.getByTestId("member-detail-balance").textContent();
    readings.push([`${key}/points`, pointsOf(balance)], ...(await historyOf(page, key)));
  }
  return { name: "the page of members", readings, inFull: [["member/", ""]] };
}

/** Each kind of move added up over the whole history, and all of them together. */
async function historyOf(page: Page, key: string): Promise<readonly Reading[]> {
  const more = part(page, "history-more");
  await part(page, "point-row").first().waitFor();
  await until("the whole history is there", async () => {
    if (!(await more.isVisible())) return true;
    await more.click({ timeout: 1_000 }).catch(() => null);
    return null;
  });
  const moves = await part(page, "point-row").evaluateAll((rows) =>
    rows.map((row) => [row.getAttribute("data-kind") ?? "", row.querySelector("strong")?.textContent ?? ""] as const),
  );
  const sums = new Map<string, number>([[`${key}/points`, 0]]);
  for (const [kind, text] of moves)
    for (const figure of [`${key}/${kind}`, `${key}/points`])
      sums.set(figure, (sums.get(figure) ?? 0) + pointsOf(text));
  return [...sums];
}

/** Every balance on the papers that the printer still holds, in the order they came out. */
export async function balancesOnPaper(shop: Shop, locale: Locale): Promise<readonly number[]> {
  const words = wordsOf(locale, "receipt", "sale")["pointsBalance"] ?? "";
  const { papers } = (await shop.control("GET", "/printer")) as PrinterState; // the twin's own answer, by its contract
  return papers
    .filter(({ complete }) => complete)
    .flatMap(({ elements }) => plainLines(elements, 48))
    .filter((line) => line.trim().startsWith(`${words} `))
    .map((line) => pointsOf(line));
}

/** The last whole number of a text: "1,234 points", "+12", "−3". */
function pointsOf(text: string | null): number {
  const found = /([-+\u2212]?)(\d[\d,]*)(?!.*\d)/.exec(text ?? "");
  if (found === null) throw new Error(`points, got ${JSON.stringify(text)}`);
  const points = Number(found[2]?.replaceAll(",", ""));
  return found[1] === "" || found[1] === "+" ? points : -points;
}
