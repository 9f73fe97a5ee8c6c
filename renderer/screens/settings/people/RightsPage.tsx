import "./people.css";
import { IconCircleCheck, IconShieldCheck } from "@tabler/icons-react";
import { useState } from "react";
import { rightNames, settableRoles } from "#core/access/rights.ts";
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
  const common = useCommonText();
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
                      onEdit={(edit) => {
                        setDone(false);
                        setEdits(edited(edits, role, right, edit));
                      }}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <footer className="rights-foot">
        <span role="status">
          {changes === null ? text("rights.bad-limit") : text("rights.changes", { count: changes.length })}
        </span>
        <Press data-testid="rights-undo" disabled={edits.size === 0} onClick={() => setEdits(noEdits)}>
          {text("rights.undo")}
        </Press>
        <Press
          tone="primary"
          data-testid="rights-save"
          disabled={changes === null || changes.length === 0}
          onClick={() =>
            changes !== null &&
            desk.ask({
              intent: "save-rights",
              args: { changes: [...changes] },
              words: text("rights.confirm", { count: changes.length }),
            })
          }
        >
          {text("save")}
        </Press>
      </footer>
      {desk.pending !== null && (
        <ManagerPinDialog words={desk.pending.words} onPin={desk.confirm} onClose={desk.leave} />
      )}
    </div>
  );
}
