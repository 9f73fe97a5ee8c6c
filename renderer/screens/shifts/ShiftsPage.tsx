import "../manager/manager.css";
import "../shift/shift.css";
import "./shifts.css";
import { IconArrowLeft } from "@tabler/icons-react";
import { useState } from "react";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { pageStore } from "../../till/desk.ts";
import { useKeys } from "../../till/keys.ts";
import { SaleDialog } from "../manager/SaleDialog.tsx";
import { useShiftText } from "../shift/shift-texts.ts";
import { CorrectionDialog } from "./CorrectionDialog.tsx";
import { ShiftDetail } from "./ShiftDetail.tsx";
import { ShiftList } from "./ShiftList.tsx";
import { useShift, useShifts } from "./use-shifts.ts";

/** A manager's shifts: the list, and of one its Z as paper, its counts, its difference with what it may be, its events. */
export function ShiftsPage() {
  const text = useShiftText();
  const tillText = useTillText();
  const place = useClockPlace();
  const list = useShifts();
  const [chosen, setChosen] = useState<string | null>(null);
  const shownId = chosen ?? list.rows?.[0]?.shiftId ?? null;
  const { shift, fault, readAgain } = useShift(shownId);
  const [saleId, setSaleId] = useState<string | null>(null);
  const [isCorrecting, setCorrecting] = useState(false);
  const leave = (): void => pageStore.set("manager");
  const rows = list.rows ?? [];
  const step = (by: number): void => {
    const next = rows[rows.findIndex((row) => row.shiftId === shownId) + by];
    if (next !== undefined) setChosen(next.shiftId);
  };
  useKeys("screen", (event) => {
    if (event.key === "Escape") leave();
    else if (event.key === "PageDown") step(1);
    else if (event.key === "PageUp") step(-1);
    else return false;
    return true;
  });
  const shownFault = fault ?? list.fault;
  return (
    <div className="manager shifts" data-testid="shifts-page">
      <header className="manager-bar">
        <Press data-testid="shifts-leave" onClick={leave}>
          <IconArrowLeft size={22} aria-hidden />
          {text("shifts.back")}
          <KeyCap>Esc</KeyCap>
        </Press>
        <h1>{text("shifts")}</h1>
      </header>
      {shownFault !== null && <TroubleNote text={faultText(shownFault, tillText, place)} />}
      <main className="shifts-body">
        <ShiftList rows={list.rows} shownId={shownId} onChoose={setChosen} readMore={list.readMore} />
        {shift === null ? (
          <p className="manager-soft">{text(list.rows?.length === 0 ? "shifts.none" : "shifts.pick")}</p>
        ) : (
          <ShiftDetail
            key={shift.shift.shiftId}
            detail={shift}
            onSale={setSaleId}
            onCorrect={() => setCorrecting(true)}
          />
        )}
      </main>
      {saleId !== null && <SaleDialog saleId={saleId} onClose={() => setSaleId(null)} />}
      {isCorrecting && shift !== null && (
        <CorrectionDialog
          shiftId={shift.shift.shiftId}
          onClose={() => setCorrecting(false)}
          onCorrected={() => {
            setCorrecting(false);
            readAgain();
            list.readAgain();
          }}
        />
      )}
    </div>
  );
}
