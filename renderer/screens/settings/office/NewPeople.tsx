import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useCommonText } from "../../../i18n/common-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { useSection } from "../../../till-client.ts";
import { useSyncText } from "../../sync/sync-texts.ts";
import { PinDialog } from "./PinDialog.tsx";

/** Who came from head office and cannot sign in yet: a manager gives them their PIN at this till. */
export function NewPeople() {
  const text = useSyncText();
  const common = useCommonText();
  const people = useSection("people").filter(({ hasPin }) => !hasPin);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen = people.find(({ id }) => id === chosenId);
  if (people.length === 0) return null;
  return (
    <section className="settings-card" data-testid="new-people">
      <h3>
        <IconUserPlus size={24} aria-hidden />
        {text("people", { count: people.length })}
      </h3>
      <p className="settings-soft">{text("people.next")}</p>
      <ul className="new-people">
        {people.map((person) => (
          <li key={person.id}>
            <span>
              <strong>{person.name}</strong>
              <span className="settings-soft">{common(`role.${person.role}`)}</span>
            </span>
            <Press data-testid="give-pin" data-person-id={person.id} onClick={() => setChosenId(person.id)}>
              {text("people.give")}
            </Press>
          </li>
        ))}
      </ul>
      {chosen !== undefined && <PinDialog key={chosen.id} person={chosen} onClose={() => setChosenId(null)} />}
    </section>
  );
}
