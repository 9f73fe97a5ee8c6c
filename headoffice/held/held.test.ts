import { beforeEach, describe, expect, it } from "vitest";
import type { WireFault } from "#contract/wire/fault.ts";
import { type Give, type Given, type HeldList, type HeldSale, mostHeldSales, type Taken } from "#contract/wire/held.ts";
import { createEnrolmentCode } from "#headoffice/enrolment/codes.ts";
import { putShop } from "#headoffice/shops/shops.ts";
import { engines, type OfficeBench } from "#tests/support/office-bench.ts";
import { officePerTest } from "#tests/support/office-per-test.ts";
import { openDay, sell } from "#tests/support/office-sales.ts";
import { type Answer, officeTill, type OfficeTill } from "#tests/support/office-till.ts";
import { until } from "#tests/support/poll.ts";
import { openRelayBench } from "#tests/support/relay-bench.ts";
import { revokeTerminal } from "../terminals/revoke.ts";
import { giveSale } from "./give-sale.ts";
import { bodyKeptMs } from "./take-sale.ts";

const line: HeldSale["cart"]["lines"][number] = {
  ...{ id: "l1", sku: "cola", nameZh: "可乐", nameEn: "Cola", categoryId: "drinks", taxClass: "standard" },
  ...{ barcode: "6901234567892", source: "scan", unit: "piece", unitPriceFen: 350, quantity: 2_000 },
  ...{ labelAmountFen: null, discount: null },
};

function saleOf(saleId: string): HeldSale {
  const cart = { saleId, lines: [line], discount: null, rounding: "none", currentLineId: "l1" } as const;
  return { cart: { ...cart, lines: [line] }, label: "红衣服", cashierId: "c1", totalFen: 700 };
}

function giveOf(giveId: string, saleId = `sale-${giveId}`, change: Partial<Give> = {}): Give {
  return {
    ...{ giveId, saleId, form: 1, label: "红衣服", cashierName: "李娜", heldAtMs: 1_700_000_000_000 },
    ...{ lineCount: 1, totalFen: 700, body: JSON.stringify(saleOf(saleId)) },
    ...change,
  };
}

const post = async <T>(till: OfficeTill, path: string, body: object): Promise<Answer<T & WireFault>> =>
  // What the contract promises for this path.
  (await till.request("POST", path, Buffer.from(JSON.stringify(body)))) as Answer<T & WireFault>;
const give = async (till: OfficeTill, what: Give): Promise<Given> => (await post<Given>(till, "/v1/held", what)).json;
const take = async (till: OfficeTill, giveId: string, takeId: string): Promise<Taken> =>
  (await post<Taken>(till, "/v1/held/takes", { giveId, takeId })).json;
const listed = async (till: OfficeTill): Promise<readonly string[]> =>
  // As above.
  ((await till.request("GET", "/v1/held")).json as HeldList).held.map(({ giveId }) => giveId);

