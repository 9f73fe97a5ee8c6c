import { auditFacts } from "#core/journal/audit-facts.ts";
import { readEntry } from "#headoffice/projections/read-entry.ts";
import type { FuzzParser } from "../parser.ts";

const sale = {
  ...{ saleId: "s1", saleNumber: "T01-000001", terminalId: "T01", shiftId: "sh1", cashierId: "1", cashierName: "小李" },
  ...{ completedAt: "2026-03-02T12:00:00.000+08:00", businessDate: "2026-03-02", grossFen: 700, lineDiscountFen: 0 },
  ...{ saleDiscountFen: 0, roundingFen: 0, totalFen: 700, changeFen: 300 },
  lines: [
    {
      ...{
        lineNumber: 1,
        sku: "A1",
        nameZh: "可乐",
        nameEn: "Cola",
        categoryId: "c1",
        unit: "piece",
        unitPriceFen: 350,
      },
      ...{ quantity: 2_000, grossFen: 700, discountFen: 0, saleDiscountShareFen: 0, roundingShareFen: 0, netFen: 700 },
    },
  ],
  tenders: [{ kind: "cash", tenderId: "t1", amountFen: 700, receivedFen: 1_000, changeFen: 300 }],
};
const samples = [
  { kind: "sale-completed", v: 1, body: sale },
  {
    kind: "sale-completed",
    v: 2,
    body: { ...sale, tenders: [{ kind: "static-code", tenderId: "t1", amountFen: 700 }] },
  },
  {
    kind: "sale-completed",
    v: 3,
    body: { ...sale, promotionFen: 0, taxes: [{ basisPoints: 1_300, amountFen: 700, taxFen: 81 }] },
  },
  {
    kind: "shift-opened",
    v: 1,
    body: {
      shiftId: "sh1",
      openedAt: "2026-03-02T08:00:00.000+08:00",
      openedByName: "小李",
      businessDate: "2026-03-02",
      floatFen: 5,
    },
  },
  {
    kind: "clock-jumped",
    v: 1,
    body: { from: "2026-03-02T08:00:00.000Z", to: "2026-03-02T09:00:00.000Z", byMs: 3_600_000, seen: "start" },
  },
  { kind: "refund-grant-returned", v: 1, body: { grantId: "g1" } },
];

export const journalEntries: FuzzParser = {
  name: "journal-entries",
  reads:
    "what tills wrote into their journals, as head office and the till's own pages read it (headoffice/projections)",
  seeds: () => samples.map((sample) => Buffer.from(JSON.stringify(sample))),
  words: ["__proto__", '"v":', "1e999", "2026-02-30", "\\ud800"],
  jsonFrom: 0,
  read(input) {
    let told: unknown;
    try {
      told = JSON.parse(Buffer.from(input).toString());
    } catch {
      told = { body: Buffer.from(input).toString() };
    }
    const { kind, v, body } = { kind: "sale-completed", v: 1, body: null, ...(typeof told === "object" ? told : {}) };
    const text = typeof body === "string" ? body : written(body);
    const name = typeof kind === "string" ? kind : "sale-completed";
    const reading = readEntry({ kind: name, v: typeof v === "number" ? v : 1, body: text });
    const facts = auditFacts(name, body);
    return { isTaken: reading.kind !== "review" || reading.reason === "clock-jumped", told: { reading, facts } };
  },
};

/** What is nested deeper than can be written down is no body that could have been sent. */
function written(body: unknown): string {
  try {
    return JSON.stringify(body) ?? "";
  } catch {
    return "";
  }
}
