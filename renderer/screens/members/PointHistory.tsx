import type { PointEntryView } from "#contract/ipc/member-intents.ts";
import { Press } from "../../parts/Press.tsx";
import { clockOf } from "../manager/days.ts";
import { useMembersText } from "./members-texts.ts";
import { useMemberPoints } from "./use-members.ts";

/** What moved the balance, newest first; each leads to its sale and that to its paper. */
export function PointHistory(props: {
  readonly memberId: string;
  readonly balance: number;
  readonly onSale: (saleId: string) => void;
}) {
  const { memberId, balance, onSale } = props;
  const text = useMembersText();
  const { rows, readMore } = useMemberPoints(memberId, balance);
  return (
    <section className="member-history" aria-label={text("history")}>
      <h3>{text("history")}</h3>
      {rows?.length === 0 && <p className="manager-soft">{text("history.none")}</p>}
      <ol>
        {rows?.map((row) => (
          <li key={row.position}>
            <PointRow row={row} onSale={onSale} />
          </li>
        ))}
      </ol>
      {readMore !== null && (
        <Press data-testid="history-more" onClick={readMore}>
          {text("history.more")}
        </Press>
      )}
    </section>
  );
}

function PointRow({ row, onSale }: { readonly row: PointEntryView; readonly onSale: (saleId: string) => void }) {
  const text = useMembersText();
  const { kind, points, saleId, saleNumber, at } = row;
  const signed = points > 0 ? `+${points}` : String(points);
  return (
    <button
      type="button"
      className="member-point-row"
      data-testid="point-row"
      data-kind={kind}
      // Goods taken back without a receipt have a number, and no sale that could be opened.
      disabled={saleId === null}
      aria-label={`${text(`history.${kind}`)} ${signed} ${saleId === null ? saleNumber : text("history.open", { number: saleNumber })}`}
      onClick={() => {
        if (saleId !== null) onSale(saleId);
      }}
    >
      <span className="figures">
        {at.slice(0, 10)} {clockOf(at)}
      </span>
      <span>{text(`history.${kind}`)}</span>
      <span className="figures manager-soft">{saleNumber}</span>
      <strong className="figures">{signed}</strong>
    </button>
  );
}
