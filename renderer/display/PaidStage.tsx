import type { DisplayView } from "#contract/ipc/display-view.ts";
import { Money } from "../parts/Money.tsx";
import { MoneyWordMark } from "./MoneyWordMark.tsx";
import { TwoTongues } from "./TwoTongues.tsx";

type Paid = Extract<DisplayView["stage"], { kind: "paid" }>;

/** The sale is on disk. Where cash comes back, the change is what the customer counts: it takes the largest place. */
export function PaidStage({ stage }: { readonly stage: Paid }) {
  const hasChange = stage.changeFen > 0;
  return (
    <div className="display-middle">
      {stage.staticCodeFen === 0 ? (
        <MoneyWordMark word="paid" />
      ) : (
        // Not the word "paid": the shop has yet to see this money.
        <span className="display-of" data-testid="display-unverified">
          <TwoTongues text="unverified" />
          <Money fen={stage.staticCodeFen} />
        </span>
      )}
      {hasChange && (
        <span className="display-of" data-testid="display-amount">
          <TwoTongues text="total" />
          <Money fen={stage.totalFen} />
        </span>
      )}
      {hasChange && <TwoTongues text="change" className="display-caption" />}
      <span className="display-huge display-huge-alone" data-testid={hasChange ? "display-change" : "display-amount"}>
        <Money fen={hasChange ? stage.changeFen : stage.totalFen} />
      </span>
      {stage.points !== undefined && (
        <span className="display-of" data-testid="display-points">
          <span className="figures">{stage.points.label}</span>
          <TwoTongues
            text={stage.points.spent > 0 ? "points.done-spent" : "points.done"}
            values={{ ...stage.points }}
          />
        </span>
      )}
      <TwoTongues text="thanks" className="display-question" testId="display-sentence" />
    </div>
  );
}
