import "../manager/manager.css";
import "./health.css";
import { IconArrowLeft, IconStethoscope } from "@tabler/icons-react";
import { healthCheckNames, type HealthState, numberInWords } from "#core/health/checks.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { useKeys } from "../../till/keys.ts";
import { CheckList } from "./CheckList.tsx";
import { useHealthText } from "./health-texts.ts";
import { SpeedCard } from "./SpeedCard.tsx";
import { SupportCard } from "./SupportCard.tsx";
import { checksAtOnce, type HealthDesk, useHealth } from "./use-health.ts";

/** How the till is, by number: checks with what to do, how fast it was today, and what support is given. Main checks the role. */
export function HealthPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useHealthText();
  const tillText = useTillText();
  const place = useClockPlace();
  const desk = useHealth();
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  return (
    <div className="manager health" data-testid="health-page">
      <header className="manager-bar health-bar">
        <Press data-testid="health-leave" onClick={onLeave}>
          <IconArrowLeft size={22} aria-hidden />
          {text("back")}
          <KeyCap>Esc</KeyCap>
        </Press>
        <h1>{text("title")}</h1>
        <Press
          tone="primary"
          data-testid="health-run"
          disabled={desk.running.size > 0}
          onClick={() => desk.run(checksAtOnce)}
        >
          <IconStethoscope size={22} aria-hidden />
          {text(desk.running.size > 0 ? "running" : "run-all")}
        </Press>
      </header>
      {desk.fault !== null && <TroubleNote text={faultText(desk.fault, tillText, place)} />}
      <main className="health-body">
        <div className="health-left">
          <Summary desk={desk} />
          <CheckList desk={desk} />
        </div>
        <div className="health-right">
          <SpeedCard />
          <SupportCard />
        </div>
      </main>
    </div>
  );
}

/** Whether there is anything to do, by the numbers that are read out on the phone. */
function Summary({ desk }: { readonly desk: HealthDesk }) {
  const text = useHealthText();
  const numbersOf = (wanted: HealthState): string =>
    healthCheckNames
      .filter((check) => desk.results.get(check)?.state === wanted)
      .map(numberInWords)
      .join(" ");
  const broken = numbersOf("broken");
  const look = numbersOf("look");
  const isRun = checksAtOnce.some((check) => desk.results.has(check));
  const light = !isRun ? "none" : broken !== "" ? "broken" : look !== "" ? "look" : "ok";
  const troubles = [
    ...(broken === "" ? [] : [text("summary.broken", { numbers: broken })]),
    ...(look === "" ? [] : [text("summary.look", { numbers: look })]),
  ];
  return (
    <p
      className={`health-summary health-${light}`}
      role="status"
      data-testid="health-summary"
      data-state={desk.running.size > 0 ? "running" : light}
    >
      {!isRun ? text("summary.not-run") : troubles.length === 0 ? text("summary.good") : troubles.join(" · ")}
    </p>
  );
}
