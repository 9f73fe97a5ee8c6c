import { Button, Modal } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import type { Result } from "#core/result.ts";
import type { AskFault } from "../api-client.ts";
import { faultWords } from "../fault-words.ts";
import { useWords } from "../texts.tsx";

interface Props {
  readonly title: string;
  readonly save: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
  /** Closes after it went well; else says why not, and nothing that was entered is lost. */
  readonly onSave: () => Promise<Result<unknown, AskFault>>;
  readonly onSaved: () => void;
  readonly extra?: ReactNode;
}

/** A form over the page with one way forward. */
export function FormDialog({ title, save, children, onClose, onSave, onSaved, extra }: Props) {
  const { text } = useWords();
  const [fault, setFault] = useState<AskFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const saved = await onSave();
    setBusy(false);
    setFault(saved.ok ? null : saved.fault);
    if (!saved.ok) return;
    onSaved();
    onClose();
  };
  return (
    <Modal closeButtonProps={{ "aria-label": text("close") }} onClose={onClose} opened size="lg" title={title}>
      <form className="office-form" onSubmit={(event) => void submit(event)}>
        {children}
        <p aria-live="polite" className="office-form-fault" role="alert">
          {fault !== null && faultWords(fault, text)}
        </p>
        <div className="office-form-foot">
          {extra}
          <span className="office-grow" />
          <Button onClick={onClose} variant="default">
            {text("cancel")}
          </Button>
          <Button loading={isBusy} type="submit">
            {save}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
