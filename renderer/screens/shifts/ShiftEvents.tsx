import type { ShiftEvent } from "#core/shift/shift-event.ts";
import { type Fen, negateFen } from "#core/money/fen.ts";
import { formatClock, formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { type ShiftText, useShiftText } from "../shift/shift-texts.ts";

/** What happened in a shift beside its sales, in the order of the journal. */
export function ShiftEvents(props: {
  readonly events: readonly ShiftEvent[];
  readonly leftOff: number;
  readonly onSale: (saleId: string) => void;
}) {
  const { events, leftOff, onSale } = props;
  const text = useShiftText();
  const place = useClockPlace();
  return (
    <section>
      <h3>{text("shift.events")}</h3>
      {events.length === 0 && <p className="manager-soft">{text("shift.events.none")}</p>}
      {leftOff > 0 && <p className="manager-soft">{text("shift.events.left-off", { count: leftOff })}</p>}
      <ol className="shift-lines">
        {events.map((event) => {
          const amountFen = amountOf(event);
          return (
            <li
              key={event.position}
              data-testid="shift-event"
              data-kind={event.kind}
              data-position={event.position}
              tabIndex={-1}
            >
              <span>
                <small className="figures">{formatClock(event.atMs, place)}</small> {wordsOf(event, text)}
              </span>
              {event.kind === "refund" && event.saleId !== null && (
                <SaleKey saleId={event.saleId} saleNumber={event.saleNumber} onSale={onSale} />
              )}
              <strong className="figures">{amountFen === null ? "" : formatMoney(amountFen)}</strong>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function SaleKey(props: {
  readonly saleId: string;
  readonly saleNumber: string;
  readonly onSale: (saleId: string) => void;
}) {
  const text = useShiftText();
  return (
    <Press aria-label={text("why.open", { number: props.saleNumber })} onClick={() => props.onSale(props.saleId)}>
      {props.saleNumber}
    </Press>
  );
}

function wordsOf(event: ShiftEvent, text: ShiftText): string {
  switch (event.kind) {
    case "refund":
      return text(`event.refund.${event.how}`, { number: event.refundNo });
    case "cash-moved":
      return text("event.cash-moved", { kind: text(`move.${event.move.kind}`), reason: event.move.reason });
    case "no-sale":
      return text("event.no-sale", { reason: event.reason === "" ? text("event.no-reason") : event.reason });
    case "line-voided":
      return text("event.line-voided", { name: event.name });
    case "counted":
      return text("event.counted", { number: event.count.number });
    case "sale":
    case "sale-voided":
    case "attempt-ended":
      return text(`event.${event.kind}`);
  }
}

/** What it moved or was about; negative leaves the drawer. */
function amountOf(event: ShiftEvent): Fen | null {
  switch (event.kind) {
    case "sale":
      return event.totalFen;
    case "refund":
      return negateFen(event.amountFen);
    case "cash-moved":
      return event.move.kind === "pay-in" ? event.move.amountFen : negateFen(event.move.amountFen);
    case "counted":
      return event.count.countedCashFen;
    case "no-sale":
      return null;
    default:
      return event.amountFen;
  }
}
