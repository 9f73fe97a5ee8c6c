import "./manager.css";
import "../reconciliation/reconciliation.css";
import { useState } from "react";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { useKeys } from "../../till/keys.ts";
import { BackupLine } from "./BackupLine.tsx";
import { DayNumbers } from "./DayNumbers.tsx";
import { Decisions } from "./Decisions.tsx";
import { HoursCard } from "./HoursCard.tsx";
import { JournalLine } from "./JournalLine.tsx";
import { ManagerBar } from "./ManagerBar.tsx";
import { SaleDialog } from "./SaleDialog.tsx";
import { useScannedReceipt } from "../refunds/use-scanned-receipt.ts";
import { SalesList } from "./SalesList.tsx";
import { ShiftCard } from "./ShiftCard.tsx";
import { TendersCard } from "./TendersCard.tsx";
import { useDay } from "./use-day.ts";

/** The manager's day: what needs a decision, the day in numbers, and every sale behind them. Main checks the role. */
export function ManagerPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useTillText();
  const place = useClockPlace();
  const [businessDate, setBusinessDate] = useState<string | null>(null);
  const [openSale, setOpenSale] = useState<{ readonly saleId: string; readonly isRefund: boolean } | null>(null);
  useScannedReceipt((saleId) => setOpenSale({ saleId, isRefund: true }));
  const { day, before, fault } = useDay(businessDate);
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });

  return (
    <div className="manager" data-testid="manager">
      <ManagerBar
        shownDate={businessDate ?? day?.businessDate ?? null}
        isToday={businessDate === null}
        onDate={setBusinessDate}
        onLeave={onLeave}
      />
      {fault !== null && <TroubleNote text={faultText(fault, text, place)} />}
      <Decisions />
      {day !== null && (
        <main className="manager-body">
          <div className="manager-left">
            <DayNumbers day={day} before={before} />
            <div className="manager-pair">
              <TendersCard day={day} />
              <ShiftCard shift={day.shift} />
            </div>
            <HoursCard day={day} />
            <JournalLine journal={day.journal} />
            <BackupLine />
          </div>
          <SalesList
            businessDate={businessDate}
            saleCount={day.saleCount}
            onOpen={(saleId) => setOpenSale({ saleId, isRefund: false })}
          />
        </main>
      )}
      {openSale !== null && <SaleDialog key={openSale.saleId} {...openSale} onClose={() => setOpenSale(null)} />}
    </div>
  );
}
