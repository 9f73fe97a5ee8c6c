import { IconAlertTriangle, IconCircleCheck, IconPencilPlus, IconPrinter } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ShiftDetailView } from "#contract/ipc/shift-view.ts";
import { subtractFen } from "#core/money/fen.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { ReceiptPaper } from "../../paper/ReceiptPaper.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { send, useFromSection } from "../../till-client.ts";
import { CandidateList } from "../shift/CandidateList.tsx";
import { DifferenceNote } from "../shift/DifferenceNote.tsx";
import { useShiftText } from "../shift/shift-texts.ts";
import { ShiftEvents } from "./ShiftEvents.tsx";

/** One shift: its paper on the left, on the right how the drawer stood and why it may have. */
export function ShiftDetail(props: {
  readonly detail: ShiftDetailView;
  readonly onSale: (saleId: string) => void;
  readonly onCorrect: () => void;
}) {
  const { detail, onSale, onCorrect } = props;
  const text = useShiftText();
  const facts = useRef<HTMLElement>(null);
  const showEvent = (position: number): void => {
    const row = facts.current?.querySelector<HTMLElement>(`[data-position="${position}"]`);
    row?.scrollIntoView({ block: "center" });
    row?.focus();
  };
  const isClosed = detail.shift.closedAt !== null;
  return (
    <>
      <section className="manager-card shift-z">
        <header className="manager-card-head">
          <h2>{text(detail.zNumber === null ? "shift.paper-open" : "shift.paper")}</h2>
          {detail.zNumber !== null && <ReprintZ shiftId={detail.shift.shiftId} />}
        </header>
        <Scrolled className="shift-paper" label={text("shift.paper")}>
          <ReceiptPaper columns={detail.paper.columns} lines={detail.paper.lines} />
        </Scrolled>
      </section>
      <Scrolled className="manager-card shift-facts" label={text("shift.events")} ref={facts}>
        {detail.differenceFen !== null && <DifferenceNote differenceFen={detail.differenceFen} />}
        <Recounted isRecounted={detail.isRecounted} />
        {detail.close?.approval !== undefined && (
          <p>
            {text("shift.approved", {
              name: detail.approvedByName ?? detail.close.approval.approvedBy,
              reason: detail.close.approval.reason,
            })}
          </p>
        )}
        {detail.candidates.length > 0 && (
          <CandidateList candidates={detail.candidates} onSale={onSale} onEvent={showEvent} />
        )}
        <Counts counts={detail.counts} />
        {isClosed && <Corrections corrections={detail.corrections} onCorrect={onCorrect} />}
        <ShiftEvents events={detail.events} leftOff={detail.eventsLeftOff} onSale={onSale} />
      </Scrolled>
    </>
  );
}

function ReprintZ({ shiftId }: { readonly shiftId: string }) {
  const text = useShiftText();
  const tillText = useTillText();
  const place = useClockPlace();
  const hasPrinter = useFromSection("shop", (shop) => shop.hasPrinter);
  const [isPrinted, setPrinted] = useState(false);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const reprint = async (): Promise<void> => {
    const answer = await send("reprint-z", { shiftId });
    setPrinted(answer.ok);
    setFault(answer.ok ? null : answer.fault);
  };
  return (
    <>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <span role="status" className="manager-soft">
        {isPrinted && text("shift.reprinted")}
      </span>
      <Press data-testid="reprint-z" disabled={!hasPrinter} onClick={() => void reprint()}>
        <IconPrinter size={22} aria-hidden /> {text("shift.reprint")}
      </Press>
    </>
  );
}

function Recounted({ isRecounted }: { readonly isRecounted: boolean | null }) {
  const text = useShiftText();
  if (isRecounted === null) return null;
  const Icon = isRecounted ? IconCircleCheck : IconAlertTriangle;
  return (
    <p className={isRecounted ? "shift-good" : "shift-bad"} data-testid="recounted" data-agrees={isRecounted}>
      <Icon size={20} aria-hidden /> {text(isRecounted ? "shift.recounted" : "shift.not-recounted")}
    </p>
  );
}

function Counts({ counts }: { readonly counts: ShiftDetailView["counts"] }) {
  const text = useShiftText();
  return (
    <section>
      <h3>{text("shift.counts")}</h3>
      {counts.length === 0 && <p className="manager-soft">{text("shift.count.none")}</p>}
      <ol className="shift-lines">
        {counts.map((count) => (
          <li key={count.number} data-testid="shift-count">
            <span>{text("shift.count", { number: count.number, name: count.cashierName })}</span>
            <span className="figures">{formatMoney(count.countedCashFen)}</span>
            <strong className="figures">{formatMoney(subtractFen(count.countedCashFen, count.expectedCashFen))}</strong>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Corrections(props: { readonly corrections: ShiftDetailView["corrections"]; readonly onCorrect: () => void }) {
  const text = useShiftText();
  return (
    <section>
      <header className="manager-card-head">
        <h3>{text("shift.corrections")}</h3>
        <Press data-testid="correct-shift" onClick={props.onCorrect}>
          <IconPencilPlus size={22} aria-hidden /> {text("shift.correct")}
        </Press>
      </header>
      <ol className="shift-lines">
        {props.corrections.map((correction) => (
          <li key={correction.correctionId} data-testid="shift-correction">
            <span>
              {correction.reason} <small className="manager-soft">{correction.managerName}</small>
            </span>
            <strong className="figures">{formatMoney(correction.amountFen)}</strong>
          </li>
        ))}
      </ol>
    </section>
  );
}
