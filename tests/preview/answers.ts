import { readFileSync } from "node:fs";
import type { IntentAnswer } from "#contract/ipc/intents.ts";
import type { CategoryView, ItemView } from "#contract/ipc/manager-view.ts";
import type { OfficeView } from "#contract/ipc/office-view.ts";
import type { AgreementDayView } from "#contract/ipc/sync-view.ts";
import type { DaySide } from "#contract/wire/agreement.ts";
import { fen } from "#core/money/fen.ts";

/** What the scripted main answers: items of the demo store for looking around, agreement to everything else. */
export function answerIntent(intent: string, args: Readonly<Record<string, unknown>>): unknown {
  switch (intent) {
    case "list-categories":
      return { ok: true, value: categories };
    case "list-items":
      return { ok: true, value: listItems(args["categoryId"], args["afterSku"]) };
    case "search-items":
      return {
        ok: true,
        value: { items: searchItems(String(args["text"])), isWhole: !String(args["text"]).startsWith("新") },
      };
    case "head-office":
      return { ok: true, value: office };
    case "agreement-days":
      return { ok: true, value: agreementDays() };
    case "enrol":
      return { ok: false, fault: { kind: "enrolment-code-expired" } };
    case "static-takings":
      return { ok: true, value: { open: { count: 0, fen: 0 }, takings: [] } };
    case "shift-desk":
      return { ok: true, value: shiftDesk };
    case "explain-shift":
      return { ok: true, value: { differenceFen: -2_650, candidates } };
    case "close-shift":
      return { ok: true, value: closedShift(Number(args["countedCashFen"])) };
    case "sign-in":
      return { ok: false, fault: { kind: "wrong-pin", triesLeft: 3 } };
    case "void-sale":
      return { ok: false, fault: { kind: args["approvalPin"] === undefined ? "approval-needed" : "approval-refused" } };
    case "shared-held":
      return { ok: true, value: sharedHeld };
    case "take-held-sale":
      return { ok: false, fault: { kind: "held-taken-by", terminalId: "T02" } };
    default:
      return { ok: true, value: null };
  }
}

interface StoredItem {
  readonly sku: string;
  readonly zh: string;
  readonly en: string;
  readonly category: string;
  readonly unit: "piece" | "kg";
  readonly priceFen: number;
  readonly favourite?: boolean;
}

const store = new URL("../../resources/demo-store/", import.meta.url);
export const items: readonly ItemView[] = readFileSync(new URL("items.jsonl", store), "utf8")
  .trim()
  .split("\n")
  .map((line) => asItem(JSON.parse(line) as StoredItem));
const categories: readonly CategoryView[] = (
  JSON.parse(readFileSync(new URL("categories.json", store), "utf8")) as readonly {
    id: string;
    zh: string;
    en: string;
    colour: number;
  }[]
).map(({ id, zh, en, colour }) => ({ id, nameZh: zh, nameEn: en, colour }));

function asItem({ sku, zh, en, category, unit, priceFen }: StoredItem): ItemView {
  return { sku, nameZh: zh, nameEn: en, categoryId: category, unit, priceFen: fen(priceFen) };
}

function listItems(categoryId: unknown, afterSku: unknown): readonly ItemView[] {
  if (categoryId === null) return items.filter((_item, index) => index % 83 === 0);
  const all = items.filter((item) => item.categoryId === categoryId);
  const from = afterSku === null ? 0 : all.findIndex((item) => item.sku === afterSku) + 1;
  return all.slice(from, from + 120);
}

function searchItems(text: string): readonly ItemView[] {
  return items.filter((item) => item.nameZh.includes(text) || item.nameEn.toLowerCase().includes(text)).slice(0, 60);
}

