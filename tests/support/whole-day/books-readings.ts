import { join } from "node:path";
import Database from "better-sqlite3";
import type { Source } from "./disagreements.ts";
import { list, type Told, told, whole } from "./told.ts";

/** The last Z as it is stored, read from the till's file. */
export function zInBooks(dataDir: string): Source {
  const db = new Database(join(dataDir, "sales.db"), { readonly: true });
  try {
    const last = db.prepare<[], string>("SELECT body FROM z_reports ORDER BY number DESC LIMIT 1").pluck();
    const z = told(JSON.parse(last.get() ?? "null"));
    const [close, before, after] = [told(z["close"]), told(z["before"]), told(z["after"])];
    const totals = told(close["totals"]);
    const readings: Source["readings"][number][] = Object.entries(ofTotals).map(
      ([field, figure]) => [figure, whole(totals, field)] as const,
    );
    readings.push(...taxesOf(list(totals, "taxes")));
    readings.push(
      ["shift/float", whole(told(z["shift"]), "floatFen")],
      ["shift/counted", whole(close, "countedCashFen")],
      ["shift/difference", whole(close, "differenceFen")],
      ["z/sales-before", whole(before, "salesFen")],
      ["z/sales-after", whole(after, "salesFen")],
      ["z/refunds-before", whole(before, "refundsFen")],
      ["z/refunds-after", whole(after, "refundsFen")],
    );
    return {
      name: "the Z in the books",
      readings,
      inFull: [
        ["tender/", "/net"],
        ["refund/", "/fen"],
        ["owed/", "/tax"],
      ],
    };
  } finally {
    db.close();
  }
}

/** By rate, less what came back, and the tax of all rates together. */
function taxesOf(taxes: readonly Told[]): readonly Source["readings"][number][] {
  const ofRates = taxes.map((tax) => ({
    key: `owed/${whole(tax, "basisPoints")}`,
    gross: whole(tax, "amountFen") - whole(tax, "refundFen"),
    tax: whole(tax, "taxFen") - whole(tax, "refundTaxFen"),
  }));
  return [
    ...ofRates.flatMap(({ key, gross, tax }) => [[`${key}/gross`, gross] as const, [`${key}/tax`, tax] as const]),
    ["owed/all/tax", ofRates.reduce((sum, { tax }) => sum + tax, 0)],
  ];
}

const ofTotals = {
  saleCount: "sales/count",
  salesFen: "sales/net",
  discountFen: "sales/discount",
  cashFen: "tender/cash/net",
  wechatFen: "tender/wechat/net",
  staticCodeFen: "tender/static-code/net",
  refundCount: "refunds/count",
  refundCashFen: "refund/cash/fen",
  refundWechatFen: "refund/wechat/fen",
  payInFen: "shift/pay-in",
  payOutFen: "shift/pay-out",
  safeDropFen: "shift/safe-drop",
  noSaleCount: "shift/no-sales",
  expectedCashFen: "shift/expected",
} as const;
