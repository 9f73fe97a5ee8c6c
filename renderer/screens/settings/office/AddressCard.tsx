import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Press } from "../../../parts/Press.tsx";
import { useSyncText } from "../../sync/sync-texts.ts";

/** As many as main looks at. */
const mostCharacters = 256;

/** Where head office or the shop's relay is; a field only where it is needed first of all or the manager changes it. */
export function AddressCard(props: {
  readonly of: "address" | "relay";
  readonly address: string | null;
  /** What is said below it, or in its place where there is none. */
  readonly note: string | null;
  readonly onSave: (address: string) => Promise<boolean>;
}) {
  const { of, address, note, onSave } = props;
  const text = useSyncText();
  const isNeeded = of === "address" && address === null;
  const testId = `office-${of}`;
  const [typed, setTyped] = useState(address ?? "");
  const [isChanging, setChanging] = useState(isNeeded);
  const save = (): void => void onSave(typed).then((isSaved) => setChanging(!isSaved));
  if (!isChanging) {
    return (
      <section className="settings-card office-address" data-testid={testId}>
        <div>
          <h3>{text(`office.${of}`)}</h3>
          {address !== null && (
            <p className="office-url" lang="zxx">
              {address}
            </p>
          )}
          {note !== null && <p className="settings-soft">{note}</p>}
        </div>
        <Press data-testid={`${testId}-change`} onClick={() => setChanging(true)}>
          {text(address === null ? "office.address.set" : "office.address.change")}
        </Press>
      </section>
    );
  }
  return (
    <section className="settings-card office-address office-address-open" data-testid={testId}>
      <TextInput
        className="settings-field"
        size="md"
        label={text(`office.${of}`)}
        description={text(`office.${of}.hint`)}
        inputWrapperOrder={["label", "input", "description"]}
        data-testid={`${testId}-field`}
        value={typed}
        maxLength={mostCharacters}
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && save()}
      />
      <div className="office-keys">
        {!isNeeded && <Press onClick={() => setChanging(false)}>{text("office.address.cancel")}</Press>}
        <Press tone="primary" data-testid={`${testId}-save`} onClick={save}>
          {text("office.address.save")}
        </Press>
      </div>
      {isNeeded && (
        <p className="settings-soft">
          {text("office.none")} {text("office.none.next")}
        </p>
      )}
    </section>
  );
}
