import { IconFileImport, IconInbox } from "@tabler/icons-react";
import type { LegacyFilesConfig } from "#contract/config/legacy-files.ts";
import type { LegacyFolderFault, WatchedGoodsState } from "#contract/ipc/legacy-file-intents.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { Press } from "../../../parts/Press.tsx";
import { Choice } from "../Choice.tsx";
import { formatTime } from "../devices/format-time.ts";
import { useFilesText } from "./files-texts.ts";
import { FolderRow } from "./FolderRow.tsx";

/** Lists of goods that another system puts into a folder. */
export function GoodsCard(props: {
  readonly goods: LegacyFilesConfig["goods"];
  readonly state: WatchedGoodsState | null;
  readonly refused: LegacyFolderFault | null;
  readonly onChange: (goods: LegacyFilesConfig["goods"]) => void;
  readonly onChooseFolder: () => Promise<string | null>;
}) {
  const { goods, state, refused, onChange, onChooseFolder } = props;
  const text = useFilesText();
  const choose = async (): Promise<void> => {
    const folder = await onChooseFolder();
    if (folder !== null) onChange({ newCategories: "refuse", ...goods, folder });
  };
  return (
    <section className="settings-card" data-testid="files-goods">
      <h3>
        <IconFileImport size={22} aria-hidden />
        {text("goods")}
      </h3>
      <p className="settings-soft">{text("goods.lead")}</p>
      <FolderRow
        folder={goods?.folder ?? ""}
        testId="files-goods-folder"
        fault={refused ?? state?.fault ?? null}
        onChoose={() => void choose()}
      />
      {goods !== undefined && (
        <>
          <LastList last={state?.last ?? null} />
          <Choice
            label={text("categories")}
            testId="files-goods-categories"
            value={goods.newCategories}
            options={(["refuse", "make"] as const).map((value) => ({ value, words: text(`categories.${value}`) }))}
            onChoose={(newCategories) => onChange({ ...goods, newCategories })}
          />
          <Press tone="quiet" data-testid="files-goods-stop" onClick={() => onChange(undefined)}>
            {text("goods.stop")}
          </Press>
        </>
      )}
    </section>
  );
}

function LastList({ last }: { readonly last: WatchedGoodsState["last"] }) {
  const text = useFilesText();
  const place = useClockPlace();
  if (last === null) return <p className="settings-soft">{text("list.none")}</p>;
  const { name, atMs, outcome, ...counts } = last;
  const words = { name, time: formatTime(atMs, place), ...counts };
  return (
    <p className="settings-soft" data-testid="files-goods-last" data-outcome={outcome}>
      {text(`list.${outcome}`, words)}
    </p>
  );
}

/** The folder by which an old till asks that can only write files. */
export function DropCard(props: {
  readonly folder: string | undefined;
  readonly refused: LegacyFolderFault | null;
  readonly onChange: (folder: string | undefined) => void;
  readonly onChooseFolder: () => Promise<string | null>;
}) {
  const { folder, refused, onChange, onChooseFolder } = props;
  const text = useFilesText();
  const choose = async (): Promise<void> => {
    const chosen = await onChooseFolder();
    if (chosen !== null) onChange(chosen);
  };
  return (
    <section className="settings-card" data-testid="files-drop">
      <h3>
        <IconInbox size={22} aria-hidden />
        {text("drop")}
      </h3>
      <p className="settings-soft">{text("drop.lead")}</p>
      <FolderRow folder={folder ?? ""} testId="files-drop-folder" fault={refused} onChoose={() => void choose()} />
      {folder !== undefined && (
        <Press tone="quiet" data-testid="files-drop-stop" onClick={() => onChange(undefined)}>
          {text("drop.stop")}
        </Press>
      )}
    </section>
  );
}
