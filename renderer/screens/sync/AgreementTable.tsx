import type { SyncView } from "#contract/ipc/sync-view.ts";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { useSyncText } from "./sync-texts.ts";
import { AgreementRows } from "./AgreementRows.tsx";
import { useAgreementDays } from "./use-agreement.ts";

const columns = [
  "day",
  "side",
  "col.sales",
  "col.amount",
  "col.cash",
  "col.wechat",
  "col.refunds",
  "col.hash",
] as const;

/** Every business day on both sides. A day that agrees is one line; one that differs has both, and what lies between. */
export function AgreementTable({ sync, isManager }: { readonly sync: SyncView; readonly isManager: boolean }) {
  const text = useSyncText();
  const days = useAgreementDays();
  return (
    <section className="manager-card sync-days">
      <h2>
        {text("days")}
        <span className="manager-soft">{text("days.hint")}</span>
      </h2>
      {!isManager && <p className="sync-nothing">{text("days.manager")}</p>}
      {isManager && days?.length === 0 && (
        <div className="sync-nothing" data-testid="sync-no-days">
          <p>{text("days.none")}</p>
          <p className="manager-soft">{text("days.none.next")}</p>
        </div>
      )}
      {isManager && days !== null && days.length > 0 && (
        // Scrolled by keys too, so it can take the focus.
        <Scrolled className="sync-frame" label={text("days")}>
          <table className="figures">
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {text(column)}
                  </th>
                ))}
              </tr>
            </thead>
            {days.map((day) => (
              <AgreementRows
                key={day.businessDate}
                day={day}
                isDisagreed={sync.disagreedDates.includes(day.businessDate)}
                waiting={sync.waiting}
              />
            ))}
          </table>
        </Scrolled>
      )}
    </section>
  );
}
