import { Alert, Button, Modal, TextInput } from "@mantine/core";
import { useEffect, useState, type FormEvent } from "react";
import type { CodeAnswer, ShopAnswer, TerminalAnswer } from "../../admin/shapes.ts";
import { send, type AskFault } from "../api-client.ts";
import { faultWords } from "../fault-words.ts";
import { countdown } from "../formats.ts";
import { useWords } from "../texts.tsx";

interface Props {
  readonly shop: ShopAnswer;
  /** The till the code is for; null: a new one, whose name is asked. */
  readonly terminal: TerminalAnswer | null;
  readonly onClose: () => void;
}

/** Makes the code by which a till is let in, and shows it large until it has run out or was used. */
export function CodeDialog({ shop, terminal, onClose }: Props) {
  const { text } = useWords();
  const [name, setName] = useState(terminal?.terminalId ?? nextName(shop));
  const [made, setMade] = useState<CodeAnswer | null>(null);
  const [fault, setFault] = useState<AskFault | null>(null);
  const known = shop.terminals.find(({ terminalId }) => terminalId === name);
  const replaces = known?.state === "active";
  // Answered again while this is open: a till that came in with the code is there now.
  const isUsed = made !== null && known?.state === "active" && (known.enrolledMs ?? 0) >= made.nowMs;

  const make = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await send<CodeAnswer>("POST", `/shops/${shop.storeCode}/terminals/${name}/code`, { replaces });
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) setMade(answer.value);
  };
  return (
    <Modal
      closeButtonProps={{ "aria-label": text("close") }}
      onClose={onClose}
      opened
      size="lg"
      title={text("code.title")}
    >
      {made === null ? (
        <form className="office-form" onSubmit={(event) => void make(event)}>
          <TextInput
            data-autofocus
            description={text("code.name-rule")}
            label={text("code.name")}
            maxLength={4}
            onChange={(event) => setName(event.currentTarget.value.toUpperCase())}
            pattern="[A-Z0-9]{2,4}"
            readOnly={terminal !== null}
            required
            value={name}
          />
          {replaces && (
            <Alert color="orange" variant="light">
              {text("code.replaces", { name })}
            </Alert>
          )}
          <p aria-live="polite" className="office-form-fault" role="alert">
            {fault !== null && faultWords(fault, text)}
          </p>
          <div className="office-form-foot">
            <span className="office-grow" />
            <Button onClick={onClose} variant="default">
              {text("cancel")}
            </Button>
            <Button type="submit">{text("code.make")}</Button>
          </div>
        </form>
      ) : (
        <Code
          isUsed={isUsed}
          made={made}
          name={`${shop.storeCode}-${name}`}
          onAgain={() => setMade(null)}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

interface CodeProps {
  readonly made: CodeAnswer;
  readonly name: string;
  readonly isUsed: boolean;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}

function Code({ made, name, isUsed, onAgain, onClose }: CodeProps) {
  const { text } = useWords();
  const leftMs = useMsLeft(made);
  const isOver = leftMs <= 0 && !isUsed;
  return (
    <div className="office-form">
      <p>{isUsed ? text("code.used", { name }) : isOver ? text("code.over") : text("code.how", { name })}</p>
      {!isUsed && (
        <output className={`office-code-large figures${isOver ? " office-code-over" : ""}`}>{made.code}</output>
      )}
      {!isUsed && !isOver && (
        <p className="office-code-left figures" role="timer">
          {text("code.left", { time: countdown(leftMs) })}
        </p>
      )}
      <div className="office-form-foot">
        <span className="office-soft">{!isUsed && !isOver && text("code.once")}</span>
        <span className="office-grow" />
        {isOver && <Button onClick={onAgain}>{text("code.again")}</Button>}
        <Button onClick={onClose} variant={isOver ? "default" : "filled"}>
          {text("done")}
        </Button>
      </div>
    </div>
  );
}

/** Counted from when the answer came, by the server's own difference: this machine's clock may be wrong. */
function useMsLeft({ expiresMs, nowMs }: CodeAnswer): number {
  const [endsAt] = useState(() => performance.now() + (expiresMs - nowMs));
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return endsAt - now;
}

/** T01, T02 …: the first that no till of the shop has. */
function nextName({ terminals }: ShopAnswer): string {
  const taken = new Set(terminals.map(({ terminalId }) => terminalId));
  for (let number = 1; number < 100; number += 1) {
    const name = `T${String(number).padStart(2, "0")}`;
    if (!taken.has(name)) return name;
  }
  return "";
}
