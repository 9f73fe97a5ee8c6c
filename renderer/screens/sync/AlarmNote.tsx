import { IconAlertOctagonFilled, IconEyeCheck } from "@tabler/icons-react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { SyncAlarm } from "#contract/ipc/sync-view.ts";
import { formatDayAndClock } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { send, useFromSection } from "../../till-client.ts";
import { useSyncText } from "./sync-texts.ts";

/** What went wrong with the journal, what is safe, and what a manager finds out before they put the alarm away. */
export function AlarmNote(props: {
  readonly alarm: SyncAlarm;
  readonly isManager: boolean;
  readonly onFault: (fault: IntentFault | null) => void;
}) {
  const { alarm, isManager, onFault } = props;
  const text = useSyncText();
  const place = useClockPlace();
  const till = useFromSection("shop", (shop) => shop.terminalId);
  const seen = async (): Promise<void> => {
    const answer = await send("acknowledge-sync-alarm", {});
    onFault(answer.ok ? null : answer.fault);
  };
  return (
    <section className="sync-alarm" role="alert" data-testid="sync-alarm" data-kind={alarm.kind}>
      <IconAlertOctagonFilled size={36} aria-hidden />
      <div>
        <strong>{text(`alarm.${alarm.kind}`)}</strong>
        <p>{text(`alarm.${alarm.kind}.means`, { seq: alarm.seq })}</p>
        <p>{text(`alarm.${alarm.kind}.next`, { till })}</p>
        <small className="figures">{text("alarm.at", { time: formatDayAndClock(alarm.atMs, place) })}</small>
      </div>
      {isManager ? (
        <Press data-testid="sync-alarm-seen" onClick={() => void seen()}>
          <IconEyeCheck size={22} aria-hidden />
          {text("alarm.seen")}
        </Press>
      ) : (
        <p>{text("alarm.manager")}</p>
      )}
    </section>
  );
}
