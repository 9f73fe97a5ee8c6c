import "./prints.css";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { PrintJobView } from "#contract/ipc/print-view.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatDayAndClock } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { closeDialog } from "../../till/desk.ts";
import { send } from "../../till-client.ts";
import { useManagerText } from "../manager/manager-texts.ts";
import { usePrintJobs } from "./use-print-jobs.ts";

/** What was printed, what waits and what for, newest first; one that waits can be taken out. */
export function PrintsDialog() {
  const text = useManagerText();
  const tillText = useTillText();
  const place = useClockPlace();
  const { jobs, fault: readFault, readAgain } = usePrintJobs();
  const [cancelFault, setCancelFault] = useState<IntentFault | null>(null);
  const fault = cancelFault ?? readFault;
  const cancel = async (jobId: string): Promise<void> => {
    const answer = await send("cancel-print", { jobId });
    setCancelFault(answer.ok ? null : answer.fault);
    readAgain();
  };
  return (
    <Dialog title={text("prints")} size="wide" testId="prints" onClose={closeDialog} onEnter={closeDialog}>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      {jobs !== null && <p className="dialog-soft">{text(jobs.length === 0 ? "prints.none" : "prints.explain")}</p>}
      <ul className="prints" aria-label={text("prints")}>
        {jobs?.map((job) => (
          <PrintRow key={job.jobId} job={job} onCancel={() => void cancel(job.jobId)} />
        ))}
      </ul>
    </Dialog>
  );
}

function PrintRow({ job, onCancel }: { readonly job: PrintJobView; readonly onCancel: () => void }) {
  const text = useManagerText();
  const place = useClockPlace();
  const isWaiting = job.state === "queued" || job.state === "sending";
  const why = job.reason === null ? "" : ` · ${text(`prints.reason.${job.reason}`)}`;
  const stands =
    job.waitsFor === null ? `${text(`prints.state.${job.state}`)}${why}` : text(`prints.waits.${job.waitsFor}`);
  return (
    <li data-testid="print-row" data-state={job.state}>
      <div className="print-what">
        <strong className="figures">
          {text(`prints.kind.${job.kind}`)}
          {job.saleNumber === null ? "" : ` ${job.saleNumber}`}
        </strong>
        <small className="figures">{formatDayAndClock(job.createdAtMs, place)}</small>
      </div>
      <span className={`print-state print-${toneOf(job)}`}>{stands}</span>
      {isWaiting && (
        <Press data-testid="print-cancel" onClick={onCancel}>
          {text("prints.cancel")}
        </Press>
      )}
    </li>
  );
}

function toneOf({ state, waitsFor }: PrintJobView): "good" | "plain" | "bad" {
  if (state === "printed") return "good";
  return waitsFor !== null || state === "unknown" || state === "failed" ? "bad" : "plain";
}
