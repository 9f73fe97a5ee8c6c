import "./devices.css";
import { IconCash, IconEraser, IconPointFilled, IconScan } from "@tabler/icons-react";
import { useState } from "react";
import type { TraceLine } from "#contract/devices/trace.ts";
import type { DevicesView, DeviceView } from "#contract/ipc/devices-view.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { act } from "../../../till/desk.ts";
import { useKeys } from "../../../till/keys.ts";
import { useFromSection } from "../../../till-client.ts";
import { Choice } from "../Choice.tsx";
import { roleIcons, StateMark } from "./DeviceCard.tsx";
import { useDeviceText } from "./device-texts.ts";
import { reasonWords, stateWords } from "./device-words.ts";
import { formatTime } from "./format-time.ts";
import { statusWords } from "./status-bits.ts";
import { TraceList } from "./TraceList.tsx";
import { useSelfTest, type SelfTest } from "./use-self-test.ts";

/** Every byte on the lines, with what the till makes of it. Scans do not sell while this page is open. */
export function SelfTestPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useDeviceText();
  const tillText = useTillText();
  const place = useClockPlace();
  const test = useSelfTest();
  const { view, fault, entries, clear } = test;
  const [filter, setFilter] = useState<"scans" | "all">("scans");
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  return (
    <div className="self-test" data-testid="self-test">
      <div className="settings-head self-test-head">
        <h2>{text("self-test")}</h2>
        <span className="device-state device-wait">
          <IconScan size={18} aria-hidden />
          {text("self-test.lead")}
        </span>
      </div>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <div className="self-test-body">
        <div className="self-test-devices">
          {view?.devices.map((device) => (
            <DeviceState
              key={`${device.section.role} ${device.section.config.id}`}
              device={device}
              view={view}
              status={test.status}
            />
          ))}
        </div>
        <section className="settings-card trace">
          <div className="sheet-head">
            <h3>{text("trace")}</h3>
            <span className="settings-grow" />
            <Choice
              label={text("trace.filter")}
              testId="trace-filter"
              value={filter}
              options={(["scans", "all"] as const).map((value) => ({ value, words: text(`trace.filter.${value}`) }))}
              onChoose={setFilter}
            />
            <Press tone="quiet" data-testid="trace-clear" onClick={clear}>
              <IconEraser size={20} aria-hidden />
              {text("self-test.clear")}
            </Press>
          </div>
          <TraceList entries={filter === "all" ? entries : entries.filter(({ line }) => !isWire(line))} />
        </section>
      </div>
    </div>
  );
}

/** What a printer is asked every ten seconds would bury the scans. */
function isWire({ kind }: TraceLine): boolean {
  return kind === "sent" || kind === "received";
}

function DeviceState(props: {
  readonly device: DeviceView;
  readonly view: DevicesView;
  readonly status: SelfTest["status"];
}) {
  const { device, view, status } = props;
  const { role, config } = device.section;
  const text = useDeviceText();
  const RoleIcon = roleIcons[role];
  return (
    <section className="settings-card self-test-device" data-testid={`self-test-${config.id}`}>
      <div className="device-title">
        <RoleIcon size={24} aria-hidden />
        <h3>{text(`role.${role}`)}</h3>
        <StateMark device={device} />
      </div>
      {role === "printer" && <PrinterStatus status={status} />}
      {role === "printer" && <DrawerTest drawer={view.drawer} />}
      <Events device={device} />
    </section>
  );
}

function PrinterStatus({ status }: { readonly status: SelfTest["status"] }) {
  const text = useDeviceText();
  const words = statusWords(status);
  return (
    <div data-testid="printer-status">
      <h4>{text("status.title")}</h4>
      {words.length === 0 ? (
        <p className="settings-soft">{text("status.waiting")}</p>
      ) : (
        <ul className="status-words">
          {words.map(({ key, isGood }) => (
            <li key={key} className={isGood === null ? "status-neutral" : isGood ? "device-good" : "device-bad"}>
              <IconPointFilled size={16} aria-hidden />
              {text(key)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function DrawerTest({ drawer }: { readonly drawer: DevicesView["drawer"] }) {
  const text = useDeviceText();
  const hasDrawer = useFromSection("shop", (shop) => shop.hasDrawer);
  const [isSent, setSent] = useState(false);
  if (!hasDrawer) return null;
  const kick = async (): Promise<void> => {
    setSent(false);
    setSent((await act("open-drawer", { reason: text("self-test.kick") })).ok);
  };
  return (
    <div className="drawer-test">
      <Press data-testid="kick-drawer" onClick={() => void kick()}>
        <IconCash size={22} aria-hidden />
        {text("self-test.kick")}
      </Press>
      <span className="settings-soft" role="status">
        {isSent && `${text("self-test.kicked")} · `}
        {drawer !== null && drawer.isOpen !== null
          ? text(drawer.isOpen ? "drawer.open" : "drawer.closed")
          : text("self-test.kick.hint")}
      </span>
    </div>
  );
}

function Events({ device }: { readonly device: DeviceView }) {
  const text = useDeviceText();
  const place = useClockPlace();
  return (
    <details className="device-events">
      <summary>{text("events")}</summary>
      <ul className="figures">
        {device.events.map((event, index) => (
          // Newest first, and several may fall on one moment.
          <li key={`${event.atMs} ${device.events.length - index}`}>
            <time>{formatTime(event.atMs, place)}</time>
            <span>
              {event.kind === "state" ? stateWords(event, text) : text(`event.${event.kind}`)}
              {event.kind === "state" && event.reason !== null && (
                <span className="settings-soft">
                  {" · "}
                  {reasonWords(event.reason, text)} <span lang="zxx">({event.reason})</span>
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
