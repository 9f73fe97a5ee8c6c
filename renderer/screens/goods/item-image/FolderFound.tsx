import { IconCircleCheck, IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import type { ImageFolderStanding, ImageFolderView } from "#contract/ipc/item-image-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { Scrolled } from "../../../parts/Scrolled.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { send } from "../../../till-client.ts";
import { ChooseFolder } from "./ChooseFolder.tsx";
import { useImageText } from "./image-texts.ts";
import type { FolderWork } from "./use-image-folder.ts";

type Found = Extract<ImageFolderStanding, { readonly kind: "ready" | "applying" | "applied" }>;

/** What a folder would do, before it does it: counted, and every file that is of no use with the reason. */
export function FolderFound({ standing, work }: { readonly standing: Found; readonly work: FolderWork }) {
  const { folder, view } = standing;
  const text = useImageText();
  return (
    <>
      <div className="goods-checked">
        <section className="goods-card goods-step">
          <h2>{text("checked")}</h2>
          <p className="goods-file">
            {folder} <span className="goods-soft">{text("checked.files", { files: view.files })}</span>
          </p>
          <Counts view={view} />
          {view.unusable === 0 && view.files > 0 && (
            <p className="goods-good">
              <IconCircleCheck size={20} aria-hidden /> {text("all-good")}
            </p>
          )}
        </section>
        {/* Empty it is not drawn. */}
        <section className={view.unusable > 0 ? "goods-card goods-step" : ""}>
          {view.unusable > 0 && <UnusableFiles view={view} />}
        </section>
      </div>
      <Foot {...{ standing, work }} />
    </>
  );
}

function Counts({ view }: { readonly view: ImageFolderView }) {
  const text = useImageText();
  return (
    <dl className="goods-figures">
      {(["added", "replaced", "unchanged", "unusable"] as const).map((name) => (
        <div
          key={name}
          className={`goods-figure ${name === "unusable" ? "goods-figure-wrong" : ""}`}
          data-testid={`image-folder-${name}`}
          data-count={view[name]}
        >
          <dt>{text(name)}</dt>
          <dd className="figures">{text("number", { count: view[name] })}</dd>
        </div>
      ))}
    </dl>
  );
}

function UnusableFiles({ view }: { readonly view: ImageFolderView }) {
  const text = useImageText();
  return (
    <>
      <h3 className="goods-bad">{text("faults", { count: view.unusable })}</h3>
      {view.faults.length < view.unusable && (
        <p className="goods-soft">{text("faults.first", { count: view.faults.length })}</p>
      )}
      <Scrolled className="goods-faults" label={text("unusable")}>
        <table className="goods-table image-folder-files">
          <thead>
            <tr>
              <th scope="col">{text("report.file")}</th>
              <th scope="col">{text("report.what")}</th>
            </tr>
          </thead>
          <tbody>
            {view.faults.map(({ file, kind }) => (
              <tr key={file} data-testid="image-folder-fault" data-file={file} data-kind={kind}>
                {/* As the file is called, whatever its language is. */}
                <td lang="">{file}</td>
                <td>{text(`file-fault.${kind}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </>
  );
}

/** The way on: the images that are right, or another folder. */
function Foot({ standing, work }: { readonly standing: Found; readonly work: FolderWork }) {
  const text = useImageText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [isReported, setReported] = useState(false);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const { view, kind } = standing;
  const count = view.added + view.replaced;
  const isApplying = kind === "applying";
  const report = async (): Promise<void> => {
    const answer = await send("image-folder-report", {});
    setFault(answer.ok ? null : answer.fault);
    setReported(answer.ok && answer.value !== null);
  };
  return (
    <>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <footer className="goods-foot">
        <ChooseFolder work={work} isAgain isPrimary={count === 0} isOff={isApplying} />
        {view.unusable > 0 && (
          <Press data-testid="image-folder-report" onClick={() => void report()}>
            <IconDownload size={22} aria-hidden />
            {text("report")}
          </Press>
        )}
        <span className="goods-grow" role="status" data-testid="image-folder-reported" data-done={isReported}>
          {isApplying ? text("applying") : isReported ? text("report.done") : count === 0 ? text("nothing") : ""}
        </span>
        {count > 0 && (
          <Press
            tone="primary"
            data-testid="image-folder-apply"
            disabled={isApplying}
            onClick={() => void work.step("image-folder-apply")}
          >
            {text("apply", { count })}
          </Press>
        )}
      </footer>
    </>
  );
}
