import type { DisplayView } from "#contract/ipc/display-view.ts";
import { Money } from "../parts/Money.tsx";
import { MoneyWordMark } from "./MoneyWordMark.tsx";
import { TwoTongues } from "./TwoTongues.tsx";

type Paying = Extract<DisplayView["stage"], { kind: "paying" }>;

/** Nobody knows yet whether the money moved: says so, and what the customer can do about it. */
export function PayingStage({ stage }: { readonly stage: Paying }) {
  const what = stage.isCancelling ? "cancelling" : stage.isPasswordAsked ? "password" : "waiting";
  return (
    <div className="display-middle">
      <MoneyWordMark word="not-known" />
      <span className="display-huge display-huge-alone" data-testid="display-amount">
        <Money fen={stage.amountFen} />
      </span>
      <TwoTongues text={what} className="display-question" testId="display-sentence" />
      {what !== "password" && <TwoTongues text="waiting.hint" className="display-hint" />}
    </div>
  );
}
