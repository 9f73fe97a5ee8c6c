import "./item-image.css";
import { IconCircleCheck } from "@tabler/icons-react";
import type { ImageFolderStanding } from "#contract/ipc/item-image-intents.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { ChooseFolder } from "./ChooseFolder.tsx";
import { FolderFound } from "./FolderFound.tsx";
import { useImageText } from "./image-texts.ts";
import { type FolderWork, useImageFolder } from "./use-image-folder.ts";

/** A folder of images in three steps: choose it, see what would become of each file, take it in. */
export function ImageFolderPage({ onDone }: { readonly onDone: () => void }) {
  const tillText = useTillText();
  const place = useClockPlace();
  const work = useImageFolder();
  const { standing, fault } = work;
  return (
    <main className="goods-import" data-testid="image-folder" data-standing={standing.kind}>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <Standing {...{ standing, work, onDone }} />
    </main>
  );
}

function Standing(props: {
  readonly standing: ImageFolderStanding;
  readonly work: FolderWork;
  readonly onDone: () => void;
}) {
  const { standing, work, onDone } = props;
  const text = useImageText();
  switch (standing.kind) {
    case "none":
      return <Beginning work={work} />;
    case "looking":
      return <Looking {...{ standing, work }} />;
    case "failed":
      return (
        <section className="goods-card goods-step">
          <TroubleNote text={text(`failed.${standing.why}`)} />
          <ChooseFolder work={work} isAgain isPrimary />
        </section>
      );
    case "ready":
    case "applying":
      return <FolderFound {...{ standing, work }} />;
    case "applied":
      return (
        <section className="goods-card goods-step" data-testid="image-folder-applied">
          <h2 className="goods-good">
            <IconCircleCheck size={28} aria-hidden />
            {text("done")}
          </h2>
          <p>{text("did", { added: standing.view.added, replaced: standing.view.replaced })}</p>
          <Press
            tone="primary"
            data-testid="image-folder-done"
            onClick={() => void work.step("image-folder-discard").then(onDone)}
          >
            {text("close")}
          </Press>
        </section>
      );
  }
}

function Beginning({ work }: { readonly work: FolderWork }) {
  const text = useImageText();
  return (
    <section className="goods-card goods-step" data-testid="image-folder-begin">
      <h2>{text("begin")}</h2>
      <ul>
        {(["names", "files", "check", "office"] as const).map((name) => (
          <li key={name}>{text(`how.${name}`)}</li>
        ))}
      </ul>
      <ChooseFolder work={work} isPrimary />
    </section>
  );
}

function Looking(props: {
  readonly standing: Extract<ImageFolderStanding, { readonly kind: "looking" }>;
  readonly work: FolderWork;
}) {
  const { standing, work } = props;
  const text = useImageText();
  const { folder, done, files } = standing;
  return (
    <section className="goods-card goods-step" aria-busy="true">
      <h2>{text("looking")}</h2>
      <p className="goods-file">
        {folder} <span className="goods-soft figures">{text("looking.count", { done, files })}</span>
      </p>
      <progress aria-label={text("looking")} max={Math.max(files, 1)} value={done} />
      <p className="goods-soft">{text("looking.sell")}</p>
      <Press data-testid="image-folder-cancel" onClick={() => void work.step("image-folder-cancel")}>
        {text("cancel")}
      </Press>
    </section>
  );
}
