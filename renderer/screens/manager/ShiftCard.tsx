import type { DayView } from "#contract/ipc/manager-view.ts";
import { addFen, negateFen, subtractFen } from "#core/money/fen.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { Press } from "../../parts/Press.tsx";
import { openDialog } from "../../till/desk.ts";
import { useManagerText } from "./manager-texts.ts";

/** The shift that is running now: what must be in the drawer, and the way to close it by counting. */
export function ShiftCard({ shift }: { readonly shift: DayView["shift"] }) {
  const text = useManagerText();
  if (shift === null) {
    return (
      <section className="manager-card">
        <h2>{text("shift")}</h2>
        <p className="manager-soft">{text("shift.none")}</p>
      </section>
    );
  }
  const { totals } = shift;
  const floatFen = subtractFen(addFen(totals.expectedCashFen, totals.refundCashFen), totals.cashFen);
  return (
    <section className="manager-card" data-testid="shift-card">
      <header className="manager-card-head">
        <h2>{text("shift")}</h2>
        <Press data-testid="shift-close" onClick={() => openDialog({ kind: "close-shift" })}>
          {text("shift.close")}
        </Press>
      </header>
      <dl className="manager-facts">
        <Fact name={text("shift.float")} value={formatMoney(floatFen)} />
        <Fact name={text("shift.cash")} value={formatMoney(totals.cashFen)} />
        {totals.refundCashFen > 0 && (
          <Fact name={text("shift.refunds")} value={formatMoney(negateFen(totals.refundCashFen))} />
        )}
        <div className="manager-expected">
          <dt>{text("shift.expected")}</dt>
          <dd className="figures" data-testid="shift-expected">
            {formatMoney(totals.expectedCashFen)}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figures">{value}</dd>
    </div>
  );
}
