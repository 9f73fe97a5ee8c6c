import { IconHistory } from "@tabler/icons-react";
import type { FoundBackup } from "#contract/worker/backup-messages.ts";
import { formatIsoDay, formatClock } from "../../../i18n/formats.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { Press } from "../../../parts/Press.tsx";
import { useBackupText } from "./backup-texts.ts";
import { sizeWords } from "./backup-words.ts";

/** The backups in the folder, newest first; each leads to a look that changes nothing. */
export function BackupList(props: {
  readonly found: readonly FoundBackup[] | null;
  readonly isBusy: boolean;
  readonly onExamine: (name: string | null) => void;
}) {
  const { found, isBusy, onExamine } = props;
  const text = useBackupText();
  const place = useClockPlace();
  return (
    <section className="settings-card" data-testid="backup-list">
      <h3>
        <IconHistory size={22} aria-hidden />
        {text("list.title")}
      </h3>
      <p className="settings-soft">{text("list.help")}</p>
      {found?.length === 0 && <p data-testid="backup-list-empty">{text("list.empty")}</p>}
      {found !== null && found.length > 0 && (
        <table className="backup-table figures">
          <thead>
            <tr>
              <th scope="col">{text("list.made")}</th>
              <th scope="col" className="backup-right">
                {text("list.sales")}
              </th>
              <th scope="col">{text("list.last")}</th>
              <th scope="col" colSpan={2}>
                {text("list.size")}
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map((one) => (
              <tr key={one.name} data-testid="backup-row" data-name={one.name}>
                <td>{`${formatIsoDay(one.madeAtMs, place)} ${formatClock(one.madeAtMs, place)}`}</td>
                {one.isWhole ? (
                  <>
                    <td className="backup-right">{one.saleCount}</td>
                    <td>{one.lastSaleNumber ?? "—"}</td>
                  </>
                ) : (
                  <td colSpan={2}>{text("list.not-whole")}</td>
                )}
                <td>{sizeWords(one.size)}</td>
                <td className="backup-right">
                  <Press data-testid="backup-examine" disabled={isBusy} onClick={() => onExamine(one.name)}>
                    {text("list.examine")}
                  </Press>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Press data-testid="backup-examine-file" disabled={isBusy} onClick={() => onExamine(null)}>
        {text("list.file")}
      </Press>
    </section>
  );
}
