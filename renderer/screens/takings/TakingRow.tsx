import type { StaticTaking, StaticTakingEnd } from "#core/tender/static-taking.ts";
import { timeOnPaper } from "#core/receipt/elements.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { Press } from "../../parts/Press.tsx";
import { useManagerText } from "../manager/manager-texts.ts";

/** One taking: how much, of which sale, what is known of it, and what a manager may say of an open one. */
export function TakingRow(props: {
  readonly taking: StaticTaking;
  readonly onEnd: (how: StaticTakingEnd["kind"]) => void;
}) {
  const { taking, onEnd } = props;
  const text = useManagerText();
  return (
    <li data-testid="taking" data-state={taking.state} data-sale-number={taking.saleNumber}>
      <div className="taking-what">
        <strong className="figures">
          {formatMoney(taking.amountFen)} · {taking.saleNumber}
        </strong>
        <small className="figures">
          {timeOnPaper(taking.takenAt)} · {taking.cashierName}
        </small>
        <small className={`taking-${taking.state}`}>{takingWords(taking, text)}</small>
      </div>
      {taking.state === "open" && (
        <div className="taking-acts">
          <Press data-testid="taking-match" onClick={() => onEnd("matched")}>
            {text("takings.match")}
          </Press>
          <Press data-testid="taking-write-off" onClick={() => onEnd("never-received")}>
            {text("takings.write-off")}
          </Press>
        </div>
      )}
    </li>
  );
}

/** What is known of a taking, in a sentence. */
export function takingWords(taking: StaticTaking, text: ReturnType<typeof useManagerText>): string {
  switch (taking.state) {
    case "open":
      return text("takings.state.open");
    case "matched":
      return text("takings.state.matched", { number: taking.transactionId ?? "" });
    case "never-received":
      return text("takings.state.never-received", { reason: taking.reason ?? "" });
  }
}
