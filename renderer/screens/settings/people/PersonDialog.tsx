import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { PersonOfShop } from "#contract/ipc/people-intents.ts";
import type { Role } from "#core/access/role.ts";
import { useCommonText } from "../../../i18n/common-texts.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Press } from "../../../parts/Press.tsx";
import { Choice } from "../Choice.tsx";
import { usePeopleText } from "./people-texts.ts";

/** As main takes it. */
const mostCharacters = 20;
const roles: readonly Role[] = ["cashier", "lead", "manager"];

/** Somebody new, or another name or role for somebody. A manager's PIN follows. */
export function PersonDialog(props: {
  readonly person: PersonOfShop | null;
  readonly onSave: (name: string, role: Role) => void;
  readonly onClose: () => void;
}) {
  const { person, onSave, onClose } = props;
  const text = usePeopleText();
  const common = useCommonText();
  const [name, setName] = useState(person?.name ?? "");
  const [role, setRole] = useState<Role>(person?.role ?? "cashier");
  const isReady = name.trim() !== "";
  const save = (): void => {
    if (isReady) onSave(name.trim(), role);
  };
  return (
    <Dialog
      title={person === null ? text("add") : text("change.title", { name: person.name })}
      testId="person-dialog"
      onClose={onClose}
      onEnter={save}
      footer={
        <Press tone="primary" data-testid="person-save" disabled={!isReady} onClick={save}>
          {text("on")}
        </Press>
      }
    >
      <TextInput
        className="settings-field"
        label={text("name")}
        description={text("name.hint")}
        inputWrapperOrder={["label", "input", "description"]}
        data-testid="person-name"
        data-autofocus
        value={name}
        maxLength={mostCharacters}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Choice
        label={text("role")}
        value={role}
        options={roles.map((value) => ({ value, words: common(`role.${value}`) }))}
        testId="person-role"
        onChoose={setRole}
      />
      <p className="settings-soft">{text(`role.${role}`)}</p>
    </Dialog>
  );
}
