import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconLoader2,
  IconRefresh,
} from "@tabler/icons-react";
import type { HealthResultView } from "#contract/ipc/health-intents.ts";
import { type HealthCheck, healthCheckNames, numberInWords } from "#core/health/checks.ts";
import { formatClock } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { useSection } from "../../till-client.ts";
import { useDeviceText } from "../settings/devices/device-texts.ts";
import { lightOf, stateWords } from "../settings/devices/device-words.ts";
import { findingWords } from "./finding-words.ts";
import { useHealthText } from "./health-texts.ts";
import type { HealthDesk } from "./use-health.ts";

/** Every check under the number that is said on the phone. */
export function CheckList({ desk }: { readonly desk: HealthDesk }) {
  const text = useHealthText();
  return (
    <Scrolled className="manager-card health-list" label={text("list")}>
      <ol>
        {healthCheckNames.map((check) => (
          <CheckRow
            key={check}
            check={check}
            result={desk.results.get(check) ?? null}
            isRunning={desk.running.has(check)}
            onRun={() => desk.run([check])}
          />
        ))}
      </ol>
    </Scrolled>
  );
}

const marks = {
  ok: IconCircleCheckFilled,
  look: IconAlertTriangleFilled,
  broken: IconAlertOctagonFilled,
  none: IconCircleDashed,
} as const;

function CheckRow(props: {
  readonly check: HealthCheck;
  readonly result: HealthResultView | null;
  readonly isRunning: boolean;
  readonly onRun: () => void;
}) {
  const { check, result, isRunning, onRun } = props;
  const text = useHealthText();
  const place = useClockPlace();
  const name = text(`check.${check}`);
  const number = numberInWords(check);
  const light = result?.state ?? "none";
  const Mark = isRunning ? IconLoader2 : marks[light];
  const words = result === null ? null : findingWords(result, text);
  return (
    <li
      className={`health-row health-${isRunning ? "none" : light}`}
      data-testid="health-check"
      data-check={check}
      data-state={isRunning ? "running" : result === null ? "not-run" : light}
      data-word={result?.word}
    >
      <strong className="health-number figures">{number}</strong>
      <Mark size={24} className="health-mark" role="img" aria-label={text(isRunning ? "running" : `state.${light}`)} />
      <div className="health-words">
        <span>
          <strong>{name}</strong>{" "}
          <span className="health-sentence">{isRunning ? text("running") : (words?.sentence ?? text("not-run"))}</span>
        </span>
        {!isRunning && words?.next !== null && words !== null && <span className="health-next">{words.next}</span>}
        {check === "devices" && light === "look" && <TroubledDevices />}
      </div>
      <span className="health-time figures manager-soft">
        {result !== null && result.word !== "unchecked" && !isRunning ? formatClock(result.atMs, place) : ""}
      </span>
      <Press
        className="health-run"
        aria-label={text("run.named", { number, name })}
        title={text("run")}
        disabled={isRunning}
        onClick={onRun}
      >
        <IconRefresh size={20} aria-hidden />
      </Press>
    </li>
  );
}

/** Which of the devices it is, in the words of their own page. */
function TroubledDevices() {
  const text = useDeviceText();
  const { devices } = useSection("status");
  const troubled = devices.filter((device) => lightOf(device) !== "good");
  return (
    <ul className="health-devices">
      {troubled.map((device) => (
        <li key={`${device.role} ${device.deviceId}`}>
          {text(`role.${device.role}`)}: {stateWords(device, text)}
        </li>
      ))}
    </ul>
  );
}
