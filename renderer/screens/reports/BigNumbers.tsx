import type { ReportView } from "#contract/ipc/report-intents.ts";
import { averageSaleFen, keptFen, piecesPerSaleTenths, tenthsText } from "#core/report/figures.ts";
import type { Sums } from "#core/report/shares.ts";
import { type ReportsKey, useReportsText } from "./reports-texts.ts";
import { changeText, countText, money } from "./sum-words.ts";
import type { Behind } from "./use-behind.ts";

type OnBehind = (behind: Behind) => void;

/** The range in four large numbers with what they were before, and six more below; each opens what it is made of. */
export function BigNumbers({ report, onBehind }: { readonly report: ReportView; readonly onBehind: OnBehind }) {
  const text = useReportsText();
  const { total, charges } = report.range;
  const all: Behind = { of: "sales", pick: { by: "all" }, name: text("list.all") };
  const discounted: Behind = { of: "sales", pick: { by: "discounted" }, name: text("list.discounted") };
  const refunds: Behind = { of: "refund", pick: { by: "all" }, name: text("list.refunds") };
  const voids: Behind = { of: "void", pick: { by: "all" }, name: text("list.voids") };
  const returned: Behind = { of: "charge", pick: { by: "all" }, name: text("list.charges") };
  const large = { report, onBehind, behind: all };
  return (
    <section className="reports-figures" aria-label={text("summary")}>
      <div className="reports-large">
        <Large name="net" of={({ netFen }) => netFen} show={money} {...large} />
        <Large name="sale-count" of={({ saleCount }) => saleCount} show={countText} {...large} />
        <Large name="average" of={averageSaleFen} show={money} {...large} />
        <Large name="per-sale" of={piecesPerSaleTenths} show={tenthsText} {...large} />
      </div>
      <div className="reports-small">
        <Small name="gross" value={money(total.grossFen)} onPress={() => onBehind(all)} />
        <Small name="discounts" value={money(-total.discountFen)} onPress={() => onBehind(discounted)} />
        <Small
          name="refunds"
          value={money(-total.refundFen)}
          count={total.refundCount}
          onPress={() => onBehind(refunds)}
        />
        <Small name="kept" value={money(keptFen(total))} onPress={() => onBehind(refunds)} />
        <Small name="voids" value={money(total.voidFen)} count={total.voidCount} onPress={() => onBehind(voids)} />
        {charges.count > 0 && (
          <Small name="charges" value={money(-charges.fen)} count={charges.count} onPress={() => onBehind(returned)} />
        )}
      </div>
    </section>
  );
}

function Large(props: {
  readonly name: ReportsKey;
  readonly of: (sums: Sums) => number;
  readonly show: (value: number) => string;
  readonly report: ReportView;
  readonly behind: Behind;
  readonly onBehind: OnBehind;
}) {
  const { name, of, show, report, behind, onBehind } = props;
  const text = useReportsText();
  const now = of(report.range.total);
  const befores = report.against.length === 1 ? (["before.range"] as const) : (["before.day", "before.week"] as const);
  return (
    <button type="button" className="reports-card reports-number" onClick={() => onBehind(behind)}>
      <span className="reports-label">{text(name)}</span>
      <strong className="figures" data-testid={`report-${name}`}>
        {show(now)}
      </strong>
      {report.against.map(({ total }, index) => {
        const before = of(total);
        const change = changeText(now, before);
        const value = show(before);
        return (
          <span key={befores[index]} className="reports-before figures">
            <span>{text(befores[index] ?? "before.range")}</span>{" "}
            {change === null ? (
              text("before.none")
            ) : (
              <>
                {value} <span className={toneOf(change)}>{change}</span>
              </>
            )}
          </span>
        );
      })}
    </button>
  );
}

/** More and less have their colour beside their sign; what rounds to nothing has neither. */
function toneOf(change: string): string {
  if (change === "0.0%" || change === "+0.0%" || change === "\u22120.0%") return "";
  return change.startsWith("+") ? "reports-up" : "reports-down";
}

function Small(props: {
  readonly name: ReportsKey;
  readonly value: string;
  readonly count?: number;
  readonly onPress: () => void;
}) {
  const text = useReportsText();
  return (
    <button type="button" className="reports-card reports-figure" onClick={props.onPress}>
      <span className="reports-label">
        {text(props.name)}
        {props.count !== undefined && <span className="figures"> ×{props.count}</span>}
      </span>
      <strong className="figures" data-testid={`report-${props.name}`}>
        {props.value}
      </strong>
    </button>
  );
}
