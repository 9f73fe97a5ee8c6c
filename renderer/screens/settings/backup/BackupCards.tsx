import { NativeSelect } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconFolder } from "@tabler/icons-react";
import type { BackupsView, LastBackup } from "#contract/ipc/backup-intents.ts";
import { formatDayAndClock } from "../../../i18n/formats.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { Press } from "../../../parts/Press.tsx";
import { useBackupText } from "./backup-texts.ts";
import { sizeWords } from "./backup-words.ts";
import type { BackupsDesk } from "./use-backups.ts";

/** Every half hour of the day. Minutes after midnight. */
const times: readonly number[] = Array.from({ length: 48 }, (_, index) => index * 30);

/** Where to and when. */
export function FolderCard({ view, desk }: { readonly view: BackupsView; readonly desk: BackupsDesk }) {
  const text = useBackupText();
  return (
    <section className="settings-card" data-testid="backup-folder-card">
      <h3>
        <IconFolder size={22} aria-hidden />
        {text("folder.title")}
      </h3>
      <p className="backup-path" data-testid="backup-folder">
        {view.folder ?? text("folder.none")}
      </p>
      {view.isSameDisk === true && (
        <p className="settings-warning" data-testid="backup-same-disk">
          <IconAlertTriangle size={20} aria-hidden />
          {text("folder.same-disk")}
        </p>
      )}
      <p className="settings-soft">{text("folder.help")}</p>
      <div className="backup-acts">
        <Press
          {...(view.folder === null ? { tone: "primary" as const } : {})}
          data-testid="backup-choose"
          onClick={() => void desk.chooseFolder()}
        >
          {text(view.folder === null ? "folder.choose" : "folder.change")}
        </Press>
        <NativeSelect
          label={text("time.daily")}
          size="md"
          className="settings-field backup-time"
          data-testid="backup-time"
          value={String(view.dailyAtMinutes)}
          data={withOwn(view.dailyAtMinutes).map((minutes) => ({ value: String(minutes), label: clockOf(minutes) }))}
          onChange={(event) => void desk.setTime(Number(event.currentTarget.value))}
        />
      </div>
      <p className="settings-soft">{text("time.help")}</p>
    </section>
  );
}

function withOwn(own: number): readonly number[] {
  return times.includes(own) ? times : [...times, own].toSorted((a, b) => a - b);
}

function clockOf(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** What the last one was, in figures that somebody can compare with a receipt. */
export function LastCard({ last }: { readonly last: LastBackup }) {
  const text = useBackupText();
  const place = useClockPlace();
  const facts = [
    ["last.made", formatDayAndClock(last.atMs, place)],
    ["last.why", text(`why.${last.why}`)],
    ["last.sales", String(last.saleCount)],
    ["last.number", last.lastSaleNumber ?? "—"],
    ["last.size", sizeWords(last.size)],
    ["last.name", last.name],
  ] as const;
  return (
    <section className="settings-card" data-testid="backup-last">
      <h3>
        <IconCircleCheck size={22} aria-hidden />
        {text("last.title")}
      </h3>
      <dl className="settings-facts figures">
        {facts.map(([key, value]) => (
          <div key={key}>
            <dt>{text(key)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
