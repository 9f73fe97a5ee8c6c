import { IconArrowLeft, IconCheck, IconDownload, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ReconciliationDayView } from "#contract/ipc/reconciliation-view.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { send } from "../../till-client.ts";
import { useReconciliationText } from "./reconciliation-texts.ts";
import { useRunning } from "./use-reconciliation.ts";

/** The way back, and what is done with a whole day: comparing it now, and taking it along as a file. */
export function ReconciliationBar(props: {
  readonly view: ReconciliationDayView | null;
  readonly day: string | null;
  readonly onFault: (fault: IntentFault | null) => void;
  readonly onLeave: () => void;
}) {
  const { view, day, onFault, onLeave } = props;
  const text = useReconciliationText();
  const running = useRunning();
  const [saved, setSaved] = useState<{ readonly day: string; readonly rowCount: number } | null>(null);
  const isCompared = view !== null && view.compared !== null;
  const canRun = view !== null && view.state !== "too-old";

  const run = async (of: string): Promise<void> => {
    const answer = await send("run-reconciliation", { day: of });
    onFault(answer.ok ? null : answer.fault);
  };
  const exportDay = async (of: string): Promise<void> => {
    const answer = await send("export-reconciliation", { day: of });
    onFault(answer.ok ? null : answer.fault);
    setSaved(answer.ok && answer.value !== null ? { day: of, rowCount: answer.value.rowCount } : null);
  };

  return (
    <header className="manager-bar">
      <Press data-testid="recon-leave" onClick={onLeave}>
        <IconArrowLeft size={22} aria-hidden />
        {text("back")}
        <KeyCap>Esc</KeyCap>
      </Press>
      <h1>{text("title")}</h1>
      <span role="status" className="recon-saved">
        {saved !== null && saved.day === day && (
          <>
            <IconCheck size={20} aria-hidden />
            {text("export.saved", { count: saved.rowCount })}
          </>
        )}
      </span>
      <Press
        data-testid="recon-export"
        title={text("export.hint")}
        disabled={!isCompared}
        onClick={() => day !== null && void exportDay(day)}
      >
        <IconDownload size={22} aria-hidden />
        {text("export")}
      </Press>
      <Press
        tone={isCompared ? "plain" : "primary"}
        data-testid="recon-run"
        disabled={!canRun || running !== null}
        onClick={() => day !== null && void run(day)}
      >
        <IconRefresh size={22} aria-hidden />
        {text(isCompared ? "run.again" : "run")}
      </Press>
    </header>
  );
}
