import { formatMoney } from "../../i18n/formats.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { useManagerText } from "../manager/manager-texts.ts";
import { canChoose, keyOf, type RefundWay } from "./use-refund-form.ts";

/** The ways the money may go back, each with how much is left of it or why it is closed. */
export function RefundWays(props: {
  readonly ways: readonly RefundWay[];
  readonly chosen: RefundWay | null;
  readonly onChoose: (way: RefundWay) => void;
}) {
  const text = useManagerText();
  return (
    <div className="refund-tenders" role="group" aria-label={text("refund.of")}>
      {props.ways.map((way) => (
        <Press
          key={keyOf(way)}
          data-testid="refund-tender"
          data-in-cash={way.inCash}
          aria-pressed={props.chosen !== null && keyOf(way) === keyOf(props.chosen)}
          disabled={!canChoose(way)}
          onClick={() => props.onChoose(way)}
        >
          <Way way={way} />
        </Press>
      ))}
    </div>
  );
}

function Way({ way }: { readonly way: RefundWay }) {
  const text = useManagerText();
  const common = useCommonText();
  const { kind, inCash, remainingFen, blocked } = way;
  return (
    <>
      <span>
        <i className={`manager-dot manager-tender-${inCash ? "cash" : kind}`} aria-hidden="true" />
        {inCash ? text("refund.in-cash") : common(`tender.${kind}`)}
      </span>
      <small className="figures">
        {blocked === null
          ? text("refund.remaining", { amount: formatMoney(remainingFen) })
          : text(`refund.blocked.${blocked}`)}
      </small>
    </>
  );
}
