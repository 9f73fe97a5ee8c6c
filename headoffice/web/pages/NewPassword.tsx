import { Button } from "@mantine/core";
import { useState, type FormEvent } from "react";
import type { SessionAnswer } from "../../admin/shapes.ts";
import { send, type AskFault } from "../api-client.ts";
import { faultWords } from "../fault-words.ts";
import { LanguageSwitch } from "../parts/LanguageSwitch.tsx";
import { PasswordField } from "../parts/PasswordField.tsx";
import { useWords } from "../texts.tsx";
import { useFirstFocus } from "../use-first-focus.ts";

const shortest = 10;

interface Props {
  readonly session: SessionAnswer;
  readonly onChanged: () => void;
}

/** One's own new password: before anything else for whoever came with a one-time password, and whenever one likes. */
export function NewPassword({ session, onChanged }: Props) {
  const { text } = useWords();
  const first = useFirstFocus();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [fault, setFault] = useState<AskFault | null>(null);
  const isShort = next !== "" && next.length < shortest;
  const isDifferent = again !== "" && again !== next;

  const change = async (event: FormEvent) => {
    event.preventDefault();
    if (next.length < shortest || next !== again) return;
    const answer = await send("POST", "/password", { current, next });
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) onChanged();
  };
  // Inside the frame there is a main already.
  const Around = session.mustChange ? "main" : "div";
  return (
    <Around className="office-alone">
      <form className="office-card office-door-card" onSubmit={(event) => void change(event)}>
        <div className="office-door-head">
          <div>
            <h1>{text("password.title")}</h1>
            <p className="office-soft">
              {text(session.mustChange ? "password.why" : "password.others-end", { name: session.name })}
            </p>
          </div>
          {session.mustChange && <LanguageSwitch />}
        </div>
        <PasswordField
          label={text(session.mustChange ? "password.current" : "password.current-own")}
          onChange={setCurrent}
          ref={first}
          value={current}
        />
        <PasswordField
          description={text("password.rule", { count: shortest })}
          error={isShort && text("password.too-short", { count: shortest })}
          isNew
          label={text("password.next")}
          onChange={setNext}
          value={next}
        />
        <PasswordField
          error={isDifferent && text("password.different")}
          isNew
          label={text("password.again")}
          onChange={setAgain}
          value={again}
        />
        <p aria-live="polite" className="office-form-fault" role="alert">
          {fault !== null &&
            (fault.status === 403
              ? text(session.mustChange ? "password.wrong" : "password.wrong-own")
              : faultWords(fault, text))}
        </p>
        <Button fullWidth type="submit">
          {text("password.change")}
        </Button>
      </form>
    </Around>
  );
}
