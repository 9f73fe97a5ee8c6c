import "./dialogs.css";
import type { AttemptView } from "#contract/ipc/till-view.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { formatCountdown, formatDayAndClock } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { useNow } from "../../i18n/use-now.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { Money } from "../../parts/Money.tsx";
import { Press } from "../../parts/Press.tsx";
import { act, closeDialog, openDialog } from "../../till/desk.ts";
import { useFromSection, useSection } from "../../till-client.ts";
import { attemptSentence, causeSentence, nextSentence } from "../payment/attempt-words.ts";
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
      <p className="word-next">{nextSentence(attempt, text)}</p>
      <Facts attempt={attempt} />
      <Acts attempt={attempt} />
    </MoneyWordPanel>
  );
}

/** Whose it is, since when, and the number WeChat's own records know it by. */
function Facts({ attempt }: { readonly attempt: AttemptView }) {
  const text = useTillText();
  const common = useCommonText();
  const place = useClockPlace();
  const nowMs = useNow(1_000);
  const isOnScreen = useFromSection("sale", (sale) => sale.saleId === attempt.saleId);
  const label = useFromSection("held", (held) => held.find(({ saleId }) => saleId === attempt.saleId)?.label ?? "");
  const seconds = Math.max(0, Math.floor((nowMs - attempt.startedAtMs) / 1_000));
  const age = seconds < 60 ? text("attempt.seconds", { seconds }) : formatCountdown(seconds);
  const whose = isOnScreen ? text("attempts.this-sale") : text("attempts.parked");
  return (
    <div className="attempt-facts figures">
      <span>
        {label === "" ? whose : `${whose} · ${label}`} · {common("tender.wechat")} · {common(`method.${attempt.kind}`)}
      </span>
      <span data-testid="attempt-age">
        {text("attempts.since", { time: formatDayAndClock(attempt.startedAtMs, place) })} ·{" "}
        {text("attempts.age", { age })}
      </span>
      <span>{text("attempts.number", { number: attempt.outTradeNo })}</span>
    </div>
  );
}

/** Only what cannot charge anybody twice. */
function Acts({ attempt }: { readonly attempt: AttemptView }) {
  const text = useTillText();
  const { outTradeNo } = attempt;
  if (!attempt.canAsk && !attempt.canCancel && !attempt.canGiveBack) return null;
  return (
    <div className="attempt-acts">
      {attempt.canAsk && (
        <Press data-testid="attempt-ask" onClick={() => void act("ask-attempt", { outTradeNo })}>
          {text("attempt.ask")}
        </Press>
      )}
      {attempt.canCancel && (
        <Press data-testid="attempt-cancel" onClick={() => void act("cancel-attempt", { outTradeNo })}>
          {text("attempt.cancel")}
        </Press>
      )}
      {attempt.canGiveBack && (
        <Press data-testid="attempt-give-back" onClick={() => openDialog({ kind: "return-charge", outTradeNo })}>
          {text("attempt.give-back")}
        </Press>
      )}
    </div>
  );
}
