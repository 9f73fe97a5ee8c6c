import { formatCountdown, secondsLeft } from "../i18n/formats.ts";
import { useNow } from "../i18n/use-now.ts";
import { useDisplayText } from "./display-texts.ts";
import { TwoTongues } from "./TwoTongues.tsx";

const radius = 44;
const length = 2 * Math.PI * radius;
/** From here on the ring turns amber: whoever starts now may be too late. */
const closingSeconds = 20;

/** The time a QR has left, as a ring that empties and as a number. It steps once a second and never glides. */
export function CountdownRing({
  startedAtMs,
  deadlineAtMs,
}: {
  readonly startedAtMs: number;
  readonly deadlineAtMs: number;
}) {
  const text = useDisplayText();
  const seconds = secondsLeft(deadlineAtMs, useNow(1_000));
  const wholeSeconds = Math.max(1, Math.ceil((deadlineAtMs - startedAtMs) / 1000));
  const share = Math.min(1, seconds / wholeSeconds);
  const isClosing = seconds <= closingSeconds;
  return (
    <div className={`display-ring${isClosing ? " display-ring-closing" : ""}`}>
      <svg
        viewBox="0 0 100 100"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an inline drawing is no <img>
        role="img"
        aria-label={`${text("qr.seconds")} ${formatCountdown(seconds)}`}
      >
        <circle className="display-ring-track" cx="50" cy="50" r={radius} />
        <circle
          className="display-ring-left"
          cx="50"
          cy="50"
          r={radius}
          strokeDasharray={`${length * share} ${length}`}
          transform="rotate(-90 50 50)"
        />
        <text className="figures" x="50" y="50" textAnchor="middle" dominantBaseline="central" data-testid="qr-seconds">
          {formatCountdown(seconds)}
        </text>
      </svg>
      <TwoTongues text={isClosing ? "qr.closing" : "qr.seconds"} />
    </div>
  );
}
