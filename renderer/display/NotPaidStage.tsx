import type { DisplayView } from "#contract/ipc/display-view.ts";
import { Money } from "../parts/Money.tsx";
import { MoneyWordMark } from "./MoneyWordMark.tsx";
import { TwoTongues } from "./TwoTongues.tsx";

type NotPaid = Extract<DisplayView["stage"], { kind: "not-paid" }>;

export function NotPaidStage({ stage }: { readonly stage: NotPaid }) {
  return (
    <div className="display-middle">
      <MoneyWordMark word="not-paid" />
      <span className="display-huge display-huge-alone" data-testid="display-amount">
        <Money fen={stage.amountFen} />
      </span>
      <TwoTongues
        text={stage.isReturned ? "returned" : "not-paid"}
        className="display-question"
        testId="display-sentence"
      />
      <TwoTongues text="not-paid.hint" className="display-hint" />
    </div>
  );
}
