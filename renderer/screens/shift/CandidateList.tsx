import type { Candidate } from "#core/shift/explain-variance.ts";
import { formatClock, formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { useShiftText } from "./shift-texts.ts";

/** What a difference may have come from, likeliest first; each leads to the sale or the event behind it. */
export function CandidateList(props: {
  readonly candidates: readonly Candidate[];
  readonly onSale: (saleId: string) => void;
  readonly onEvent: ((position: number) => void) | null;
}) {
  const { candidates, onSale, onEvent } = props;
  const text = useShiftText();
  return (
    <section className="candidates" aria-label={text("why.title")} data-testid="candidates">
      <h3>{text("why.title")}</h3>
      {candidates.length === 0 && <p className="shift-hint">{text("why.none")}</p>}
      <ol>
        {candidates.map((candidate) => (
          <CandidateRow
            key={`${candidate.kind} ${candidate.position ?? ""} ${candidate.sales[0]?.saleId ?? ""}`}
            candidate={candidate}
            onSale={onSale}
            onEvent={onEvent}
          />
        ))}
      </ol>
    </section>
  );
}

function CandidateRow(props: {
  readonly candidate: Candidate;
  readonly onSale: (saleId: string) => void;
  readonly onEvent: ((position: number) => void) | null;
}) {
  const { candidate, onSale, onEvent } = props;
  const { kind, amountFen, sales, position, atMs } = candidate;
  const text = useShiftText();
  const place = useClockPlace();
  return (
    <li data-testid="candidate" data-kind={kind}>
      <div className="candidate-words">
        <span>{text(`why.${kind}`)}</span>
        <small className="figures">
          {atMs !== null && formatClock(atMs, place)} {amountFen > 0 && formatMoney(amountFen)}
        </small>
      </div>
      {sales.map(({ saleId, saleNumber }) => (
        <Press
          key={saleId}
          data-testid="candidate-sale"
          aria-label={text("why.open", { number: saleNumber })}
          onClick={() => onSale(saleId)}
        >
          {saleNumber}
        </Press>
      ))}
      {sales.length === 0 && position !== null && onEvent !== null && (
        <Press
          data-testid="candidate-event"
          aria-label={`${text("shift.events")} ${text(`why.${kind}`)}`}
          onClick={() => onEvent(position)}
        >
          {text("shift.events")}
        </Press>
      )}
    </li>
  );
}
