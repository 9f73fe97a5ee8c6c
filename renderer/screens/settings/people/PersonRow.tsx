import {
  IconBarcode,
  IconBuildingStore,
  IconKey,
  IconLock,
  IconPencil,
  IconUserOff,
  IconUserPlus,
} from "@tabler/icons-react";
import type { PersonOfShop } from "#contract/ipc/people-intents.ts";
import { useCommonText } from "../../../i18n/common-texts.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { Press } from "../../../parts/Press.tsx";
import { timeInShop } from "../audit/time-in-shop.ts";
import { usePeopleText } from "./people-texts.ts";

export type PersonAct = "change" | "pin" | "badge" | "revoke" | "leave" | "return";

/** Somebody of the shop, how they sign in, and what may be done about it. */
export function PersonRow(props: {
  readonly person: PersonOfShop;
  readonly canPrint: boolean;
  readonly onAct: (act: PersonAct) => void;
}) {
  const { person } = props;
  const common = useCommonText();
  return (
    <li
      className="people-row"
      data-testid="person-of-shop"
      data-person-id={person.id}
      data-active={person.isActive}
      aria-label={person.name}
    >
      <span className="person-initial" aria-hidden>
        {Array.from(person.name)[0]}
      </span>
      <span className="people-who">
        <strong>{person.name}</strong>
        <span className="settings-soft">{common(`role.${person.role}`)}</span>
      </span>
      <PersonFacts person={person} />
      <PersonActs {...props} />
    </li>
  );
}

function PersonActs(props: {
  readonly person: PersonOfShop;
  readonly canPrint: boolean;
  readonly onAct: (act: PersonAct) => void;
}) {
  const { person, canPrint, onAct } = props;
  const text = usePeopleText();
  return (
    <span className="people-acts">
      {person.isActive && (
        <>
          {!person.isOffice && (
            <Press data-testid="person-change" onClick={() => onAct("change")}>
              <IconPencil size={20} aria-hidden />
              {text("act.change")}
            </Press>
          )}
          <Press data-testid="person-pin" onClick={() => onAct("pin")}>
            <IconKey size={20} aria-hidden />
            {text(person.hasPin ? "act.pin-again" : "act.pin")}
          </Press>
          {person.badgeSinceMs === null ? (
            <Press data-testid="person-badge" disabled={!canPrint} onClick={() => onAct("badge")}>
              <IconBarcode size={20} aria-hidden />
              {text("act.badge")}
            </Press>
          ) : (
            <Press data-testid="person-revoke" onClick={() => onAct("revoke")}>
              <IconBarcode size={20} aria-hidden />
              {text("act.revoke")}
            </Press>
          )}
          {!person.isOffice && (
            <Press
              data-testid="person-leave"
              disabled={person.isLastManager}
              title={person.isLastManager ? text("last-manager") : undefined}
              onClick={() => onAct("leave")}
            >
              <IconUserOff size={20} aria-hidden />
              {text("act.leave")}
            </Press>
          )}
        </>
      )}
      {!person.isActive && !person.isOffice && (
        <Press data-testid="person-return" onClick={() => onAct("return")}>
          <IconUserPlus size={20} aria-hidden />
          {text("act.return")}
        </Press>
      )}
    </span>
  );
}

function PersonFacts({ person }: { readonly person: PersonOfShop }) {
  const text = usePeopleText();
  const { utcOffsetMinutes } = useClockPlace();
  return (
    <span className="people-facts">
      {person.isOffice && (
        <span>
          <IconBuildingStore size={18} aria-hidden /> {text("fact.office")}
        </span>
      )}
      {!person.isActive && <span className="people-away">{text("fact.away")}</span>}
      {person.isActive && !person.hasPin && (
        <span className="people-missing">
          <IconLock size={18} aria-hidden /> {text("fact.no-pin")}
        </span>
      )}
      {person.isActive && person.badgeSinceMs !== null && (
        <span data-testid="has-badge">
          <IconBarcode size={18} aria-hidden />{" "}
          {text("fact.badge", { day: timeInShop(person.badgeSinceMs, utcOffsetMinutes).slice(0, 10) })}
        </span>
      )}
    </span>
  );
}
