import { IconCircleCheck, IconFileImport } from "@tabler/icons-react";
import type { ImportStanding, ListRefusal } from "#contract/ipc/catalog-intents.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { CheckedList } from "./CheckedList.tsx";
import { useGoodsText } from "./goods-texts.ts";
import { type Import, useImport } from "./use-import.ts";

/** A list of goods in three steps: choose it, see what it would do and what is wrong with it, take it in. */
export function ImportPage({ onDone }: { readonly onDone: () => void }) {
  const tillText = useTillText();
  const place = useClockPlace();
  const work = useImport();
  const { standing, fault } = work;
  return (
    <main className="goods-import" data-testid="import" data-standing={standing.kind}>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <Standing standing={standing} work={work} onDone={onDone} />
    </main>
  );
}

function Standing(props: { readonly standing: ImportStanding; readonly work: Import; readonly onDone: () => void }) {
  const { standing, work, onDone } = props;
  const text = useGoodsText();
  switch (standing.kind) {
    case "none":
      return <Beginning work={work} />;
    case "checking":
    case "applying":
      return <Running standing={standing} work={work} />;
    case "failed":
      return (
        <section className="goods-card goods-step">
          <TroubleNote text={text(`import.failed.${standing.why}`)} />
          <ChooseKey work={work} isAgain />
        </section>
      );
    case "applied":
      return (
        <section className="goods-card goods-step" data-testid="import-applied">
          <h2 className="goods-good">
            <IconCircleCheck size={28} aria-hidden />
            {text("import.done")}
          </h2>
          <p>
            {text("import.did", {
              added: standing.list.added,
              changed: standing.list.changed,
              prices: standing.list.pricesChanged,
              wrong: standing.list.wrong,
            })}
          </p>
          <Press
            tone="primary"
            data-testid="import-done"
            onClick={() => void work.step("import-discard", {}).then(onDone)}
          >
            {text("import.close")}
          </Press>
        </section>
      );
    case "checked":
      return standing.list.refusal === null ? (
        <CheckedList {...{ standing, work }} />
      ) : (
        <Refused refusal={standing.list.refusal} {...{ standing, work }} />
      );
  }
}

function Refused(props: {
  readonly refusal: ListRefusal;
  readonly standing: Extract<ImportStanding, { readonly kind: "checked" | "applied" }>;
  readonly work: Import;
}) {
  const { refusal, standing, work } = props;
  const text = useGoodsText();
  if (refusal.kind === "columns-missing") {
    const columns = refusal.missing.map((field) => text(`field.${field}`)).join(text("comma"));
    return <CheckedList {...{ standing, work }} trouble={text("import.refused.columns-missing", { columns })} />;
  }
  return (
    <section className="goods-card goods-step">
      <TroubleNote text={text(`import.refused.${refusal.kind}`)} />
      <ChooseKey work={work} isAgain />
    </section>
  );
}

function Beginning({ work }: { readonly work: Import }) {
  const text = useGoodsText();
  return (
    <section className="goods-card goods-step" data-testid="import-begin">
      <h2>{text("import.begin")}</h2>
      <ul>
        <li>{text("import.how.files")}</li>
        <li>{text("import.how.columns")}</li>
        <li>{text("import.how.check")}</li>
      </ul>
      <ChooseKey work={work} />
    </section>
  );
}

function ChooseKey({ work, isAgain = false }: { readonly work: Import; readonly isAgain?: boolean }) {
  const text = useGoodsText();
  return (
    <Press tone="primary" data-testid="import-choose" onClick={() => void work.step("import-choose", {})}>
      <IconFileImport size={22} aria-hidden />
      {text(isAgain ? "import.choose-again" : "import.choose")}
    </Press>
  );
}

function Running(props: {
  readonly standing: Extract<ImportStanding, { readonly kind: "checking" | "applying" }>;
  readonly work: Import;
}) {
  const { standing, work } = props;
  const text = useGoodsText();
  const words = text(`import.${standing.kind}`);
  return (
    <section className="goods-card goods-step" aria-busy="true">
      <h2>{words}</h2>
      <p className="goods-file">{standing.fileName}</p>
      <progress aria-label={words} max={1} value={standing.share} />
      <p className="goods-soft">
        {text(standing.kind === "checking" ? "import.checking.sell" : "import.applying.sell")}
      </p>
      <Press data-testid="import-cancel" onClick={() => void work.step("import-cancel", {})}>
        {text("import.cancel")}
      </Press>
    </section>
  );
}
