import { IconLock } from "@tabler/icons-react";
import type { PersonView } from "#contract/ipc/till-view.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { useCountdown } from "../../parts/use-countdown.ts";

/** One tile a person; the arrows walk over them. */
export function PersonTiles(props: {
  readonly people: readonly PersonView[];
  readonly chosenId: string | null;
  readonly onChoose: (id: string) => void;
}) {
  const text = useTillText();
  return (
    <div className="person-tiles" role="group" aria-label={text("sign-in.people")}>
      {props.people.map((person) => (
        <PersonTile
          key={person.id}
          person={person}
          isChosen={person.id === props.chosenId}
          onChoose={() => props.onChoose(person.id)}
        />
      ))}
    </div>
  );
}

function PersonTile(props: { readonly person: PersonView; readonly isChosen: boolean; readonly onChoose: () => void }) {
  const { person, isChosen, onChoose } = props;
  const text = useTillText();
  const common = useCommonText();
  const lock = useCountdown(person.lockedUntilMs);
  return (
    <button
      type="button"
      className="person-tile"
      aria-pressed={isChosen}
      data-testid="person"
      data-person-id={person.id}
      onClick={onChoose}
    >
      <span className="person-initial" aria-hidden>
        {Array.from(person.name)[0]}
      </span>
      <span className="person-words">
        <span className="person-name">{person.name}</span>
        <span className="person-role">{common(`role.${person.role}`)}</span>
        {!person.hasPin ? (
          <span className="person-locked" data-testid="no-pin">
            <IconLock size={16} aria-hidden /> {text("sign-in.no-pin")}
          </span>
        ) : lock.seconds > 0 ? (
          <span className="person-locked figures">
            <IconLock size={16} aria-hidden /> {text("sign-in.locked-short", { time: lock.clock })}
          </span>
        ) : (
          person.demoPin !== null && (
            <span className="person-demo figures" data-testid="demo-pin">
              {text("sign-in.demo-pin", { pin: person.demoPin })}
            </span>
          )
        )}
      </span>
    </button>
  );
}
