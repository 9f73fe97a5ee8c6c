import { describe, expect, it } from "vitest";
import { noSums } from "#core/report/shares.ts";
import english from "../../resources/locales/en/receipt.json" with { type: "json" };
import words from "../../resources/locales/zh-CN/receipt.json" with { type: "json" };
import { layOut } from "./layout.ts";
import { type ReportFacts, reportReceipt } from "./report-receipt.ts";

const store = { name: "街角小店", address: "", phone: "", footer: "" };
const taxes = [
  {
    ...{ ...noSums, key: "general", netFen: 11_500, taxedFen: 11_300, taxFen: 1_300 },
    ...{ refundFen: 1_130, refundTaxedFen: 1_130, refundTaxFen: 130 },
  },
  { ...noSums, key: "exempt", netFen: 500, taxedFen: 500 },
  { ...noSums, key: "烟草", netFen: 100 },
];
const total = { ...noSums, saleCount: 3, grossFen: 12_100, netFen: 12_100, refundCount: 1, refundFen: 1_130 };

function paper(of: ReportFacts["range"]["taxes"], labels = words.report): readonly string[] {
  const range = { from: "2026-03-01", to: "2026-03-02", total, tenders: [], taxes: of };
  const facts = { range, items: [], printedAt: "2026-03-02T22:00:00+08:00", terminalId: "T01" };
  const lines = layOut(reportReceipt(facts, labels, store, "zh"), 32);
  return lines.map((line) => (line.kind === "text" ? line.text.replaceAll(/ +/g, " ") : ""));
}

describe("The tax on a report's summary", () => {
  it("is told by class without tax, tax and with tax, and what none was recorded for beside it", () => {
    const lines = paper(taxes);
    const from = lines.indexOf(words.report.taxes);
    expect(lines.slice(from, from + 9)).toEqual([
      ...["税额（已减退货）", "一般 不含税 90.00", "一般 税额 11.70", "一般 含税 101.70"],
      ...["免税 不含税 5.00", "免税 税额 0.00", "免税 含税 5.00", "未记录税额 3.00", "税额合计 11.70"],
    ]);
    expect(paper(taxes, english.report)).toContain("General with tax 101.70");
  });

  it("is not there where none was recorded: that is not a tax of nothing", () => {
    const lines = paper([{ ...noSums, key: "general", netFen: 12_100 }]);
    expect(lines.filter((line) => line.includes("税"))).toEqual([]);
  });
});
