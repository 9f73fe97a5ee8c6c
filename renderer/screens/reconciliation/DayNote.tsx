import { IconAlertOctagonFilled, IconClockHour4, IconCloudOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { ReconciliationDayView } from "#contract/ipc/reconciliation-view.ts";
import { formatDayAndClock } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { send } from "../../till-client.ts";
import { type ReconciliationText, useReconciliationText } from "./reconciliation-texts.ts";
import { useRunning } from "./use-reconciliation.ts";

/** What is to be said of the day as a whole: that it is being compared, why it is not, or that something is very wrong. */
export function DayNote({ view }: { readonly view: ReconciliationDayView }) {
  const text = useReconciliationText();
  const place = useClockPlace();
  const running = useRunning();
  if (running?.day === view.day) return <Progress step={running.step} share={running.share} />;
  const { trouble } = view;
  return (
    <>
      {view.state === "alarm" && (
        <Note tone="alarm" icon={<IconAlertOctagonFilled />}>
          <strong>{text("alarm")}</strong>
        </Note>
      )}
      {trouble !== null && (
        <Note tone="trouble" icon={<IconCloudOff />}>
          <strong>
            {text(`trouble.${trouble.kind}`)}
            {trouble.detail !== "" && <small>{text("trouble.detail", { detail: trouble.detail })}</small>}
          </strong>
          <span className="figures">
            {text("trouble.next", {
              tried: formatDayAndClock(trouble.triedAtMs, place),
              next: formatDayAndClock(trouble.nextTryAtMs, place),
            })}
          </span>
        </Note>
      )}
      {view.compared === null && trouble === null && (
        <Note tone="calm" icon={<IconClockHour4 />}>
          <strong>{text(stillOut(view.state))}</strong>
        </Note>
      )}
    </>
  );
}

function stillOut(state: ReconciliationDayView["state"]): Parameters<ReconciliationText>[0] {
  return state === "too-old" || state === "early" ? state : "due";
}

function Note(props: {
  readonly tone: "alarm" | "trouble" | "calm";
  readonly icon: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={`recon-note recon-note-${props.tone}`} role="status" data-testid={`recon-note-${props.tone}`}>
      {props.icon}
      <div>{props.children}</div>
    </div>
  );
}

function Progress({ step, share }: { readonly step: "fetching" | "comparing"; readonly share: number | null }) {
  const text = useReconciliationText();
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <div className="recon-note recon-note-calm" role="status" data-testid="recon-progress">
      <div className="recon-progress">
        <strong>{text(`step.${step}`)}</strong>
        <progress max={100} aria-label={text(`step.${step}`)} {...(percent === null ? {} : { value: percent })} />
      </div>
      {step === "comparing" && (
        <Press data-testid="recon-cancel" onClick={() => void send("cancel-reconciliation", {})}>
          {text("run.cancel")}
        </Press>
      )}
    </div>
  );
}
