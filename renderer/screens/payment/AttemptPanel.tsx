import { IconClockPause, IconHourglass, IconRefresh, IconX } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import type { AttemptView } from "#contract/ipc/till-view.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { ActionKey } from "../../parts/ActionKey.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Money } from "../../parts/Money.tsx";
import { Press } from "../../parts/Press.tsx";
import { useCountdown } from "../../parts/use-countdown.ts";
import { act } from "../../till/desk.ts";
import { isKeyOf } from "../../till/key-map.ts";
import { useKeys } from "../../till/keys.ts";
import { attemptSentence, causeSentence, nextSentence } from "./attempt-words.ts";
import { CarriedPanel } from "./CarriedPanel.tsx";
import { MoneyWordPanel } from "./MoneyWordPanel.tsx";

/** The drawing of codes is large and only some payments need it: no start waits for it. */
const QrCopy = lazy(async () => ({ default: (await import("./QrCopy.tsx")).QrCopy }));

/** How one WeChat attempt stands. While it is not known, the only keys are those that cannot charge anybody twice. */
export function AttemptPanel({ attempt }: { readonly attempt: AttemptView }) {
  const text = useTillText();
  const sentence = attemptSentence(attempt, text);
  if (attempt.word === "not-paid") {
    return (
      <MoneyWordPanel word="not-paid" sentence={sentence}>
        {/* Where WeChat is set up wrongly its own sentence says to take cash, and another scan would end alike. */}
        {!isShopsOwnFault(attempt) && <p className="word-next">{text("attempt.other-way-hint")}</p>}
      </MoneyWordPanel>
    );
  }
  if (attempt.carried !== undefined) return <CarriedPanel attempt={attempt} />;
  return <OpenAttempt attempt={attempt} sentence={sentence} />;
}

function OpenAttempt({ attempt, sentence }: { readonly attempt: AttemptView; readonly sentence: string }) {
  const text = useTillText();
  const canPark = canBeParked(attempt);
  const cancel = (): void => void act("cancel-attempt", { outTradeNo: attempt.outTradeNo });
  const park = (): void => void act("park-sale", {});
  const ask = (): void => void act("ask-attempt", { outTradeNo: attempt.outTradeNo });
  useKeys("payment", (event) => {
    if (event.repeat) return true;
    if (event.key === "Escape" && attempt.canCancel) cancel();
    else if (isKeyOf("park-sale", event) && canPark) park();
    else if (isKeyOf("ask-attempt", event) && canAskNow(attempt)) ask();
    else return false;
    return true;
  });
  const cause = causeSentence(attempt, text);
  return (
    <div className="open-attempt">
      <MoneyWordPanel word={attempt.word} sentence={sentence} isLarge>
        {attempt.codeUrl !== null && (
          <Suspense fallback={<div className="qr-copy" />}>
            <QrCopy codeUrl={attempt.codeUrl} />
          </Suspense>
        )}
        {cause !== null && <p className={attempt.refusedReason === null ? "word-cause" : "word-reason"}>{cause}</p>}
        <p className="word-amount">
          <Money fen={attempt.amountFen} />
          <SecondsLeft attempt={attempt} />
        </p>
        {attempt.codeUrl === null && <p className="word-next">{nextSentence(attempt, text)}</p>}
      </MoneyWordPanel>
      <div className="attempt-keys">
        {canAskNow(attempt) && (
          <Press data-testid="ask-attempt" onClick={ask}>
            <IconRefresh size={24} aria-hidden />
            {text("attempt.ask")} <ActionKey action="ask-attempt" />
          </Press>
        )}
        {attempt.canCancel && (
          <Press data-testid="cancel-attempt" onClick={cancel}>
            <IconX size={24} aria-hidden />
            {text("attempt.cancel")} <KeyCap>Esc</KeyCap>
          </Press>
        )}
        {canPark && (
          <Press tone="primary" data-testid="park-sale" onClick={park}>
            <IconClockPause size={24} aria-hidden />
            {text("attempt.park")} <ActionKey action="park-sale" />
          </Press>
        )}
        {!attempt.canCancel && !canPark && <p>{text("attempt.wait")}</p>}
      </div>
    </div>
  );
}

function isShopsOwnFault({ refusedReason }: AttemptView): boolean {
  return refusedReason === "merchant-configuration" || refusedReason === "signature-rejected";
}

/** Once the customer can do nothing more for it, the queue need not wait for the answer. */
function canBeParked({ phase }: AttemptView): boolean {
  return phase === "waiting-for-answer" || phase === "cancelling" || phase === "needs-manager";
}

/** While the customer holds the phone the till asks every few seconds; only an answer that stays out is worth a press. */
function canAskNow(attempt: AttemptView): boolean {
  return attempt.canAsk && canBeParked(attempt);
}

function SecondsLeft({ attempt }: { readonly attempt: AttemptView }) {
  const text = useTillText();
  const { seconds, clock } = useCountdown(attempt.deadlineAtMs);
  if (attempt.deadlineAtMs === null || seconds === 0 || attempt.phase === "cancelling") return null;
  return (
    <span className="seconds-left figures" data-testid="seconds-left" role="timer">
      <IconHourglass size={28} aria-hidden />
      {seconds < 60 ? text("attempt.seconds", { seconds: clock }) : clock}
    </span>
  );
}
