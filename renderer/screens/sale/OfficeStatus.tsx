import {
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconCloudCheck,
  IconCloudOff,
  IconCloudUp,
  type Icon,
} from "@tabler/icons-react";
import type { SyncView } from "#contract/ipc/sync-view.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText, type TillText } from "../../i18n/till-texts.ts";
import { useNow } from "../../i18n/use-now.ts";
import { openSyncPage } from "../../till/desk.ts";
import { useSection } from "../../till-client.ts";
import { standingOf, toneOf, type Standing } from "../sync/standing.ts";
import { formatWhen } from "../sync/when.ts";

const icons: Readonly<Record<Exclude<Standing, "alone">, Icon>> = {
  "not-enrolled": IconAlertTriangle,
  online: IconCloudCheck,
  offline: IconCloudOff,
  disagreed: IconAlertTriangle,
  troubled: IconAlertTriangle,
  stopped: IconAlertOctagonFilled,
  alarm: IconAlertOctagonFilled,
};

/** Head office on the status bar, and the way to its page. Nothing at all of it where the till stands alone. */
export function OfficeStatus() {
  const text = useTillText();
  const place = useClockPlace();
  const nowMs = useNow(60_000);
  const sync = useSection("sync");
  const standing = standingOf(sync);
  if (standing === "alone") return null;
  const time = (atMs: number): string => formatWhen(atMs, nowMs, place);
  const agreed =
    sync.lastAgreedAtMs === null
      ? text("status.office.never-agreed")
      : text("status.office.agreed", { time: time(sync.lastAgreedAtMs) });
  const { short, long } = wordsOf(standing, sync, time(sync.sinceMs), text);
  const ItemIcon = standing === "online" && sync.waiting > 0 ? IconCloudUp : icons[standing];
  const whole = text("status.office.open", { words: long, agreed });
  return (
    <button
      type="button"
      className={`status-office status-office-${toneOf[standing]}`}
      data-testid="status-office"
      data-value={standing}
      data-waiting={sync.waiting}
      data-with-relay={sync.withRelay ?? undefined}
      title={whole}
      aria-label={whole}
      onClick={openSyncPage}
    >
      <ItemIcon size={18} aria-hidden />
      <span className="status-words figures">{short}</span>
      {standing === "online" && sync.lastAgreedAtMs !== null && <small className="figures">{agreed}</small>}
    </button>
  );
}

/** `short` is what the bar has room for, `long` what a screen reader says. */
function wordsOf(
  standing: Exclude<Standing, "alone">,
  { waiting, withRelay, disagreedDates }: SyncView,
  time: string,
  text: TillText,
): { readonly short: string; readonly long: string } {
  const count = waiting;
  switch (standing) {
    case "online":
      return waiting === 0
        ? { short: text("status.office"), long: text("status.office.online") }
        : { short: text("status.office.waiting", { count }), long: text("status.office.online-waiting", { count }) };
    case "offline": {
      const kept = withRelay ?? 0;
      const state = waiting === 0 ? "offline" : kept === 0 ? "offline-waiting" : "offline-relay";
      const words = text(`status.office.${state}`, { time, count, kept });
      return { short: words, long: words };
    }
    case "disagreed": {
      const words = text("status.office.disagreed", { count: disagreedDates.length });
      return { short: words, long: words };
    }
    default: {
      const words = text(`status.office.${standing}`);
      return { short: words, long: words };
    }
  }
}