function closedShift(countedCashFen: number): unknown {
  const expectedCashFen = 123_450;
  return {
    shiftId: "shift-1",
    closedAt: "2026-03-02T22:00:00+08:00",
    closedBy: "c1",
    totals: {
      saleCount: 87,
      salesFen: 345_670,
      cashFen: 73_450,
      wechatFen: 272_220,
      staticCodeFen: 0,
      discountFen: 4_120,
      ...{ refundCount: 0, refundCashFen: 0, refundWechatFen: 0, noSaleCount: 1 },
      ...{ payInFen: 0, payOutFen: 5_000, safeDropFen: 50_000 },
      expectedCashFen,
    },
    zNumber: "T01-Z0042",
    countedCashFen,
    differenceFen: countedCashFen - expectedCashFen,
  };
}

const shiftDesk: IntentAnswer<"shift-desk"> = {
  expectedCashFen: null,
  countCount: 0,
  reasons: { payIn: [], payOut: [], safeDrop: [], noSale: [] },
};

const noon = Date.UTC(2026, 2, 2, 4);
const candidates: IntentAnswer<"explain-shift">["candidates"] = [
  {
    ...{ kind: "booked-as-cash", likelihood: 90, amountFen: fen(2650), position: 81, atMs: noon },
    sales: [{ saleId: "s9", saleNumber: "T01-000123" }],
  },
  { kind: "no-sale", likelihood: 20, amountFen: fen(0), position: 90, atMs: noon + 3_600_000, sales: [] },
];

const office: OfficeView = {
  shop: "real",
  address: "https://hq.hummingbird.example.com",
  relayAddress: "http://192.168.1.20:8460",
  terminalKey: "BJ01-T01",
  scanned: null,
};

const heldAnywhere = { cashierName: "陈晨", isOld: false, isNewer: false, heldAtMs: Date.now() - 400_000 };
/** Four tills' sales for everybody, one of them of yesterday and one of a newer version. */
const sharedHeld: IntentAnswer<"shared-held"> = {
  isWhole: false,
  sales: [
    { ...heldAnywhere, giveId: "g1", saleId: "s1", label: "穿红衣的顾客", fromTerminal: "T02", lineCount: 12 },
    { ...heldAnywhere, giveId: "g2", saleId: "s2", label: "", fromTerminal: "T03", lineCount: 1 },
    { ...heldAnywhere, giveId: "g3", saleId: "s3", label: "", fromTerminal: "T02", lineCount: 3, isOld: true },
    { ...heldAnywhere, giveId: "g4", saleId: "s4", label: "", fromTerminal: "T04", lineCount: 7, isNewer: true },
  ].map((sale, index) => ({ ...sale, totalFen: fen(12_345 * (index + 1)) })),
};

/** Twelve days: today not answered yet, the one before it different, the others the same on both sides. */
function agreementDays(): readonly AgreementDayView[] {
  return Array.from({ length: 12 }, (_, ago) => {
    const businessDate = new Date(Date.UTC(2026, 2, 2 - ago)).toISOString().slice(0, 10);
    const isClosed = ago === 5;
    const here: DaySide = {
      businessDate,
      saleCount: isClosed ? 0 : 187 + ago * 13,
      salesFen: isClosed ? 0 : 1_245_670 + ago * 70_310,
      cashFen: isClosed ? 0 : 273_450 + ago * 10_210,
      wechatFen: isClosed ? 0 : 972_220 + ago * 60_100,
      staticCodeFen: 0,
      refundCount: ago % 3,
      refundFen: (ago % 3) * 2_350,
      lastSaleHash: isClosed ? "0".repeat(64) : String(81_733_521 + ago * 7_654_321).padEnd(64, "c"),
    };
    if (ago === 0) return { businessDate, here, there: null, isAgreed: false };
    if (ago !== 1) return { businessDate, here, there: here, isAgreed: true };
    const there = { ...here, saleCount: here.saleCount - 1, salesFen: here.salesFen - 3_500 };
    return { businessDate, here, there: { ...there, wechatFen: here.wechatFen - 3_500 }, isAgreed: false };
  });
}
