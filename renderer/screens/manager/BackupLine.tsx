import { IconDatabaseExport } from "@tabler/icons-react";
import { formatDayAndClock } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { openBackupPage, useBackupStanding } from "../settings/backup/backup-desk.ts";
import { useBackupText } from "../settings/backup/backup-texts.ts";

/** When the till was last backed up, or that it is not: a quiet word at the end of the day's page, and the way there. */
export function BackupLine() {
  const text = useBackupText();
  const place = useClockPlace();
  const view = useBackupStanding();
  if (view === null) return null;
  const { folder, last } = view;
  const words =
    folder === null
      ? text("reminder")
      : last === null
        ? text("state.none")
        : `${text("last.title")}: ${formatDayAndClock(last.atMs, place)}`;
  return (
    <div className="manager-journal" data-testid="backup-line">
      <p className="figures manager-soft">{words}</p>
      <Press tone="quiet" data-testid="manager-backup" onClick={openBackupPage}>
        <IconDatabaseExport size={20} aria-hidden />
        {text("open")}
      </Press>
    </div>
  );
}
