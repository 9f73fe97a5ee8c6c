import "./people.css";
import { IconCircleCheck, IconShieldCheck } from "@tabler/icons-react";
import { useState } from "react";
import { rightNames, type Rights, settableRoles } from "#core/access/rights.ts";
import { useCommonText } from "../../../i18n/common-texts.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { useKeys } from "../../../till/keys.ts";
import { SettingsNote } from "../SettingsNote.tsx";
import { ManagerPinDialog } from "./ManagerPinDialog.tsx";
import { usePeopleText } from "./people-texts.ts";
import { changesOf, edited, noEdits, shownAs, type Edits } from "./rights-draft.ts";
import { RightCell } from "./RightCell.tsx";
import { usePeople } from "./use-people.ts";

/** What each role may do, changed in place and saved all at once by a manager's PIN. */
export function RightsPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = usePeopleText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [edits, setEdits] = useState<Edits>(noEdits);
  const [isDone, setDone] = useState(false);
  const desk = usePeople(() => {
    setEdits(noEdits);
    setDone(true);
  });
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  if (desk.view === null) {
    return desk.fault === null ? null : <TroubleNote text={faultText(desk.fault, tillText, place)} />;
  }
  const { rights } = desk.view;
  const changes = changesOf(edits, rights);
  const save = (): void => {
    if (changes === null) return;
    const words = text("rights.confirm", { count: changes.length });
    desk.ask({ intent: "save-rights", args: { changes: [...changes] }, words });
  };
  return (
    <div className="rights-page" data-testid="rights-page">
      <div className="settings-scroll">
        <div className="settings-head">
          <h2>{text("rights")}</h2>
        </div>
        {isDone && edits.size === 0 ? (
          <SettingsNote tone="good" icon={IconCircleCheck} testId="rights-done" sentence={text("rights.done")} />
        ) : (
          <SettingsNote tone="plain" icon={IconShieldCheck} sentence={text("rights.manager")} />
        )}
        <RightsTable
          {...{ rights, edits }}
          onEdit={(next) => {
            setDone(false);
            setEdits(next);
          }}
        />
      </div>
      <RightsFoot
        changeCount={changes?.length ?? null}
        hasEdits={edits.size > 0}
        onUndo={() => setEdits(noEdits)}
        onSave={save}
      />
      {desk.pending !== null && (
        <ManagerPinDialog words={desk.pending.words} onPin={desk.confirm} onClose={desk.leave} />
      )}
    </div>
  );
}

function RightsTable(props: {
  readonly rights: Rights;
  readonly edits: Edits;
  readonly onEdit: (edits: Edits) => void;
}) {
  const { rights, edits, onEdit } = props;
  const text = usePeopleText();
  const common = useCommonText();
  return (
    <table className="settings-card rights-table">
      <thead>
        <tr>
          <th scope="col">{text("rights.what")}</th>
          {settableRoles.map((role) => (
            <th key={role} scope="col">
              {common(`role.${role}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rightNames.map((right) => (
          <tr key={right} data-testid="right" data-right={right}>
            <th scope="row">{text(`right.${right}`)}</th>
            {settableRoles.map((role) => (
              <td key={role}>
                <RightCell
                  {...{ role, right }}
                  shown={shownAs(edits, rights, role, right)}
                  onEdit={(edit) => onEdit(edited(edits, role, right, edit))}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How many changes wait, and what becomes of them. `changeCount` is null while a limit is none. */
function RightsFoot(props: {
  readonly changeCount: number | null;
  readonly hasEdits: boolean;
  readonly onUndo: () => void;
  readonly onSave: () => void;
}) {
  const { changeCount, hasEdits, onUndo, onSave } = props;
  const text = usePeopleText();
  return (
    <footer className="rights-foot">
      <span role="status">
        {changeCount === null ? text("rights.bad-limit") : text("rights.changes", { count: changeCount })}
      </span>
      <Press data-testid="rights-undo" disabled={!hasEdits} onClick={onUndo}>
        {text("rights.undo")}
      </Press>
      <Press
        tone="primary"
        data-testid="rights-save"
        disabled={changeCount === null || changeCount === 0}
        onClick={onSave}
      >
        {text("save")}
      </Press>
    </footer>
  );
}
