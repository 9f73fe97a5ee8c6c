import { TextInput } from "@mantine/core";
import { useState } from "react";
import { Press } from "../../../parts/Press.tsx";
import { useSyncText } from "../../sync/sync-texts.ts";

/** As many as main looks at. */
const mostCharacters = 256;

/** Where head office is; a field only where none is set or the manager wants to change it. */
export function AddressCard(props: {
  readonly address: string | null;
  readonly officeName: string | null;
  readonly onSave: (address: string) => Promise<boolean>;
}) {
  const { address, officeName, onSave } = props;
  const text = useSyncText();
  const [typed, setTyped] = useState(address ?? "");
  const [isChanging, setChanging] = useState(address === null);
  const save = (): void => void onSave(typed).then((isSaved) => setChanging(!isSaved));
  if (!isChanging) {
    return (
      <section className="settings-card office-address" data-testid="office-address">
        <div>
          <h3>{text("office.address")}</h3>
          <p className="office-url" lang="zxx">
            {address}
          </p>
          {officeName !== null && <p className="settings-soft">{officeName}</p>}
        </div>
        <Press data-testid="office-address-change" onClick={() => setChanging(true)}>
          {text("office.address.change")}
        </Press>
      </section>
    );
  }
  return (
    <section className="settings-card office-address office-address-open" data-testid="office-address">
      <TextInput
        className="settings-field"
        size="md"
        label={text("office.address")}
        description={text("office.address.hint")}
        inputWrapperOrder={["label", "input", "description"]}
        data-testid="office-address-field"
        value={typed}
        maxLength={mostCharacters}
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && save()}
      />
      <div className="office-keys">
        {address !== null && <Press onClick={() => setChanging(false)}>{text("office.address.cancel")}</Press>}
        <Press tone="primary" data-testid="office-address-save" onClick={save}>
          {text("office.address.save")}
        </Press>
      </div>
      {address === null && (
        <p className="settings-soft">
          {text("office.none")} {text("office.none.next")}
        </p>
      )}
    </section>
  );
}
