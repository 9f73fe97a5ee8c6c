import { Button, FileButton, Modal } from "@mantine/core";
import { useState } from "react";
import type { ImportState } from "../../admin/shapes.ts";
import { sendFile, type AskFault } from "../api-client.ts";
import { money } from "../formats.ts";
import { Trouble } from "../parts/Trouble.tsx";
import { useWords } from "../texts.tsx";
import { ImportFaults } from "./ImportFaults.tsx";

type Mode = "check" | "all" | "good";

interface Props {
  readonly storeCode: string;
  readonly onClose: () => void;
  readonly onImported: () => void;
}

/**
 * A price list in three steps: choose it, see what it would do and what is wrong with it, take it. Nothing is changed
 * before the last step, and a file with wrong rows asks which way.
 */
export function ImportWizard({ storeCode, onClose, onImported }: Props) {
  const { text } = useWords();
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState<Mode>("check");
  const [state, setState] = useState<ImportState | null>(null);
  const [fault, setFault] = useState<AskFault | null>(null);
  const isRunning = state !== null && (state.state === "reading" || state.state === "writing");
  const isOver = mode !== "check" && state?.state === "done";

  const send = async (chosen: File, how: Mode) => {
    setFile(chosen);
    setMode(how);
    setFault(null);
    setState(null);
    const path = `/shops/${storeCode}/imports?mode=${how}&name=${encodeURIComponent(chosen.name.slice(0, 120))}`;
    const sent = await sendFile<ImportState>(path, chosen, setState);
    if (!sent.ok) {
      setFault(sent.fault);
      setState(null);
    }
    if (how !== "check") onImported();
  };
  const choose = (
    <FileButton
      accept=".csv,.txt,.xlsx"
      inputProps={{ "aria-label": text("import.choose") }}
      onChange={(chosen) => chosen !== null && void send(chosen, "check")}
    >
      {(props) => (
        <Button {...props} disabled={isRunning} variant={state === null ? "filled" : "default"}>
          {text(state === null ? "import.choose" : "import.other-file")}
        </Button>
      )}
    </FileButton>
  );
  return (
    <Modal
      closeButtonProps={{ "aria-label": text("close") }}
      closeOnClickOutside={!isRunning}
      onClose={onClose}
      opened
      size="xl"
      title={text("import.title")}
    >
      <div className="office-form">
        {state === null && fault === null && <p className="office-soft">{text("import.how")}</p>}
        {fault !== null && <Trouble fault={fault} />}
        {state !== null && <Standing file={file} isOver={isOver} state={state} />}
        <div className="office-form-foot">
          {!isOver && choose}
          <span className="office-grow" />
          {state?.state === "done" && mode === "check" && file !== null && (
            <TakeButtons onTake={(how) => void send(file, how)} state={state} />
          )}
          {isOver && <Button onClick={onClose}>{text("done")}</Button>}
        </div>
      </div>
    </Modal>
  );
}

interface TakeProps {
  readonly state: ImportState;
  readonly onTake: (how: Mode) => void;
}

function TakeButtons({ state, onTake }: TakeProps) {
  const { text } = useWords();
  const good = state.total - state.badRows;
  // Nothing to take where the catalogue has them all like this already.
  if (state.written === 0) return null;
  return state.badRows === 0 ? (
    <Button onClick={() => onTake("all")}>{text("import.take-all", { count: good })}</Button>
  ) : (
    <Button onClick={() => onTake("good")}>{text("import.take-good", { count: good })}</Button>
  );
}

interface StandingProps {
  readonly file: File | null;
  readonly state: ImportState;
  readonly isOver: boolean;
}

function Standing({ file, state, isOver }: StandingProps) {
  const { text } = useWords();
  const { total, handled, badRows, written, unchanged, refusal } = state;
  return (
    <>
      <p className="office-file">{file?.name}</p>
      {(state.state === "reading" || state.state === "writing") && (
        <>
          <progress
            aria-label={text("import.progress")}
            className="office-progress"
            max={Math.max(1, total)}
            value={handled}
          />
          <p className="office-soft figures">{text("import.rows", { handled, total })}</p>
        </>
      )}
      {refusal !== null && (
        <p className="office-form-fault" role="alert">
          {refusal.kind === "columns-missing"
            ? text("import.refused.columns-missing", {
                columns: refusal.missing.map((field) => text(`field.${field}`)).join(", "),
              })
            : text(`import.refused.${refusal.kind}`)}
        </p>
      )}
      {state.state === "done" && (
        <p className={isOver ? "office-good" : "office-summary"}>
          {text(isOver ? "import.done" : "import.would", { written, unchanged, bad: badRows })}
        </p>
      )}
      {state.state === "done" && !isOver && state.sample.length > 0 && (
        <ul className="office-list office-sample">
          {state.sample.map((row) => (
            <li key={row.row}>
              <span className="office-soft figures">{row.sku}</span>
              <span>{row.nameZh}</span>
              <span className="office-grow" />
              <span className="figures">{money(row.priceFen)}</span>
            </li>
          ))}
          {total - badRows > state.sample.length && (
            <li className="office-soft">{text("import.and-more", { count: total - badRows - state.sample.length })}</li>
          )}
        </ul>
      )}
      {state.faults.length > 0 && <ImportFaults state={state} />}
    </>
  );
}
