import { Alert, Button, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { OfficePerson, OfficeRole, OneTimePasswordAnswer } from "../../admin/shapes.ts";
import { ok } from "#core/result.ts";
import { send, type AskFault } from "../api-client.ts";
import { FormDialog } from "../parts/FormDialog.tsx";
import { Trouble } from "../parts/Trouble.tsx";
import { useSession } from "../session.ts";
import { useWords } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";

/** Who may sign in here. A new person, or one who forgot, gets a password for one use, shown once. */
export function People() {
  const { text } = useWords();
  const session = useSession();
  const { value, fault, reload } = useAnswer<readonly OfficePerson[]>("/people");
  const [open, setOpen] = useState<OfficePerson | "new" | null>(null);
  const [made, setMade] = useState<OneTimePasswordAnswer | null>(null);
  const [trouble, setTrouble] = useState<AskFault | null>(null);
  const remove = async (name: string) => {
    const gone = await send("DELETE", `/people/${encodeURIComponent(name)}`);
    setTrouble(gone.ok ? null : gone.fault);
    reload();
  };
  return (
    <>
      <div className="office-head">
        <h1>{text("nav.people")}</h1>
        <Button leftSection={<IconPlus aria-hidden size={20} />} onClick={() => setOpen("new")}>
          {text("people.add")}
        </Button>
      </div>
      {made !== null && (
        <Alert
          className="office-trouble"
          color="teal"
          onClose={() => setMade(null)}
          variant="light"
          withCloseButton
          closeButtonLabel={text("close")}
        >
          <p>{text("people.one-time", { name: made.name })}</p>
          <output className="office-password">{made.password}</output>
        </Alert>
      )}
      {(trouble ?? fault) !== null && <Trouble fault={(trouble ?? fault)!} onRetry={reload} />}
      <section className="office-card office-shop">
        <ul className="office-list">
          {value?.map((person) => (
            <li key={person.name}>
              <span>{person.name}</span>
              <span className="office-soft">{text(`people.${person.role}`)}</span>
              {person.isNew && <span className="office-soft">{text("people.new")}</span>}
              <span className="office-grow" />
              {person.name !== session.name && (
                <>
                  <Button onClick={() => setOpen(person)} size="sm" variant="subtle">
                    {text("people.reset")}
                  </Button>
                  <Button color="red" onClick={() => void remove(person.name)} size="sm" variant="subtle">
                    {text("remove")}
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      </section>
      {open !== null && (
        <PersonForm
          onClose={() => setOpen(null)}
          onMade={setMade}
          onSaved={reload}
          person={open === "new" ? null : open}
        />
      )}
    </>
  );
}

interface FormProps {
  readonly person: OfficePerson | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
  readonly onMade: (made: OneTimePasswordAnswer) => void;
}

function PersonForm({ person, onClose, onSaved, onMade }: FormProps) {
  const { text } = useWords();
  const [name, setName] = useState(person?.name ?? "");
  const [role, setRole] = useState<OfficeRole>(person?.role ?? "viewer");
  const save = async () => {
    const body = { role, isNew: person === null };
    const saved = await send<OneTimePasswordAnswer>("PUT", `/people/${encodeURIComponent(name.trim())}`, body);
    if (!saved.ok) return saved;
    onMade(saved.value);
    return ok(undefined);
  };
  return (
    <FormDialog
      onClose={onClose}
      onSave={save}
      onSaved={onSaved}
      save={text("people.make")}
      title={person === null ? text("people.add") : text("people.reset")}
    >
      <TextInput
        data-autofocus
        label={text("sign-in.name")}
        maxLength={60}
        onChange={(event) => setName(event.currentTarget.value)}
        readOnly={person !== null}
        required
        value={name}
      />
      <Select
        allowDeselect={false}
        comboboxProps={{ transitionProps: { duration: 80 } }}
        data={[
          { value: "viewer", label: text("people.viewer") },
          { value: "admin", label: text("people.admin") },
        ]}
        label={text("people.role")}
        onChange={(value) => setRole(value === "admin" ? "admin" : "viewer")}
        value={role}
      />
    </FormDialog>
  );
}
