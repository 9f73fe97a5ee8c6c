import "./files.css";
import { IconCircleCheck, IconInfoCircle } from "@tabler/icons-react";
import { useState } from "react";
import type { DaysOut, LegacyFilesConfig, SalesOut } from "#contract/config/legacy-files.ts";
import type { LegacyFilesView, LegacyFolderFault, LegacyFolderOf } from "#contract/ipc/legacy-file-intents.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { useKeys } from "../../../till/keys.ts";
import { SettingsNote } from "../SettingsNote.tsx";
import { useFilesText } from "./files-texts.ts";
import { DropCard, GoodsCard } from "./InCards.tsx";
import { OutCard } from "./OutCard.tsx";
import { type FilesDesk, useFiles } from "./use-files.ts";
import { isRight, type OutOf } from "./wanted.ts";

/** Files to and from other systems of the shop: sales and days out, goods in, and the folder of an old till's requests. */
export function FilesPage({ onLeave }: { readonly onLeave: () => void }) {
  const tillText = useTillText();
  const text = useFilesText();
  const place = useClockPlace();
  const desk = useFiles();
  const [isSaved, setSaved] = useState(false);
  const { view, fault } = desk;
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  const trouble = fault === null ? null : <TroubleNote text={faultText(fault, tillText, place)} />;
  if (view === null) return trouble;
  return (
    <div className="settings-scroll" data-testid="legacy-files-page">
      <div>
        <h2>{text("title")}</h2>
        <p className="settings-soft">{text("lead")}</p>
      </div>
      {trouble}
      {isSaved && fault === null && desk.refused === null && (
        <SettingsNote tone="good" icon={IconCircleCheck} testId="files-saved" sentence={text("saved")} />
      )}
      {view.shop === "demo" && (
        <SettingsNote tone="plain" icon={IconInfoCircle} sentence={text("demo")} next={text("demo.next")} />
      )}
      <FilesForm key={JSON.stringify(view.files)} {...{ view, desk, onSaved: setSaved }} />
    </div>
  );
}

/** What is entered stays until it is saved. */
function FilesForm(props: {
  readonly view: LegacyFilesView;
  readonly desk: FilesDesk;
  readonly onSaved: (isSaved: boolean) => void;
}) {
  const { view, desk, onSaved } = props;
  const text = useFilesText();
  const [wanted, setWanted] = useState<LegacyFilesConfig>(view.files);
  const [isSaving, setSaving] = useState(false);
  const { usual, state, today } = view;
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(view.files);
  const set = (change: Partial<LegacyFilesConfig>): void => setWanted((before) => ({ ...before, ...change }));
  const isOutSaved = (of: OutOf): boolean => JSON.stringify(wanted[of]) === JSON.stringify(view.files[of]);
  const out = { today, onWrite: desk.write, onChooseFolder: desk.chooseFolder };
  const onChooseFolder = desk.chooseFolder;
  const refused = (of: LegacyFolderOf): LegacyFolderFault | null => (desk.refused?.of === of ? desk.refused.why : null);
  const save = async (): Promise<void> => {
    setSaving(true);
    onSaved(await desk.save(wanted));
    setSaving(false);
  };
  return (
    <>
      <OutCard<SalesOut>
        {...{ of: "sales", out: wanted.sales, usual: usual.sales, state: state.sales, refused: refused("sales") }}
        {...{ onChange: (sales) => set({ sales }), isSaved: isOutSaved("sales"), ...out }}
      />
      <OutCard<DaysOut>
        {...{ of: "days", out: wanted.days, usual: usual.days, state: state.days, refused: refused("days") }}
        {...{ onChange: (days) => set({ days }), isSaved: isOutSaved("days"), ...out }}
      />
      <GoodsCard
        {...{ goods: wanted.goods, state: state.goods, refused: refused("goods") }}
        {...{ onChange: (goods) => set({ goods }), onChooseFolder }}
      />
      <DropCard
        {...{ folder: wanted.dropFolder, refused: refused("dropFolder") }}
        {...{ onChange: (dropFolder) => set({ dropFolder }), onChooseFolder }}
      />
      <div className="files-save">
        <Press
          tone="primary"
          data-testid="files-save"
          disabled={view.shop === "demo" || !isChanged || !isRight(wanted) || isSaving}
          onClick={() => void save()}
        >
          {text("save")}
        </Press>
      </div>
    </>
  );
}
