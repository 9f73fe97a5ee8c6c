import "./labels.css";
import { IconArrowLeft } from "@tabler/icons-react";
import { useState } from "react";
import { mostLabelsDueTold } from "#core/label/limits.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";
import { useKeys } from "../../till/keys.ts";
import { NoticeStrip } from "../notices/NoticeStrip.tsx";
import { ForgetKey } from "./ForgetKey.tsx";
import { LabelList } from "./LabelList.tsx";
import { LabelPrinting } from "./LabelPrinting.tsx";
import { useLabelsText } from "./labels-texts.ts";
import { type Handed, PrintedNote } from "./PrintedNote.tsx";
import { SourceBar } from "./SourceBar.tsx";
import { type Asked, type Labels, useLabels } from "./use-labels.ts";

/** Labels for the shelf: which goods, how many of each, on which paper; and those that are to be replaced until they were. */
export function LabelsPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useLabelsText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [asked, setAsked] = useState<Asked>({ source: "due", value: "" });
  const [handed, setHanded] = useState<Handed | null>(null);
  const labels = useLabels(asked);
  const { fault, setFault, view } = labels;
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  return (
    <div className="labels" data-testid="labels">
      <header className="labels-bar">
        <Press data-testid="labels-leave" onClick={onLeave}>
          <IconArrowLeft size={22} aria-hidden />
          {text("back")}
          <KeyCap>Esc</KeyCap>
        </Press>
        <h1>
          {text("title")}
          <DueCount dueCount={view?.dueCount ?? null} />
        </h1>
        {(view?.dueCount ?? 0) > 0 && (
          <ForgetKey dueCount={view?.dueCount ?? 0} onForget={() => void takeOff(labels, "all")} />
        )}
      </header>
      <NoticeStrip />
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      {handed !== null && (
        <PrintedNote
          handed={handed}
          onAnswer={(areOnShelf) => {
            setHanded(null);
            if (areOnShelf) void takeOff(labels, handed.labels);
          }}
        />
      )}
      <main className="labels-body">
        <section className="labels-card labels-choosing" aria-label={text("list")}>
          <SourceBar asked={asked} onAsk={setAsked} />
          <LabelList labels={labels} source={asked.source} />
        </section>
        <LabelPrinting labels={labels} onHanded={setHanded} onFault={setFault} />
      </main>
    </div>
  );
}

function DueCount({ dueCount }: { readonly dueCount: number | null }) {
  const text = useLabelsText();
  if (dueCount === null) return null;
  const isMore = dueCount >= mostLabelsDueTold;
  return (
    <span className="labels-soft figures" data-testid="labels-due" data-count={dueCount}>
      {text(isMore ? "due-many" : "due", { count: dueCount })}
    </span>
  );
}

/** They hang on the shelf; the list is read anew. */
async function takeOff({ readAgain, setFault }: Labels, what: Handed["labels"] | "all"): Promise<void> {
  const answer = what === "all" ? await send("forget-labels", {}) : await send("labels-printed", { labels: what });
  if (answer.ok) readAgain();
  else setFault(answer.fault);
}
