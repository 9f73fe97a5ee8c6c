import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconArchive,
  IconCircleCheckFilled,
  IconClockHour4,
  IconCloudOff,
  type Icon,
} from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { ReconciliationDayRow, ReconciliationDayState } from "#contract/ipc/reconciliation-view.ts";
import { dateInWords } from "../../i18n/formats.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { useReconciliationText } from "./reconciliation-texts.ts";
import { useRunning } from "./use-reconciliation.ts";

const rowHeight = 60;

const icons: Readonly<Record<ReconciliationDayState, Icon>> = {
  agrees: IconCircleCheckFilled,
  open: IconAlertTriangleFilled,
  alarm: IconAlertOctagonFilled,
  waiting: IconClockHour4,
  due: IconClockHour4,
  early: IconClockHour4,
  trouble: IconCloudOff,
  "too-old": IconArchive,
};

/** Every day there is a bill for, newest first, with how it stands. Only the rows in sight exist. */
export function DayList(props: {
  readonly days: readonly ReconciliationDayRow[] | null;
  readonly shown: string | null;
  readonly onChoose: (day: string) => void;
}) {
  const { days, shown, onChoose } = props;
  const text = useReconciliationText();
  const frame = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: days?.length ?? 0,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  return (
    <nav className="manager-card recon-days" aria-label={text("days")}>
      <h2>{text("days")}</h2>
      <div className="recon-days-frame" ref={frame}>
        <ol style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = days?.[index];
            return (
              row !== undefined && (
                <li key={row.day} style={{ transform: `translateY(${start}px)` }}>
                  <DayButton row={row} isShown={row.day === shown} onChoose={onChoose} />
                </li>
              )
            );
          })}
        </ol>
      </div>
    </nav>
  );
}

function DayButton(props: {
  readonly row: ReconciliationDayRow;
  readonly isShown: boolean;
  readonly onChoose: (day: string) => void;
}) {
  const { row, isShown, onChoose } = props;
  const text = useReconciliationText();
  const locale = useLocale();
  const isRunning = useRunning()?.day === row.day;
  const StateIcon = icons[row.state];
  const word =
    row.state === "open"
      ? text("state.open", { count: row.openCount })
      : text(isRunning ? "state.running" : `state.${row.state}`);
  return (
    <button
      type="button"
      className={`recon-day-button recon-state-${row.state}`}
      aria-pressed={isShown}
      data-testid="recon-day"
      data-day={row.day}
      data-state={row.state}
      onClick={() => onChoose(row.day)}
    >
      <StateIcon size={22} aria-hidden />
      <span>
        <strong className="figures">{dateInWords(row.day, locale)}</strong>
        <small>{word}</small>
      </span>
    </button>
  );
}
