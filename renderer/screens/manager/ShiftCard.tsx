import type { DayView } from "#contract/ipc/manager-view.ts";
import { addFen, fen, type Fen, negateFen } from "#core/money/fen.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { Press } from "../../parts/Press.tsx";
import { openDialog } from "../../till/desk.ts";
import { useFromSection } from "../../till-client.ts";
import { useManagerText } from "./manager-texts.ts";

/** The shift that is running now: what must be in the drawer, and the way to close it by counting. */
export function ShiftCard({ shift }: { readonly shift: DayView["shift"] }) {
  const text = useManagerText();
  const floatFen = useFromSection("shift", (open) => open?.floatFen ?? fen(0));
  if (shift === null) {
    return (
      <section className="manager-card">
        <h2>{text("shift")}</h2>
        <p className="manager-soft">{text("shift.none")}</p>
      </section>
    );
  }
  const { totals } = shift;
  const outFen = negateFen(addFen(totals.payOutFen, totals.safeDropFen));
  const facts: readonly (readonly [name: string, amountFen: Fen])[] = [
    [text("shift.float"), floatFen],
    [text("shift.cash"), totals.cashFen],
    [text("shift.refunds"), negateFen(totals.refundCashFen)],
    [text("shift.pay-in"), totals.payInFen],
    [text("shift.out"), outFen],
  ];
  return (
    <section className="manager-card" data-testid="shift-card">
      <header className="manager-card-head">
        <h2>{text("shift")}</h2>
        <Press data-testid="shift-close" onClick={() => openDialog({ kind: "close-shift" })}>
          {text("shift.close")}
        </Press>
      </header>
      <dl className="manager-facts">
        {/* What there always is, and what there was of the rest. */}
        {facts
          .filter(([, amountFen], index) => index < 2 || amountFen !== 0)
          .map(([name, amountFen]) => (
            <Fact key={name} name={name} value={formatMoney(amountFen)} />
          ))}
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
