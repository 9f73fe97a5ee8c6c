import { expect, it } from "vitest";
import type { FindingView } from "#contract/ipc/reconciliation-view.ts";
import { findingGroups } from "#core/reconciliation/finding-group.ts";
import type { Finding } from "#core/reconciliation/finding.ts";
import { type BillShop, compared, openBillShop, signInManager } from "#tests/support/bill-shop.ts";
import { writePastBooks } from "#tests/support/past-books.ts";
import { seededRandom } from "#tests/support/random.ts";
import { type SpoiltDay, spoiltDay, wayCount } from "#tests/support/spoilt-day.ts";

/*
 * A whole day by the whole path: the simulator's bill over HTTP, the client, the worker's process, sales.db, and the
 * manager's page asked by its own intents.
 */

const day = "2026-03-01";
const nextDay = "2026-03-02";
const dayMs = Date.parse(`${day}T00:00:00+08:00`);
const dayLengthMs = 24 * 3_600_000;

async function openSpoiltShop(
  seed: number,
  payments: number,
  spoilFindings?: (findings: readonly Finding[]) => readonly Finding[],
) {
  const shop = await openBillShop(spoilFindings === undefined ? {} : { spoilFindings });
  const made = spoiltDay(seededRandom(seed), { dayMs, count: payments, broken: 40, store: "SZ01" });
  const shiftId = shop.bench.store.currentShift()?.shiftId ?? "";
  writePastBooks(shop.bench.directory, { terminalId: "T01", shiftId }, made.here);
  await shop.control("/gateway/past", { payments: made.there });
  for (const one of made.discrepancies) await shop.control("/gateway/bill/discrepancy", one);
  await signInManager(shop);
  return { shop, made };
}

/** Every row of every group, read page by page as the page does. */
async function findingsOf(shop: BillShop, of: string): Promise<readonly FindingView[]> {
  const all: FindingView[] = [];
  for (const group of findingGroups) {
    for (let after = 0; ;) {
      const page = await shop.bench.must("findings", { day: of, group, limit: 200, after });
      all.push(...page);
      if (page.length < 200) break;
      after = page.at(-1)?.position ?? after;
    }
  }
  return all;
}

const named = ({ kind, action, outTradeNo, outRefundNo }: FindingView): string =>
  `${kind} ${action} ${outRefundNo ?? outTradeNo}`;

async function differences(shop: BillShop, { expected }: SpoiltDay) {
  const found = (await findingsOf(shop, day)).filter(({ action }) => action !== "none").map(named);
  return {
    missed: expected.filter((one) => !found.includes(one)),
    invented: found.filter((one) => !expected.includes(one)),
    count: found.length,
  };
}

it.each([1, 20_260_301, 77])(
  "Of 5,000 payments and 40 discrepancies, seed %i, all 40 are found and none invented",
  async (seed) => {
    const { shop, made } = await openSpoiltShop(seed, 5_000);
    try {
      expect(wayCount).toBeGreaterThanOrEqual(18);
      await compared(shop, day);
      expect(await differences(shop, made)).toEqual({ missed: [], invented: [], count: 40 });

      const view = await shop.bench.must("reconciliation-day", { day });
      const waiting = made.expected.filter((one) => one.includes("wait-for-next-bill")).length;
      expect(view).toMatchObject({ state: "open", openCount: 40 - waiting, waitingCount: waiting, trouble: null });
      expect(view.compared).toMatchObject({ othersCount: 1_000, account: { differenceFen: 0 } });
      const all = Object.values(view.compared?.groups ?? {}).reduce((sum, group) => sum + group.all, 0);
      expect(all).toBe((await findingsOf(shop, day)).length);
      expect(shop.bench.till.view().reconciliation).toMatchObject({ openCount: 40 - waiting, openDay: day });
      expect(shop.bench.faults).toEqual([]);

      // What was left to the next day's bill is told by it, and by nothing else.
      await shop.clock.advance(dayLengthMs - 600_000);
      await compared(shop, nextDay);
      expect((await findingsOf(shop, nextDay)).filter(({ action }) => action !== "none").map(named)).toEqual([]);
      expect(await shop.bench.must("reconciliation-day", { day })).toMatchObject({ waitingCount: 0 });
    } finally {
      await shop.close();
    }
  },
  600_000,
);

it("A matcher that ignores amounts is caught by that count", async () => {
  const blind = (findings: readonly Finding[]): readonly Finding[] =>
    findings.map((one) => (one.kind.endsWith("amount-differs") ? { ...one, kind: "matched", action: "none" } : one));
  const { shop, made } = await openSpoiltShop(5, 1_000, blind);
  try {
    await compared(shop, day);
    const { missed, invented } = await differences(shop, made);
    expect(invented).toEqual([]);
    expect(missed.length).toBeGreaterThan(2);
    expect(missed.filter((one) => !one.includes("amount-differs"))).toEqual([]);
  } finally {
    await shop.close();
  }
}, 600_000);
