import {
  IconAlertOctagonFilled,
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCloudOff,
  IconDeviceDesktop,
  type Icon,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { SyncView } from "#contract/ipc/sync-view.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useNow } from "../../i18n/use-now.ts";
import { standingOf, toneOf, type Standing } from "./standing.ts";
import { useSyncText, type SyncText } from "./sync-texts.ts";
import { formatWhen } from "./when.ts";

const icons: Readonly<Record<Standing, Icon>> = {
  alone: IconDeviceDesktop,
  "not-enrolled": IconAlertTriangleFilled,
  online: IconCircleCheckFilled,
  offline: IconCloudOff,
  disagreed: IconAlertTriangleFilled,
  troubled: IconAlertTriangleFilled,
  stopped: IconAlertOctagonFilled,
  alarm: IconAlertOctagonFilled,
};

/** The state in a word and a sentence, and the facts behind it. */
export function StandingCard({ sync }: { readonly sync: SyncView }) {
  const text = useSyncText();
  const place = useClockPlace();
  const nowMs = useNow(60_000);
  const standing = standingOf(sync);
  const StandingIcon = icons[standing];
  const says = sentenceOf(standing, sync.waiting, text);
  return (
    <section
      className={`manager-card sync-standing sync-tone-${toneOf[standing]}`}
      aria-label={text("state")}
      data-testid="sync-standing"
      data-standing={standing}
    >
      <h2>
        <StandingIcon size={30} aria-hidden />
        {text(`state.${standing}`)}
      </h2>
      {says !== null && <p className="sync-says">{says}</p>}
      {standing !== "alone" && (
        <dl>
          <Fact name={text("fact.office")}>{sync.officeName ?? text("fact.unnamed")}</Fact>
          <Fact name={text("fact.address")}>
            <span lang="zxx">{sync.officeHost ?? text("fact.unnamed")}</span>
          </Fact>
          {sync.state !== "alone" && (
            <Fact name={text(`fact.since.${sync.state}`)}>{formatWhen(sync.sinceMs, nowMs, place)}</Fact>
          )}
          <Fact name={text("fact.waiting")} testId="sync-waiting">
            {sync.waiting === 0 ? text("fact.waiting.none") : text("fact.waiting.count", { count: sync.waiting })}
          </Fact>
          {sync.withRelay !== null && sync.waiting > 0 && (
            <Fact name={text("fact.relay")} testId="sync-with-relay">
              {text("fact.relay.count", { count: sync.withRelay })}
            </Fact>
          )}
          <Fact name={text("fact.agreed")} testId="sync-agreed">
            {sync.lastAgreedAtMs === null ? text("fact.agreed.never") : formatWhen(sync.lastAgreedAtMs, nowMs, place)}
          </Fact>
        </dl>
      )}
    </section>
  );
}

/** An alarm, a refusal and a trouble have their own, longer words beside the card. */
function sentenceOf(standing: Standing, waiting: number, text: SyncText): string | null {
  if (standing === "alarm" || standing === "stopped" || standing === "troubled") return null;
  return text(standing === "online" && waiting > 0 ? "state.online-waiting.says" : `state.${standing}.says`);
}

function Fact(props: { readonly name: string; readonly testId?: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd className="figures" data-testid={props.testId}>
        {props.children}
      </dd>
    </div>
  );
}
