import "./backup.css";
import { IconAlertTriangle, IconDatabaseExport, IconLoader2 } from "@tabler/icons-react";
import { useState } from "react";
import type { BackupsView, Examined } from "#contract/ipc/backup-intents.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { useKeys } from "../../../till/keys.ts";
import { send } from "../../../till-client.ts";
import { SettingsNote } from "../SettingsNote.tsx";
import { BackupList } from "./BackupList.tsx";
import { FolderCard, LastCard } from "./BackupCards.tsx";
import { RestorePage } from "./RestorePage.tsx";
import { refusalText } from "./backup-words.ts";
import { useBackupText } from "./backup-texts.ts";
import { useBackups } from "./use-backups.ts";

/** Where the till backs up to and how that went; and the way back, which begins with a look that changes nothing. */
export function BackupPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useBackupText();
  const tillText = useTillText();
  const place = useClockPlace();
  const desk = useBackups();
  const [isExamining, setIsExamining] = useState(false);
  const [examined, setExamined] = useState<Examined>(null);
  useKeys("screen", (event) => {
    if (event.key !== "Escape" || examined?.kind === "fits") return false;
    onLeave();
    return true;
  });
  const examine = async (name: string | null): Promise<void> => {
    setIsExamining(true);
    setExamined(await desk.examine(name));
    setIsExamining(false);
  };
  const { view, found, fault } = desk;
  if (examined?.kind === "fits") {
    const leave = (): void => {
      void send("leave-restore", {});
      setExamined(null);
    };
    return <RestorePage dryRun={examined.dryRun} onLeave={leave} />;
  }
  return (
    <div className="settings-scroll" data-testid="backup-page">
      {view !== null && <Head view={view} onNow={() => void desk.backUpNow()} />}
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      {view !== null && <Notes view={view} />}
      {isExamining && (
        <SettingsNote tone="plain" icon={IconLoader2} testId="backup-examining" sentence={text("examine.running")} />
      )}
      {examined?.kind === "refused" && (
        <SettingsNote
          tone="grave"
          icon={IconAlertTriangle}
          testId="backup-refused"
          sentence={text("refused.title")}
          next={refusalText(examined.why, text)}
        />
      )}
      {view !== null && <FolderCard view={view} desk={desk} />}
      {view?.last != null && <LastCard last={view.last} />}
      {view !== null && <BackupList found={found} isBusy={isExamining} onExamine={(name) => void examine(name)} />}
    </div>
  );
}

function Head({ view, onNow }: { readonly view: BackupsView; readonly onNow: () => void }) {
  const text = useBackupText();
  const state =
    view.share !== null ? "running" : view.trouble !== null ? "trouble" : view.last === null ? "none" : "good";
  const tone = state === "good" ? "settings-state-on" : state === "trouble" ? "settings-state-off" : "";
  return (
    <div className="settings-head">
      <h2>{text("title")}</h2>
      <span className={`settings-state ${tone}`} data-testid="backup-state" data-state={state}>
        {text(`state.${state}`)}
      </span>
      <span className="settings-grow" />
      <Press
        tone="primary"
        data-testid="backup-now"
        disabled={view.folder === null || view.share !== null}
        onClick={onNow}
      >
        <IconDatabaseExport size={22} aria-hidden />
        {text("now")}
      </Press>
    </div>
  );
}

/** What is to be read first: that nothing is chosen, what went wrong, or how far it is. */
function Notes({ view }: { readonly view: BackupsView }) {
  const text = useBackupText();
  if (view.share !== null) {
    const percent = Math.round(view.share * 100);
    return (
      <SettingsNote tone="plain" icon={IconLoader2} testId="backup-running" sentence={text("running", { percent })} />
    );
  }
  if (view.folder === null) {
    return (
      <SettingsNote
        tone="grave"
        icon={IconAlertTriangle}
        testId="backup-reminder"
        sentence={text("reminder")}
        next={text("reminder.next")}
      />
    );
  }
  if (view.trouble === null) return null;
  return (
    <SettingsNote
      tone="grave"
      icon={IconAlertTriangle}
      testId="backup-trouble"
      sentence={text(`trouble.${view.trouble.kind}`)}
      next={text("trouble.next")}
    />
  );
}
