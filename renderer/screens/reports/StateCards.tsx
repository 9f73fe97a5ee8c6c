import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReportView } from "#contract/ipc/report-intents.ts";
import { Press } from "../../parts/Press.tsx";
import { openDialog, openSyncPage } from "../../till/desk.ts";
import { useSection } from "../../till-client.ts";
import { useReportsText } from "./reports-texts.ts";

/** What is open at this moment, whatever range is looked at; each leads to where it is dealt with. */
export function StateCard({ state }: { readonly state: ReportView["state"] }) {
  const text = useReportsText();
  const { openAttempts, heldSales, office } = state;
  const officeWords =
    office === null
      ? text("state.sync.alone")
      : office.disagreedDays > 0
        ? text("state.sync.disagreed", { count: office.disagreedDays })
        : text("state.sync.agreed", { count: office.waiting });
  return (
    <section className="reports-card reports-state" aria-label={text("state")} data-testid="report-state">
      <h2>{text("state")}</h2>
      <div className="reports-state-row">
        <span>{text("state.attempts")}</span>
        <Press
          disabled={openAttempts === 0}
          data-testid="state-attempts"
          onClick={() => openDialog({ kind: "attempts" })}
        >
          <strong className="figures">{openAttempts}</strong>
        </Press>
      </div>
      <div className="reports-state-row">
        <span>{text("state.held")}</span>
        <Press disabled={heldSales === 0} data-testid="state-held" onClick={() => openDialog({ kind: "held" })}>
          <strong className="figures">{heldSales}</strong>
        </Press>
      </div>
      <div className="reports-state-row">
        <span>{text("state.sync")}</span>
        <Press disabled={office === null} data-testid="state-sync" onClick={openSyncPage}>
          {officeWords}
        </Press>
      </div>
    </section>
  );
}

/** Days whose sums are not what their journal adds up to, and the one thing to do about each. */
export function AlarmCards({ onRepair }: { readonly onRepair: (day: string) => void }) {
  const text = useReportsText();
  const { alarms } = useSection("reports");
  return alarms.map(({ day, foundCount }) => (
    <div key={day} className="reports-alarm" role="alert" data-testid="totals-alarm" data-day={day}>
      <IconAlertTriangle size={28} aria-hidden />
      <span className="reports-alarm-words">
        <strong>{text("alarm", { day, count: foundCount })}</strong>
        <span>{text("alarm.next")}</span>
      </span>
      <Press data-testid="repair-totals" onClick={() => onRepair(day)}>
        {text("alarm.repair")}
      </Press>
    </div>
  ));
}
