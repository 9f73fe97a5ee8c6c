import { Button, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { send, type AskFault } from "../api-client.ts";
import { faultWords } from "../fault-words.ts";
import { LanguageSwitch } from "../parts/LanguageSwitch.tsx";
import { PasswordField } from "../parts/PasswordField.tsx";
import { useWords } from "../texts.tsx";
import { useFirstFocus } from "../use-first-focus.ts";

/** Name and password; a wrong pair says only that it is wrong, a slowed one how long to wait. */
export function SignIn({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { text } = useWords();
  const first = useFirstFocus();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState<AskFault | null>(null);
  const [isBusy, setBusy] = useState(false);

  const signIn = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await send("POST", "/session", { name: name.trim(), password });
    setBusy(false);
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) onSignedIn();
  };
  return (
    <main className="office-alone">
      <form className="office-card office-door-card" onSubmit={(event) => void signIn(event)}>
        <div className="office-door-head">
          <div>
            <h1>Tillway</h1>
            <p className="office-soft">{text("head-office")}</p>
          </div>
          <LanguageSwitch />
        </div>
        <TextInput
          autoComplete="username"
          ref={first}
          label={text("sign-in.name")}
          maxLength={60}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          value={name}
        />
        <PasswordField label={text("sign-in.password")} onChange={setPassword} value={password} />
        <p aria-live="polite" className="office-form-fault" role="alert">
          {fault !== null && (fault.status === 403 ? text("sign-in.wrong") : faultWords(fault, text))}
        </p>
        <Button fullWidth loading={isBusy} type="submit">
          {text("sign-in")}
        </Button>
        <p className="office-soft office-hint">{text("sign-in.first-time")}</p>
      </form>
    </main>
  );
}