describe.each(engines)("sales held for every till, on %s", (engine) => {
  const office = officePerTest(engine);
  let bench: OfficeBench;
  let t01: OfficeTill;
  let t02: OfficeTill;
  beforeEach(async () => {
    bench = office();
    t01 = await bench.enrolledTill("T01");
    t02 = await bench.enrolledTill("T02");
  });

  it("lie at head office until one till takes them, whole and with all that was said of them", async () => {
    expect(await give(t01, giveOf("g1"))).toEqual({ outcome: "held" });
    const { json } = await t02.request("GET", "/v1/held");
    const { body, ...shown } = giveOf("g1");
    expect(json).toEqual({ held: [{ ...shown, fromTerminal: "T01", givenAtMs: bench.now() }] });
    expect(await take(t02, "g1", "take-1")).toEqual({
      ...{ outcome: "yours", saleId: "sale-g1", form: 1, fromTerminal: "T01", heldAtMs: shown.heldAtMs, body },
    });
    expect(await listed(t01)).toEqual([]);
  });

  it("are given once: the same again is told what became of it, also long after it was taken", async () => {
    await give(t01, giveOf("g1"));
    expect(await give(t01, giveOf("g1"))).toEqual({ outcome: "held" });
    expect(await listed(t01)).toEqual(["g1"]);
    await take(t02, "g1", "take-1");
    bench.setNow(bench.now() + 400 * 86_400_000);
    expect(await give(t01, giveOf("g1"))).toEqual({ outcome: "taken" });
    expect(await listed(t01)).toEqual([]);
  });

  it("are taken once: the same taking is answered the same, every other reads who has it, and so does the giver", async () => {
    await give(t01, giveOf("g1"));
    const first = await take(t02, "g1", "take-1");
    expect(await take(t02, "g1", "take-1")).toEqual(first);
    expect(await take(t02, "g1", "take-2")).toEqual({ outcome: "taken", by: "T02" });
    expect(await take(t01, "g1", "take-1")).toEqual({ outcome: "taken", by: "T02" });
    expect(await take(t01, "never-given", "take-3")).toEqual({ outcome: "gone" });
  });

  it("have one owner when many ask at the same moment", async () => {
    const tills = [t01, t02, await bench.enrolledTill("T03"), await bench.enrolledTill("T04")];
    await Promise.all(["g1", "g2", "g3"].map((id) => give(t01, giveOf(id))));
    for (const giveId of ["g1", "g2", "g3"]) {
      const answers = await Promise.all(tills.map((till, index) => take(till, giveId, `take-${giveId}-${index}`)));
      const owners = answers.filter(({ outcome }) => outcome === "yours");
      expect(owners).toHaveLength(1);
      const owner = tills[answers.findIndex(({ outcome }) => outcome === "yours")]?.key.slice(-3);
      const others = answers.filter(({ outcome }) => outcome !== "yours");
      expect(others).toEqual(others.map(() => ({ outcome: "taken", by: owner })));
    }
  });

  it("may go round: whoever took one gives it again under another id", async () => {
    await give(t01, giveOf("g1", "sale-1"));
    await take(t02, "g1", "take-1");
    expect(await give(t02, giveOf("g2", "sale-1"))).toEqual({ outcome: "held" });
    expect(await take(t01, "g2", "take-2")).toMatchObject({ outcome: "yours", fromTerminal: "T02" });
    expect(await give(t01, giveOf("g1", "sale-1"))).toEqual({ outcome: "taken" });
  });

  it("never lie there twice, and a refusal is for ever, whenever another copy of the request comes", async () => {
    await give(t01, giveOf("g1", "sale-1"));
    expect(await give(t02, giveOf("g2", "sale-1"))).toEqual({ outcome: "refused", why: "here" });
    await take(t01, "g1", "take-1");
    expect(await give(t02, giveOf("g2", "sale-1"))).toEqual({ outcome: "refused", why: "here" });
    expect(await listed(t01)).toEqual([]);
  });

  it("a paid offline order reopened as draft by another device (odoo#288974) is refused once head office has its sale", async () => {
    await give(t01, giveOf("g1", "sale-1"));
    await take(t02, "g1", "take-1");
    openDay(t02);
    sell(t02, 1, { saleId: "sale-1" });
    await t02.upload(t02.entries);
    expect(await give(t01, giveOf("g3", "sale-1"))).toEqual({ outcome: "refused", why: "sold" });
    expect(await take(t01, "g1", "take-9")).toEqual({ outcome: "taken", by: "T02" });
    expect(await listed(t01)).toEqual([]);
  });

  it("are at most two hundred a shop, however many give at once", async () => {
    const from = { storeCode: "BJ01", terminalId: "T01" };
    for (let index = 0; index < mostHeldSales - 1; index += 1)
      await giveSale(bench.office.sql, from, giveOf(`g${index}`), bench.now());
    const late = await Promise.all(["x1", "x2", "x3"].map((id, at) => give(at === 0 ? t01 : t02, giveOf(id))));
    expect(late.filter(({ outcome }) => outcome === "held")).toHaveLength(1);
    const refused = late.filter(({ outcome }) => outcome === "refused");
    expect(refused).toEqual([
      { outcome: "refused", why: "full" },
      { outcome: "refused", why: "full" },
    ]);
    expect(await listed(t02)).toHaveLength(mostHeldSales);
    await take(t02, "g0", "take-1");
    expect(await give(t02, giveOf("x9"))).toEqual({ outcome: "held" });
  });

  it("are refused where they are no sale of the form they say, and kept where the form is newer than head office", async () => {
    const unreadable = { outcome: "refused", why: "unreadable" };
    expect(await give(t01, giveOf("g1", "sale-1", { body: "{}" }))).toEqual(unreadable);
    expect(await give(t01, giveOf("g2", "sale-1", { body: "no JSON" }))).toEqual(unreadable);
    expect(await give(t01, giveOf("g3", "other", { body: JSON.stringify(saleOf("sale-1")) }))).toEqual(unreadable);
    expect(await give(t01, giveOf("g4", "sale-1", { form: 4, body: '{"new":1}' }))).toEqual({ outcome: "held" });
    expect(await take(t02, "g4", "t")).toMatchObject({ outcome: "yours", form: 4, body: '{"new":1}' });
  });

  it.each([
    ["an id that is none", { giveId: "no id!" }],
    ["a name with U+0000", { label: "a\0b" }],
    ["money that is no fen", { totalFen: 1.5 }],
    ["more characters than a place keeps", { body: `"${"x".repeat(262_200)}"` }],
    ["a field nobody knows", { tenders: [] }],
  ])("are not understood with %s", async (_name, change) => {
    const { status, json } = await post(t01, "/v1/held", { ...giveOf("g1"), ...change });
    expect([status, json.kind]).toEqual([400, "bad-request"]);
    expect(await listed(t01)).toEqual([]);
  });

  it("are refused beyond 256 KiB, counted in bytes", async () => {
    const big = { ...giveOf("g1", "sale-1", { form: 9, body: JSON.stringify("红".repeat(90_000)) }) };
    const { status, json } = await post(t01, "/v1/held", big);
    expect([status, json.kind]).toEqual([413, "too-large"]);
  });

  it("are the shop's alone: a till of another shop sees none and takes none, and a revoked till neither", async () => {
    const place = { storeCode: "SH01", terminalId: "T01" };
    await bench.office.sql.transaction((tx) => putShop(tx, { storeCode: "SH01", nameZh: "外滩店", nameEn: "Bund" }));
    const code = await createEnrolmentCode(bench.office, place, { replaces: false, role: "till" });
    if (!code.ok) throw new Error("a code");
    const stranger = officeTill({ url: bench.url, now: bench.now, ...place });
    expect((await stranger.enrol(code.value.code)).status).toBe(201);
    await give(t01, giveOf("g1"));
    expect(await listed(stranger)).toEqual([]);
    expect(await take(stranger, "g1", "take-1")).toEqual({ outcome: "gone" });
    await revokeTerminal(bench.office, { storeCode: "BJ01", terminalId: "T02" });
    expect((await post(t02, "/v1/held/takes", { giveId: "g1", takeId: "t" })).json.kind).toBe("revoked");
    expect(await listed(t01)).toEqual(["g1"]);
  });

  it("keep their lines for a month after they were taken, for whoever lost the answer", async () => {
    await give(t01, giveOf("g1"));
    const first = await take(t02, "g1", "take-1");
    bench.setNow(bench.now() + bodyKeptMs);
    expect(await take(t02, "g1", "take-1")).toEqual(first);
    bench.setNow(bench.now() + 1);
    expect(await take(t02, "g1", "take-1")).toEqual({ outcome: "gone" });
    expect(await take(t01, "g1", "take-2")).toEqual({ outcome: "taken", by: "T02" });
  });

  it("lie at the shop's relay as well, through its own restart, and not at head office then", async () => {
    let relay = await openRelayBench(bench);
    relay.relay.sendOn.start();
    const there = (till: OfficeTill) => {
      const [storeCode = "", terminalId = ""] = till.key.split("-");
      return officeTill({ url: relay.url, now: bench.now, storeCode, terminalId, keys: till.keys });
    };
    await until("it knows the shop's tills", async () => (await there(t01).request("GET", "/v1/held")).status === 200);
    expect(await give(there(t01), giveOf("g1"))).toEqual({ outcome: "held" });
    relay = await relay.restart();
    expect(await listed(there(t02))).toEqual(["g1"]);
    expect(await listed(t02)).toEqual([]);
    expect(await take(there(t02), "g1", "take-1")).toMatchObject({ outcome: "yours" });
    expect(await take(there(t01), "g1", "take-2")).toEqual({ outcome: "taken", by: "T02" });
    await relay.close();
  });
});
