import type { TimingReading } from "#core/latency/day-timings.ts";
import { formatDayAndClock } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { microsWords } from "./finding-words.ts";
import { useHealthText } from "./health-texts.ts";
import { useTimings } from "./use-health.ts";

/** How long a customer waited today, by what for: the usual time, the slowest of a hundred, and the goal beside them. */
export function SpeedCard() {
  const text = useHealthText();
  const place = useClockPlace();
  const timings = useTimings();
  return (
    <section className="manager-card health-speed" data-testid="speed">
      <div className="manager-card-head">
        <h2>{text("speed.title")}</h2>
        {timings !== null && (
          <span className="manager-soft figures">
            {text("speed.since", { time: formatDayAndClock(timings.sinceMs, place) })}
          </span>
        )}
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{text("speed.what")}</th>
            {(["count", "half", "most", "worst", "budget"] as const).map((column) => (
              <th scope="col" key={column} className="health-figure">
                {text(`speed.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {timings?.kinds.map((kind) => (
            <SpeedRow key={kind.kind} timing={kind} />
          ))}
        </tbody>
      </table>
      <p className="manager-soft">{text("speed.legend")}</p>
    </section>
  );
}

/** One slow request of three says nothing about a hundred. */
const leastJudged = 20;

function SpeedRow({ timing }: { readonly timing: TimingReading }) {
  const { kind, count, p50Micros, p99Micros, worstMicros, unanswered, budgetMs } = timing;
  const text = useHealthText();
  const isOver = count >= leastJudged && p99Micros > budgetMs * 1_000;
  const time = (micros: number): string => (count === 0 ? text("speed.none") : microsWords(micros));
  return (
    <tr data-testid="speed-row" data-kind={kind} data-count={count} data-over={isOver}>
      <th scope="row">
        {text(`speed.${kind}`)}
        {unanswered > 0 && <span className="health-unanswered">{text("speed.unanswered", { count: unanswered })}</span>}
      </th>
      <td className="health-figure figures" data-word={text("speed.count")}>
        {count}
      </td>
      <td className="health-figure figures" data-word={text("speed.half")}>
        {time(p50Micros)}
      </td>
      <td className={`health-figure figures ${isOver ? "health-over" : ""}`} data-word={text("speed.most")}>
        {time(p99Micros)}
        {isOver && <span className="health-over-word">{text("speed.over")}</span>}
      </td>
      <td className="health-figure figures" data-word={text("speed.worst")}>
        {time(worstMicros)}
      </td>
      <td className="health-figure figures manager-soft" data-word={text("speed.budget")}>
        {microsWords(budgetMs * 1_000)}
      </td>
    </tr>
  );
}
