import { NativeSelect } from "@mantine/core";
import { IconCalendarClock } from "@tabler/icons-react";
import { useState } from "react";
import type { SettingsPageView } from "#contract/ipc/settings-intents.ts";
import { formatDayAndClock } from "../../../i18n/formats.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { Press } from "../../../parts/Press.tsx";
import { useShopSettingsText } from "./shop-settings-texts.ts";
import type { SettingsDesk } from "./use-settings.ts";

/** Time zones of the world, and the half and quarter hours among them. Minutes east of Greenwich. */
const zones: readonly number[] = [
  ...[-720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120, 180, 210, 240],
  ...[270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 840],
];
/** Every half hour before noon. Minutes after midnight. */
const cutOffs: readonly number[] = Array.from({ length: 24 }, (_, index) => index * 30);

/** When a business day begins, and by which clock. It holds from the next one on: what is booked stays where it is. */
export function DayCard({
  view,
  change,
}: {
  readonly view: SettingsPageView;
  readonly change: SettingsDesk["change"];
}) {
  const text = useShopSettingsText();
  const place = useClockPlace();
  const { rule, next } = view.day;
  const [wanted, setWanted] = useState(next ?? rule);
  const isChanged =
    wanted.utcOffsetMinutes !== (next ?? rule).utcOffsetMinutes ||
    wanted.dayCutOffMinutes !== (next ?? rule).dayCutOffMinutes;
  const save = (): void => {
    const { utcOffsetMinutes, dayCutOffMinutes } = wanted;
    void change("save-day", { utcOffsetMinutes, dayCutOffMinutes });
  };
  return (
    <section className="settings-card" data-testid="day-card">
      <h3>
        <IconCalendarClock size={22} aria-hidden />
        {text("day.title")}
      </h3>
      <div className="shop-day">
        <NativeSelect
          label={text("day.cut-off")}
          size="md"
          className="settings-field"
          data-testid="day-cut-off"
          value={String(wanted.dayCutOffMinutes)}
          data={withOwn(cutOffs, rule.dayCutOffMinutes).map((minutes) => ({
            value: String(minutes),
            label: clockOf(minutes),
          }))}
          onChange={(event) => setWanted({ ...wanted, dayCutOffMinutes: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          label={text("day.zone")}
          size="md"
          className="settings-field"
          data-testid="day-zone"
          value={String(wanted.utcOffsetMinutes)}
          data={withOwn(zones, rule.utcOffsetMinutes).map((minutes) => ({
            value: String(minutes),
            label: zoneOf(minutes),
          }))}
          onChange={(event) => setWanted({ ...wanted, utcOffsetMinutes: Number(event.currentTarget.value) })}
        />
        <Press tone="primary" data-testid="day-save" disabled={!isChanged} onClick={save}>
          {text("save")}
        </Press>
      </div>
      <p className="settings-soft" data-testid="day-note">
        {next === null
          ? text("day.help", { day: view.today })
          : text("day.next", {
              from: formatDayAndClock(next.fromMs, place),
              clock: clockOf(next.dayCutOffMinutes),
              zone: zoneOf(next.utcOffsetMinutes),
            })}
      </p>
    </section>
  );
}

/** terminal.json may hold any minute; the list shows it too. */
function withOwn(usual: readonly number[], own: number): readonly number[] {
  return usual.includes(own) ? usual : [...usual, own].toSorted((a, b) => a - b);
}

function clockOf(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function zoneOf(minutes: number): string {
  return `UTC${minutes < 0 ? "\u2212" : "+"}${clockOf(Math.abs(minutes))}`;
}
