import "../manager/manager.css";
import "./reconciliation.css";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { FindingView } from "#contract/ipc/reconciliation-view.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { useKeys } from "../../till/keys.ts";
import { SaleDialog } from "../manager/SaleDialog.tsx";
import { ReturnChargeDialog } from "../refunds/ReturnChargeDialog.tsx";
import { DayFigures } from "./DayFigures.tsx";
import { DayList } from "./DayList.tsx";
import { DayNote } from "./DayNote.tsx";
import { FindingList } from "./FindingList.tsx";
import { GroupTabs } from "./GroupTabs.tsx";
import { ReconciliationBar } from "./ReconciliationBar.tsx";
import { SettleDialog } from "./SettleDialog.tsx";
import { useReconciliationText } from "./reconciliation-texts.ts";
import { type ShownGroup, useBillDay, useBillDays } from "./use-reconciliation.ts";
import { meaningKey } from "./words.ts";

/** What lies over the page. */
type Over =
  | { readonly kind: "sale"; readonly saleId: string }
  | { readonly kind: "settle"; readonly finding: FindingView }
  | { readonly kind: "refund"; readonly finding: FindingView };

/** WeChat's bills beside the till's own books, day by day: what differs, what it means, and what can be done about it. */
export function ReconciliationPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useReconciliationText();
  const tillText = useTillText();
  const place = useClockPlace();
  const days = useBillDays();
  const [chosen, setChosen] = useState<string | null>(null);
  const [group, setGroup] = useState<ShownGroup | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [over, setOver] = useState<Over | null>(null);
  const shownDay = chosen ?? firstToLookAt(days ?? []);
  const view = useBillDay(shownDay);
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  const shownGroup = group ?? (view !== null && view.openCount === 0 ? "matched" : "open");

  return (
    <div className="manager recon" data-testid="reconciliation">
      <ReconciliationBar view={view} day={shownDay} onFault={setFault} onLeave={onLeave} />
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <main className="recon-body">
        <DayList
          days={days}
          shown={shownDay}
          onChoose={(day) => {
            setChosen(day);
            setGroup(null);
            setFault(null);
          }}
        />
        {days?.length === 0 && (
          <section className="manager-card recon-nothing">
            <p>{text("days.none")}</p>
            <p className="manager-soft">{text("days.none.hint")}</p>
          </section>
        )}
        {view !== null && (
          <div className="recon-day" key={view.day}>
            <DayNote view={view} />
            {view.compared !== null && (
              <>
                <DayFigures view={view} compared={view.compared} />
                <section className="manager-card recon-findings">
                  <GroupTabs
                    groups={view.compared.groups}
                    openCount={view.openCount}
                    shown={shownGroup}
                    onShow={setGroup}
                  />
                  <FindingList
                    day={view.day}
                    group={shownGroup}
                    onFault={setFault}
                    onOpenSale={(saleId) => setOver({ kind: "sale", saleId })}
                    onSettle={(finding) => setOver({ kind: "settle", finding })}
                    onRefund={(finding) => setOver({ kind: "refund", finding })}
                  />
                </section>
              </>
            )}
          </div>
        )}
      </main>
      {over !== null && <OverPage over={over} onClose={() => setOver(null)} />}
    </div>
  );
}

/** The newest day with something to decide; without one the newest of all. */
function firstToLookAt(days: readonly { readonly day: string; readonly openCount: number }[]): string | null {
  return (days.find(({ openCount }) => openCount > 0) ?? days[0])?.day ?? null;
}

/** The one dialog that lies over the page. */
function OverPage({ over, onClose }: { readonly over: Over; readonly onClose: () => void }) {
  const text = useReconciliationText();
  switch (over.kind) {
    case "sale":
      return <SaleDialog saleId={over.saleId} onClose={onClose} />;
    case "settle":
      return <SettleDialog finding={over.finding} onClose={onClose} />;
    case "refund":
      return (
        <ReturnChargeDialog
          outTradeNo={over.finding.outTradeNo}
          amountFen={over.finding.thereFen}
          about={text(meaningKey(over.finding))}
          onClose={onClose}
          onGivenBack={onClose}
        />
      );
  }
}
