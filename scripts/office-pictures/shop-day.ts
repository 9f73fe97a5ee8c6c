import { assert } from "#core/result.ts";
import { agreementSchema } from "#contract/wire/agreement.ts";
import { createEnrolmentCode } from "#headoffice/enrolment/codes.ts";
import { putShop } from "#headoffice/shops/shops.ts";
import type { OfficeBench } from "#tests/support/office-bench.ts";
import type { OfficeBrowser } from "#tests/support/office-browser.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import { officeTill, type OfficeTill } from "#tests/support/office-till.ts";

const shops = [
  { storeCode: "BJ01", nameZh: "朝阳店", nameEn: "Chaoyang" },
  { storeCode: "SH01", nameZh: "静安寺社区生鲜便利店", nameEn: "Jing'an Temple fresh food and convenience" },
  { storeCode: "GZ02", nameZh: "天河店", nameEn: "" },
];

/** Three shops in the middle of a day: tills that agree, one that does not, one that waits and one that is out, and a relay. */
export async function liveADay(bench: OfficeBench, admin: OfficeBrowser): Promise<void> {
  await bench.office.sql.transaction(async (tx) => {
    for (const shop of shops) await putShop(tx, shop);
  });
  const tills = [
    await enrolled(bench, "BJ01", "T01"),
    await enrolled(bench, "BJ01", "T02"),
    await enrolled(bench, "SH01", "T01"),
  ];
  for (const [index, till] of tills.entries()) {
    openDay(till);
    sell(till, 9 + index * 4);
    for (let from = 0; from < till.entries.length; from += 100) await till.upload(till.entries.slice(from, from + 100));
    await tellDays(till, index === 1 ? 350 : 0);
  }
  const out = await enrolled(bench, "SH01", "T02");
  openDay(out);
  out.append("receipt-printed-on-silk", { why: "a kind of a later version" });
  await out.upload(out.entries);
  await admin.send("POST", "/shops/SH01/terminals/T02/revoke");
  await createEnrolmentCode(bench.office, { storeCode: "GZ02", terminalId: "T01" }, { replaces: false });
  const code = await createEnrolmentCode(
    bench.office,
    { storeCode: "BJ01", terminalId: "R1" },
    { replaces: false, role: "relay" },
  );
  assert(code.ok, "a code");
  const relay = { url: bench.url, now: () => bench.now(), storeCode: "BJ01", terminalId: "R1" };
  await officeTill(relay).enrol(code.value.code);
  await tills[0]?.request("GET", "/v1/feed/catalog?after=0&limit=1000");
  bench.setNow(bench.now() + 4 * 60_000);
}

async function enrolled(bench: OfficeBench, storeCode: string, terminalId: string): Promise<OfficeTill> {
  const made = await createEnrolmentCode(bench.office, { storeCode, terminalId }, { replaces: false });
  assert(made.ok, "a code");
  const till = officeTill({ url: bench.url, now: () => bench.now(), storeCode, terminalId });
  await till.enrol(made.value.code);
  return till;
}

/** Tells head office's own days back to it; off by `wrongFen` where the two sides are not to agree. */
async function tellDays(till: OfficeTill, wrongFen: number): Promise<void> {
  const tell = async (body: object) =>
    till.request("POST", `/v1/terminals/${till.key}/agreement`, Buffer.from(JSON.stringify(body)));
  const empty = { businessDate: "2026-03-02", saleCount: 0, salesFen: 0, cashFen: 0, wechatFen: 0, refundCount: 0 };
  const asked = await tell({ days: [{ ...empty, refundFen: 0, lastSaleHash: "0".repeat(64) }] });
  const { days } = agreementSchema.parse(asked.json);
  await tell({ days: days.map((day) => ({ ...day, cashFen: day.cashFen + wrongFen })) });
}
