import "./people.css";
import { IconCircleCheck, IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { PersonOfShop } from "#contract/ipc/people-intents.ts";
import type { Role } from "#core/access/role.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { useKeys } from "../../../till/keys.ts";
import { PinDialog } from "../office/PinDialog.tsx";
import { SettingsNote } from "../SettingsNote.tsx";
import { AccessCard } from "./AccessCard.tsx";
import { ManagerPinDialog } from "./ManagerPinDialog.tsx";
import { usePeopleText } from "./people-texts.ts";
import { PersonDialog } from "./PersonDialog.tsx";
import { PersonRow, type PersonAct } from "./PersonRow.tsx";
import { type PeopleDesk, usePeople } from "./use-people.ts";

/** What lies over the list. */
type Open =
  | { readonly kind: "person"; readonly person: PersonOfShop | null }
  | { readonly kind: "pin"; readonly person: PersonOfShop };

/** Who works here: names, roles, PINs and badges. Each change is by a manager's PIN. */
export function PeoplePage({ onLeave }: { readonly onLeave: () => void }) {
  const text = usePeopleText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [open, setOpen] = useState<Open | null>(null);
  const [isDone, setDone] = useState(false);
  const desk = usePeople(() => {
    setOpen(null);
    setDone(true);
  });
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  const act = useActs(desk, setOpen);
  if (desk.view === null) {
    return desk.fault === null ? null : <TroubleNote text={faultText(desk.fault, tillText, place)} />;
  }
  const { people, canPrint } = desk.view;
  const begin = (work: () => void): void => {
    setDone(false);
    work();
  };
  return (
    <div className="settings-scroll" data-testid="people-page">
      <div className="settings-head">
        <h2>{text("title")}</h2>
        <span className="settings-grow" />
        <Press
          tone="primary"
          data-testid="add-person"
          onClick={() => begin(() => setOpen({ kind: "person", person: null }))}
        >
          <IconUserPlus size={22} aria-hidden />
          {text("add")}
        </Press>
      </div>
      {isDone && <SettingsNote tone="good" icon={IconCircleCheck} testId="people-done" sentence={text("done")} />}
      <ul className="settings-card people-list" aria-label={text("title")}>
        {people.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            canPrint={canPrint}
            onAct={(kind) => begin(() => act(person, kind))}
          />
        ))}
      </ul>
      {!canPrint && <p className="settings-soft">{text("badge.no-printer")}</p>}
      <AccessCard
        key={`${desk.view.lockMinutes} ${desk.view.badgeNeedsPin}`}
        view={desk.view}
        onSave={(args) => begin(() => desk.ask({ intent: "save-access", args, words: text("access.confirm") }))}
      />
      <OverPeople {...{ desk, open, setOpen }} />
    </div>
  );
}

/** What lies over the list: somebody's name and role, their PIN, and a manager's word for the change. */
function OverPeople(props: {
  readonly desk: PeopleDesk;
  readonly open: Open | null;
  readonly setOpen: (open: Open | null) => void;
}) {
  const { desk, open, setOpen } = props;
  const text = usePeopleText();
  return (
    <>
      {open?.kind === "person" && (
        <PersonDialog
          person={open.person}
          onClose={() => setOpen(null)}
          onSave={(name, role) => desk.ask(savingPerson(open.person, name, role, text))}
        />
      )}
      {open?.kind === "pin" && (
        <PinDialog
          person={open.person}
          onClose={() => {
            setOpen(null);
            void desk.refresh();
          }}
        />
      )}
      {desk.pending !== null && (
        <ManagerPinDialog words={desk.pending.words} onPin={desk.confirm} onClose={desk.leave} />
      )}
    </>
  );
}

type PeopleText = ReturnType<typeof usePeopleText>;

function savingPerson(person: PersonOfShop | null, name: string, role: Role, text: PeopleText) {
  return person === null
    ? ({ intent: "add-person", args: { name, role }, words: text("add.confirm", { name }) } as const)
    : ({
        intent: "change-person",
        args: { cashierId: person.id, name, role },
        words: text("change.confirm", { name }),
      } as const);
}

function useActs(desk: PeopleDesk, setOpen: (open: Open | null) => void) {
  const text = usePeopleText();
  return (person: PersonOfShop, act: PersonAct): void => {
    const { id: cashierId, name } = person;
    const words = text(`confirm.${act}`, { name });
    switch (act) {
      case "change":
        return setOpen({ kind: "person", person });
      case "pin":
        return setOpen({ kind: "pin", person });
      case "badge":
        return desk.ask({ intent: "make-badge", args: { cashierId }, words });
      case "revoke":
        return desk.ask({ intent: "revoke-badge", args: { cashierId }, words });
      case "leave":
      case "return":
        return desk.ask({ intent: "set-person-active", args: { cashierId, isActive: act === "return" }, words });
    }
  };
}
