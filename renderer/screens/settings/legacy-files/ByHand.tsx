import { IconAlertTriangle, IconFileExport, IconRepeat } from "@tabler/icons-react";
import { useState } from "react";
import type { OutgoingWritten } from "#contract/ipc/legacy-file-intents.ts";
import { DayField } from "../../../parts/DayField.tsx";
import { Press } from "../../../parts/Press.tsx";
import { dayAfter } from "../../manager/days.ts";
import { useFilesText } from "./files-texts.ts";
import type { OutOf } from "./wanted.ts";

/** Null is what no file has yet. */
type Asked = string | null;
/** Null while it is being written, and where main refused. */
type Outcome = { readonly asked: Asked; readonly written: OutgoingWritten | null };

/** A file without waiting for its time, and what files had of a day once more. As it was saved: a form half changed waits. */
export function ByHand(props: {
  readonly of: OutOf;
  readonly today: string;
  readonly isSaved: boolean;
  readonly onWrite: (day: Asked) => Promise<OutgoingWritten | null>;
}) {
  const { of, today, isSaved, onWrite } = props;
  const text = useFilesText();
  const [day, setDay] = useState(dayAfter(today, -1));
  const [isWriting, setWriting] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const isHeld = !isSaved || isWriting;
  const write = async (asked: Asked): Promise<void> => {
    if (isHeld) return;
    setWriting(true);
    setOutcome({ asked, written: null });
    setOutcome({ asked, written: await onWrite(asked) });
    setWriting(false);
  };
  return (
    <div className="files-by-hand">
      <Press data-testid={`files-${of}-now`} aria-disabled={isHeld} onClick={() => void write(null)}>
        <IconFileExport size={22} aria-hidden />
        {text("now")}
      </Press>
      <div className="files-again">
        <DayField label={text("again.day")} day={day} max={today} testId={`files-${of}-day`} onDay={setDay} />
        <Press data-testid={`files-${of}-again`} aria-disabled={isHeld} onClick={() => void write(day)}>
          <IconRepeat size={22} aria-hidden />
          {text("again")}
        </Press>
      </div>
      {isSaved && outcome !== null && outcome.written !== null ? (
        <Written of={of} asked={outcome.asked} written={outcome.written} />
      ) : (
        <p className="settings-soft">{text(isSaved ? "by-hand.help" : "by-hand.unsaved")}</p>
      )}
    </div>
  );
}

function Written(props: { readonly of: OutOf; readonly asked: Asked; readonly written: OutgoingWritten }) {
  const { of, asked, written } = props;
  const text = useFilesText();
  const marks = { "data-testid": `files-${of}-written`, "data-outcome": written.kind };
  if (written.kind === "not-written") {
    const { why } = written;
    // What is asked for by hand does not come by itself later.
    const isByHand = asked !== null && (why === "disk-full" || why === "other");
    return (
      <p className="settings-warning" role="alert" {...marks}>
        <IconAlertTriangle size={20} aria-hidden />
        {text("written.not", { why: text(isByHand ? `again.${why}` : `fault.${why}`) })}
      </p>
    );
  }
  return (
    <p role="status" {...marks}>
      {written.kind === "written" ? text("written", written) : text(asked === null ? "now.nothing" : "again.nothing")}
    </p>
  );
}
