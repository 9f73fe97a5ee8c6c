import "./notices.css";
import { IconAlertCircle, IconAlertTriangle, IconBulb, IconCircleCheck } from "@tabler/icons-react";
import type { NoticeView } from "#contract/ipc/till-view.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { act, troubleStore } from "../../till/desk.ts";
import { useFromSection, useSection } from "../../till-client.ts";
import { NoticeActions } from "./NoticeActions.tsx";
import { noticeWords } from "./notice-words.ts";

/** More than two sentences at once are read by nobody. */
const shownAtOnce = 2;

/** Sentences that need no answer: loud, beside the lines they speak about, never over anything that can be pressed. */
export function NoticeStrip() {
  const text = useTillText();
  const notices = useSection("notices");
  const isSignedIn = useFromSection("session", (session) => session !== null && !session.isLocked);
  const shown = notices.slice(-shownAtOnce).toReversed();
  const more = notices.length - shown.length;
  return (
    <div className="notice-strip" aria-label={text("notice.title")} role="region">
      <TroubleStrip />
      <div aria-live="assertive">
        {shown.map((notice) => (
          <Notice key={notice.id} notice={notice} canAct={isSignedIn} />
        ))}
      </div>
      {more > 0 && <p className="notice-more">{text("notice.more", { count: more })}</p>}
    </div>
  );
}

function Notice({ notice, canAct }: { readonly notice: NoticeView; readonly canAct: boolean }) {
  const text = useTillText();
  const locale = useLocale();
  const { sentence, next, tone } = noticeWords(notice, text, locale);
  return (
    <div className={`notice notice-${tone}`} data-testid="notice" data-kind={notice.kind}>
      {tone === "good" ? <IconCircleCheck size={28} aria-hidden /> : <IconAlertTriangle size={28} aria-hidden />}
      <div className="notice-words">
        <strong>{sentence}</strong>
        <span>{next}</span>
      </div>
      {canAct && (
        <div className="notice-actions">
          <NoticeActions notice={notice} />
          <Press data-testid="notice-dismiss" onClick={() => void act("dismiss-notice", { noticeId: notice.id })}>
            {text("notice.dismiss")}
          </Press>
        </div>
      )}
    </div>
  );
}

/** Why the last press did nothing; goes by itself. */
function TroubleStrip() {
  const text = useTillText();
  const place = useClockPlace();
  const trouble = troubleStore.use();
  if (trouble === null) return null;
  const isHint = trouble.kind === "hint";
  return (
    <div
      className={`notice ${isHint ? "notice-hint" : ""}`}
      role="alert"
      data-testid="trouble"
      data-kind={trouble.kind}
    >
      {isHint ? <IconBulb size={26} aria-hidden /> : <IconAlertCircle size={26} aria-hidden />}
      <div className="notice-words">
        <strong>{isHint ? text(`hint.${trouble.hint}`) : faultText(trouble.fault, text, place)}</strong>
      </div>
    </div>
  );
}
