import type { ShiftRowView } from "#contract/ipc/shift-view.ts";
import { fen } from "#core/money/fen.ts";
import { formatMoney, formatPlainMoney } from "../../i18n/formats.ts";
import { Press } from "../../parts/Press.tsx";
import { clockOf } from "../manager/days.ts";
import { useShiftText } from "../shift/shift-texts.ts";

/** Every shift with how its drawer stood; the one that runs is first. */
export function ShiftList(props: {
  readonly rows: readonly ShiftRowView[] | null;
  readonly shownId: string | null;
  readonly onChoose: (shiftId: string) => void;
  readonly readMore: (() => void) | null;
}) {
  const { rows, shownId, onChoose, readMore } = props;
  const text = useShiftText();
  return (
    <nav className="manager-card shift-list" aria-label={text("shifts")}>
      <ol>
        {rows?.map((row) => (
          <li key={row.shiftId}>
            <ShiftRow row={row} isShown={row.shiftId === shownId} onChoose={() => onChoose(row.shiftId)} />
          </li>
        ))}
      </ol>
      {readMore !== null && (
        <Press data-testid="shifts-more" onClick={readMore}>
          {text("shifts.more")}
        </Press>
      )}
    </nav>
  );
}

function ShiftRow(props: { readonly row: ShiftRowView; readonly isShown: boolean; readonly onChoose: () => void }) {
  const { row, isShown, onChoose } = props;
  const text = useShiftText();
  const end = row.closedAt === null ? "" : clockOf(row.closedAt);
  return (
    <button
      type="button"
      className="shift-row"
      data-testid="shift-row"
      aria-current={isShown ? "true" : undefined}
      onClick={onChoose}
    >
      <span className="shift-row-head figures">
        <strong>{row.businessDate}</strong>
        <span>
          {clockOf(row.openedAt)} – {end}
        </span>
      </span>
      <span className="shift-row-head">
        <span>
          {row.openedByName} <small className="figures">{row.zNumber ?? ""}</small>
        </span>
        <ShiftWord row={row} />
      </span>
      <small className="figures manager-soft">
        {text("shifts.sales", { count: row.saleCount, amount: formatMoney(row.salesFen) })}
        {row.correctionCount > 0 && ` · ${text("shifts.corrected")}`}
      </small>
    </button>
  );
}

/** Open, matching, or off by so much: in the colours of the difference's own note, and louder beyond the limit. */
function ShiftWord({ row: { closedAt, differenceFen, isOverLimit } }: { readonly row: ShiftRowView }) {
  const text = useShiftText();
  if (closedAt === null || differenceFen === null)
    return <span className="shift-open-word">{text("shifts.open")}</span>;
  if (differenceFen === 0) return <span className="shift-good">{text("shifts.matches")}</span>;
  return (
    <span className={`figures ${differenceFen < 0 ? "shift-bad" : "shift-soft"} ${isOverLimit ? "shift-loud" : ""}`}>
      {text(differenceFen < 0 ? "close.short" : "close.over")} {formatPlainMoney(fen(Math.abs(differenceFen)))}
    </span>
  );
}
