import { grantsOf, isLimited, limitUnits, type RightName, type SettableRole } from "#core/access/rights.ts";
import { useCommonText } from "../../../i18n/common-texts.ts";
import { usePeopleText } from "./people-texts.ts";
import { readLimit } from "./read-limit.ts";
import type { ShownRight } from "./rights-draft.ts";

/** One right of one role: yes, with a manager, or no; and up to how much where it has a limit. */
export function RightCell(props: {
  readonly role: SettableRole;
  readonly right: RightName;
  readonly shown: ShownRight;
  readonly onEdit: (edit: ShownRight) => void;
}) {
  const { role, right, shown, onEdit } = props;
  const text = usePeopleText();
  const common = useCommonText();
  const about = `${common(`role.${role}`)} · ${text(`right.${right}`)}`;
  return (
    <div className="right-cell" data-testid={`right-${role}`}>
      <div className="right-grants" role="group" aria-label={about}>
        {grantsOf(right).map((grant) => (
          <button
            key={grant}
            type="button"
            data-testid={`grant-${grant}`}
            data-grant={grant}
            aria-pressed={shown.grant === grant}
            onClick={() => onEdit({ ...shown, grant })}
          >
            {text(`grant.${grant}`)}
          </button>
        ))}
      </div>
      {isLimited(right) && shown.grant === "yes" && (
        <label className="right-limit">
          <span>{text("limit")}</span>
          {limitUnits[right] === "fen" && <span aria-hidden>¥</span>}
          <input
            className="figures"
            inputMode="decimal"
            data-testid="limit"
            aria-label={`${about} ${text(`limit.${limitUnits[right]}`)}`}
            aria-invalid={readLimit(shown.limit, right) === null}
            maxLength={11}
            value={shown.limit}
            onChange={(event) => onEdit({ ...shown, limit: event.currentTarget.value })}
          />
          {limitUnits[right] === "basis-points" && <span aria-hidden>%</span>}
        </label>
      )}
    </div>
  );
}
