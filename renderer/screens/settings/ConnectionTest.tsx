import { Progress } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconPlugConnected } from "@tabler/icons-react";
import type { ConnectionStage, ConnectionVerdict, TestedSetup } from "#contract/ipc/setup-view.ts";
import { formatClock } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useNow } from "../../i18n/use-now.ts";
import { Press } from "../../parts/Press.tsx";
import { useSection } from "../../till-client.ts";
import { SettingsNote } from "./SettingsNote.tsx";
import { useSettingsText } from "./settings-texts.ts";
import { verdictWords } from "./verdict-words.ts";

/** Tries the connection and says what keeps the till from being paid; it can be cancelled, and never charges. */
export function ConnectionTest(props: {
  readonly of: TestedSetup;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}) {
  const { of, onRun, onCancel } = props;
  const text = useSettingsText();
  const place = useClockPlace();
  const test = useSection("connectionTest");
  if (test.kind === "running" && test.of === of) {
    return <Running stage={test.stage} startedAtMs={test.startedAtMs} onCancel={onCancel} />;
  }
  const done = test.kind === "done" && test.of === of ? test : null;
  return (
    <div className="connection-test" data-testid="connection-test" data-verdict={done?.verdict.kind ?? ""}>
      {done === null ? (
        <p className="settings-soft">{text("test.not-yet")}</p>
      ) : (
        <Verdict verdict={done.verdict} at={formatClock(done.endedAtMs, place)} />
      )}
      <Press data-testid="test-run" onClick={onRun}>
        <IconPlugConnected size={22} aria-hidden />
        {text(done === null ? "test.run" : "test.again")}
      </Press>
    </div>
  );
}

function Verdict({ verdict, at }: { readonly verdict: ConnectionVerdict; readonly at: string }) {
  const text = useSettingsText();
  const { sentence, next, isGood } = verdictWords(verdict, text);
  return (
    <SettingsNote
      tone={isGood ? "good" : "grave"}
      icon={isGood ? IconCircleCheck : IconAlertTriangle}
      testId="test-verdict"
      sentence={sentence}
      next={next}
    >
      <span className="figures settings-note-time">{text("test.at", { time: at })}</span>
    </SettingsNote>
  );
}

/** How much of the way each stage stands for, in percent. */
const shares: Readonly<Record<ConnectionStage, number>> = { certificates: 15, asking: 35, probing: 70 };

function Running(props: {
  readonly stage: ConnectionStage;
  readonly startedAtMs: number;
  readonly onCancel: () => void;
}) {
  const { stage, startedAtMs, onCancel } = props;
  const text = useSettingsText();
  const nowMs = useNow(1_000);
  const seconds = Math.max(0, Math.round((nowMs - startedAtMs) / 1_000));
  return (
    <div className="connection-test" data-testid="connection-test" data-verdict="running">
      <div className="connection-progress" role="status">
        <span>{text(`test.stage.${stage}`)}</span>
        <span className="figures settings-soft">{text("test.seconds", { seconds })}</span>
        <Progress value={shares[stage]} aria-label={text(`test.stage.${stage}`)} transitionDuration={100} size="md" />
      </div>
      <Press data-testid="test-cancel" onClick={onCancel}>
        {text("test.cancel")}
      </Press>
    </div>
  );
}
