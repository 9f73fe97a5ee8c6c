import {
  IconAlertTriangle,
  IconCloudX,
  IconDatabaseExport,
  IconDeviceMobile,
  IconHelpCircleFilled,
  IconListCheck,
  IconNotes,
  IconPrinter,
  IconReceiptRefund,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { BackupsView } from "#contract/ipc/backup-intents.ts";
import type { CarriedView, StaticTakingsView } from "#contract/ipc/manager-view.ts";
import type { RefundView } from "#contract/ipc/refund-view.ts";
import type { ReconciliationStatusView } from "#contract/ipc/reconciliation-view.ts";
import type { AttemptView } from "#contract/ipc/till-view.ts";
import { addFen } from "#core/money/fen.ts";
import { formatDayAndClock, formatMoney } from "../../i18n/formats.ts";
import { useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { openDialog, openSyncPage, pageStore } from "../../till/desk.ts";
import { useFromSection, useSection } from "../../till-client.ts";
import { useOpenCarried } from "../carried/use-open-carried.ts";
import { NoticeActions } from "../notices/NoticeActions.tsx";
import { noticeWords } from "../notices/notice-words.ts";
import { attemptSentence } from "../payment/attempt-words.ts";
import { useOpenRefunds } from "../refunds/use-open-refunds.ts";
import { useStaticTakings } from "../takings/use-static-takings.ts";
import { useReconciliationText } from "../reconciliation/reconciliation-texts.ts";
import { useReportsText } from "../reports/reports-texts.ts";
import { standingOf } from "../sync/standing.ts";
import { useSyncText } from "../sync/sync-texts.ts";
import { openBackupPage, useBackupStanding } from "../settings/backup/backup-desk.ts";
import { useBackupText } from "../settings/backup/backup-texts.ts";
import { useManagerText } from "./manager-texts.ts";

/** Cards for what a person must look at: payments nobody knows the end of, receipts that may not have printed. */
export function Decisions() {
  const text = useManagerText();
  const tillText = useTillText();
  const locale = useLocale();
  const attempts = useSection("openAttempts");
  const prints = useSection("notices").filter(({ kind }) => kind === "print-unknown" || kind === "printer-trouble");
  const { refunds } = useOpenRefunds();
  const undelivered = (refunds ?? []).filter(({ needsManager }) => needsManager);
  const reconciliation = useSection("reconciliation");
  const differs = (reconciliation?.openCount ?? 0) > 0;
  const isApart = useFromSection("sync", (sync) =>
    ["alarm", "stopped", "troubled", "disagreed"].includes(standingOf(sync)),
  );
  const open = useStaticTakings().takings?.open ?? null;
  const isUnverified = open !== null && open.count > 0;
  const carried = useOpenCarried();
  const isMiscounted = useFromSection("reports", ({ alarms }) => alarms.length > 0);
  const backups = useBackupStanding();
  // Where nothing was chosen the page's last line says so: that decides itself once.
  const isBackupDue = backups !== null && backups.folder !== null && backups.needsLook;
  const isCalm = !differs && !isApart && !isUnverified && !isMiscounted && !isBackupDue;
  if (isCalm && attempts.length + prints.length + undelivered.length + carried.length === 0) return null;
  return (
    <section className="manager-decisions" aria-label={text("decide")} data-testid="decisions">
      {attempts.map((attempt) => (
        <AttemptCard key={attempt.outTradeNo} attempt={attempt} />
      ))}
      {undelivered.length > 0 && <RefundsCard refunds={undelivered} />}
      {isUnverified && <TakingsCard {...open} />}
      {carried.length > 0 && <CarriedCard payments={carried} />}
      {isApart && <SyncCard />}
      {isMiscounted && <TotalsCard />}
      {isBackupDue && <BackupCard trouble={backups.trouble?.kind ?? null} />}
      {reconciliation !== null && differs && <ReconciliationCard status={reconciliation} />}
      {prints.map((notice) => {
        const { sentence, next } = noticeWords(notice, tillText, locale);
        return (
          <Card key={notice.id} testId="decision-print" icon={<IconPrinter />} what={sentence} next={next}>
            <NoticeActions notice={notice} />
          </Card>
        );
      })}
    </section>
  );
}

function AttemptCard({ attempt }: { readonly attempt: AttemptView }) {
  const text = useManagerText();
  const tillText = useTillText();
  const place = useClockPlace();
  return (
    <Card
      testId="decision-attempt"
      icon={<IconHelpCircleFilled />}
      what={`${text("attempt", { amount: formatMoney(attempt.amountFen) })} · ${formatDayAndClock(attempt.startedAtMs, place)}`}
      next={attemptSentence(attempt, tillText)}
    >
      <Press onClick={() => openDialog({ kind: "attempts" })}>{text("attempt.open")}</Press>
    </Card>
  );
}

function RefundsCard({ refunds }: { readonly refunds: readonly RefundView[] }) {
  const text = useManagerText();
  const amount = formatMoney(addFen(...refunds.map(({ amountFen }) => amountFen)));
  return (
    <Card
      testId="decision-refunds"
      icon={<IconReceiptRefund />}
      what={text("refunds.undelivered", { count: refunds.length, amount })}
      next={text("refunds.undelivered.next")}
    >
      <Press data-testid="decision-refunds-open" onClick={() => openDialog({ kind: "refunds" })}>
        {text("refunds.see")}
      </Press>
    </Card>
  );
}

function CarriedCard({ payments }: CarriedView) {
  const text = useManagerText();
  const amount = formatMoney(addFen(...payments.map(({ amountFen }) => amountFen)));
  return (
    <Card
      testId="decision-carried"
      icon={<IconDeviceMobile />}
      what={text("carried.decision", { count: payments.length, amount })}
      next={text("carried.decision.next")}
    >
      <Press data-testid="decision-carried-open" onClick={() => openDialog({ kind: "carried" })}>
        {text("takings.see")}
      </Press>
    </Card>
  );
}

function TakingsCard({ count, fen }: StaticTakingsView["open"]) {
  const text = useManagerText();
  return (
    <Card
      testId="decision-takings"
      icon={<IconNotes />}
      what={text("takings.decision", { count, amount: formatMoney(fen) })}
      next={text("takings.decision.next")}
    >
      <Press data-testid="decision-takings-open" onClick={() => openDialog({ kind: "takings" })}>
        {text("takings.see")}
      </Press>
    </Card>
  );
}

/** The gateway's bills do not agree with the till: how many things wait, and the way to them. */
function ReconciliationCard({ status }: { readonly status: ReconciliationStatusView }) {
  const text = useReconciliationText();
  const { openCount, openDay, alarmDay } = status;
  return (
    <Card
      testId="decision-reconciliation"
      icon={<IconListCheck />}
      what={alarmDay === null ? text("decision", { count: openCount }) : text("decision.alarm", { day: alarmDay })}
      next={alarmDay === null ? text("decision.next", { day: openDay ?? "" }) : text("alarm")}
    >
      <Press onClick={() => pageStore.set("reconciliation")}>{text("decision.open")}</Press>
    </Card>
  );
}

/** Head office holds something else, refuses the till, or does not agree on a day. */
function SyncCard() {
  const text = useSyncText();
  const { state, alarm, trouble, disagreedDates } = useSection("sync");
  const [day = ""] = disagreedDates;
  const count = disagreedDates.length;
  const words =
    alarm !== null
      ? { what: text("decision.alarm", { what: text(`alarm.${alarm.kind}`) }), next: text("decision.alarm.next") }
      : trouble !== null
        ? {
            what: text(state === "stopped" ? "decision.stopped" : "decision.troubled", {
              what: text(`trouble.${trouble}`),
            }),
            next: text(`trouble.${trouble}.next`),
          }
        : { what: text("decision.disagreed", { count, day }), next: text("decision.disagreed.next") };
  return (
    <Card testId="decision-sync" icon={<IconCloudX />} {...words}>
      <Press data-testid="decision-sync-open" onClick={openSyncPage}>
        {text("decision.open")}
      </Press>
    </Card>
  );
}

/** No backup could be made, or there was none for days; selling goes on all the same. */
function BackupCard({ trouble }: { readonly trouble: NonNullable<BackupsView["trouble"]>["kind"] | null }) {
  const text = useBackupText();
  const what = text(trouble === null ? "overdue" : `trouble.${trouble}`);
  const next = text(trouble === null ? "overdue.next" : "trouble.next");
  return (
    <Card testId="decision-backup" icon={<IconDatabaseExport />} what={what} next={next}>
      <Press data-testid="decision-backup-open" onClick={openBackupPage}>
        {text("open")}
      </Press>
    </Card>
  );
}

/** What is kept of a day is not what its journal adds up to. */
function TotalsCard() {
  const text = useReportsText();
  const [first] = useSection("reports").alarms;
  const what = text("alarm", { day: first?.day ?? "", count: first?.foundCount ?? 0 });
  return (
    <Card testId="decision-totals" icon={<IconAlertTriangle />} what={what} next={text("alarm.next")}>
      <Press data-testid="decision-totals-open" onClick={() => pageStore.set("reports")}>
        {text("alarm.open")}
      </Press>
    </Card>
  );
}

function Card(props: {
  readonly testId: string;
  readonly icon: ReactNode;
  readonly what: string;
  readonly next: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="manager-decision" data-testid={props.testId}>
      {props.icon}
      <div className="manager-decision-words">
        <strong className="figures">{props.what}</strong>
        <span>{props.next}</span>
      </div>
      <div className="manager-decision-acts">{props.children}</div>
    </div>
  );
}
