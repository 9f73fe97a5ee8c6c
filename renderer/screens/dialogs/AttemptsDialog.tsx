import "./dialogs.css";
import type { AttemptView } from "#contract/ipc/till-view.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { formatDayAndClock } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { Money } from "../../parts/Money.tsx";
import { Press } from "../../parts/Press.tsx";
import { act, closeDialog } from "../../till/desk.ts";
import { useSection } from "../../till-client.ts";
import { attemptSentence, causeSentence } from "../payment/attempt-words.ts";
import { MoneyWordPanel } from "../payment/MoneyWordPanel.tsx";

/** Payments whose end is not known, of this sale or of parked ones. They leave the list by themselves. */
export function AttemptsDialog() {
  const text = useTillText();
  const attempts = useSection("openAttempts");
  return (
    <Dialog title={text("attempts.title")} size="wide" testId="attempts" onClose={closeDialog} onEnter={closeDialog}>
      <p className="dialog-soft">{text(attempts.length === 0 ? "attempts.none" : "attempts.explain")}</p>
      {attempts.map((attempt) => (
        <OpenAttemptCard key={attempt.outTradeNo} attempt={attempt} />
      ))}
    </Dialog>
  );
}

function OpenAttemptCard({ attempt }: { readonly attempt: AttemptView }) {
  const text = useTillText();
  const common = useCommonText();
  const place = useClockPlace();
  const cause = causeSentence(attempt, text);
  return (
    <MoneyWordPanel
      word={attempt.word}
      sentence={attemptSentence(attempt, text)}
      aside={
        <span className="attempt-amount">
          <Money fen={attempt.amountFen} />
        </span>
      }
    >
      {cause !== null && <p>{cause}</p>}
      <div className="attempt-facts">
        <span className="figures">
          {common("tender.wechat")} · {common(`method.${attempt.kind}`)} ·{" "}
          {text("attempts.since", { time: formatDayAndClock(attempt.startedAtMs, place) })}
          <br />
          {text("attempts.number", { number: attempt.outTradeNo })}
        </span>
        {attempt.canCancel && (
          <Press onClick={() => void act("cancel-attempt", { outTradeNo: attempt.outTradeNo })}>
            {text("attempt.cancel")}
          </Press>
        )}
      </div>
    </MoneyWordPanel>
  );
}
