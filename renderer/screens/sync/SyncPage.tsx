import "../manager/manager.css";
import "./sync.css";
import { useState } from "react";
import { IconArrowLeft, IconCloudUp } from "@tabler/icons-react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatClock } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { leaveSyncPage } from "../../till/desk.ts";
import { useKeys } from "../../till/keys.ts";
import { send, useFromSection, useSection } from "../../till-client.ts";
import { AgreementTable } from "./AgreementTable.tsx";
import { AlarmNote } from "./AlarmNote.tsx";
import { StandingCard } from "./StandingCard.tsx";
import { useSyncText } from "./sync-texts.ts";
import { TroubleCard } from "./TroubleCard.tsx";

/** How till and head office stand with each other, and every business day on both sides. Main checks who sees the days. */
export function SyncPage() {
  const sync = useSection("sync");
  const isManager = useFromSection("session", (session) => session?.role === "manager");
  const [fault, setFault] = useState<IntentFault | null>(null);
  const tillText = useTillText();
  const place = useClockPlace();
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    leaveSyncPage();
    return true;
  });
  return (
    <div className="manager sync" data-testid="sync-page">
      <SyncBar onFault={setFault} />
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      {sync.alarm !== null && <AlarmNote alarm={sync.alarm} isManager={isManager} onFault={setFault} />}
      <main className="sync-body">
        <div className="sync-side">
          <StandingCard sync={sync} />
          {sync.trouble !== null && <TroubleCard trouble={sync.trouble} />}
        </div>
        <AgreementTable sync={sync} isManager={isManager} />
      </main>
    </div>
  );
}

function SyncBar({ onFault }: { readonly onFault: (fault: IntentFault | null) => void }) {
  const text = useSyncText();
  const place = useClockPlace();
  const canSend = useFromSection(
    "sync",
    ({ state }) => state === "online" || state === "offline" || state === "stopped",
  );
  const [toldAtMs, setToldAtMs] = useState<number | null>(null);
  const now = async (): Promise<void> => {
    const answer = await send("sync-now", {});
    onFault(answer.ok ? null : answer.fault);
    setToldAtMs(answer.ok ? Date.now() : null);
  };
  return (
    <header className="manager-bar">
      <Press data-testid="sync-leave" onClick={leaveSyncPage}>
        <IconArrowLeft size={22} aria-hidden />
        {text("back")}
        <KeyCap>Esc</KeyCap>
      </Press>
      <h1>{text("title")}</h1>
      <span role="status" className="sync-told figures">
        {toldAtMs !== null && text("now.done", { time: formatClock(toldAtMs, place) })}
      </span>
      <Press tone="primary" data-testid="sync-now" disabled={!canSend} onClick={() => void now()}>
        <IconCloudUp size={22} aria-hidden />
        {text("now")}
      </Press>
    </header>
  );
}
