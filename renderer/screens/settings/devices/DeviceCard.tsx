import {
  IconAlertTriangle,
  IconBarcode,
  IconCircleCheckFilled,
  IconDeviceDesktop,
  IconDeviceTv,
  IconPrinter,
  IconProgress,
  IconScaleOutline,
  type Icon,
} from "@tabler/icons-react";
import { useState } from "react";
import type { DevicesView, DeviceView } from "#contract/ipc/devices-view.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { Press } from "../../../parts/Press.tsx";
import type { DeviceDraft } from "./counter-draft.ts";
import { useDeviceText } from "./device-texts.ts";
import { adviceFor, lightOf, modelOf, placeWords, reasonWords, stateWords, type Light } from "./device-words.ts";
import { formatTime } from "./format-time.ts";
import { LiveWeight } from "./LiveWeight.tsx";
import type { DevicesDesk } from "./use-devices.ts";

export const roleIcons: Readonly<Record<DeviceView["section"]["role"], Icon>> = {
  scanner: IconBarcode,
  printer: IconPrinter,
  scale: IconScaleOutline,
  display: IconDeviceTv,
  "old-till": IconDeviceDesktop,
};

const lightIcons: Readonly<Record<Light, Icon>> = {
  good: IconCircleCheckFilled,
  wait: IconProgress,
  bad: IconAlertTriangle,
};

/** One device: what and where it is, how it does in words, and what can be done with it. */
export function DeviceCard(props: {
  readonly device: DeviceView;
  readonly view: DevicesView;
  readonly desk: DevicesDesk;
  readonly mayEdit: boolean;
  readonly onChange: (draft: DeviceDraft) => void;
  readonly onSelfTest: () => void;
}) {
  const { device, view } = props;
  const { role, config } = device.section;
  const text = useDeviceText();
  const RoleIcon = roleIcons[role];
  const here = view.found.find((one) => one.busyBy === config.id);
  const model = here === undefined ? null : modelOf(here);
  const advice = adviceFor(device, text);
  return (
    <section
      className={`settings-card device-card device-edge-${lightOf(device)}`}
      data-testid={`device-${config.id}`}
      data-state={device.trouble ?? device.state}
    >
      <RoleIcon size={34} className="device-role" aria-hidden />
      <div className="device-what">
        <div className="device-title">
          <h3>{text(`role.${role}`)}</h3>
          <StateMark device={device} />
        </div>
        <p className="settings-soft device-where">
          {model !== null && <strong lang="zxx">{model}</strong>}
          <span>{placeWords(config.transport, view.found, config.id, text)}</span>
          <span lang="zxx">{config.id}</span>
        </p>
        {advice !== null && (
          <p className="device-advice" data-testid={`advice-${config.id}`}>
            {advice}
          </p>
        )}
        {role === "scale" && device.state === "ready" && <LiveWeight weight={device.weight} />}
        <Facts device={device} />
      </div>
      <Actions {...props} />
    </section>
  );
}

export function StateMark({ device }: { readonly device: DeviceView }) {
  const text = useDeviceText();
  const light = lightOf(device);
  const LightIcon = lightIcons[light];
  return (
    <span className={`device-state device-${light}`}>
      <LightIcon size={18} aria-hidden />
      {stateWords(device, text)}
    </span>
  );
}

function Facts({ device }: { readonly device: DeviceView }) {
  const text = useDeviceText();
  const place = useClockPlace();
  const { sinceMs, latency, scans, lastFault } = device;
  const { role } = device.section;
  const facts = [
    sinceMs !== null && text("since", { time: formatTime(sinceMs, place) }),
    latency !== null && role !== "old-till" && text(`latency.${role}`, { ms: latency.ms }),
    scans !== null && text("scans", { count: scans.count, time: formatTime(scans.lastAtMs, place) }),
    lastFault === null
      ? text("no-fault")
      : text("last-fault", {
          time: formatTime(lastFault.atMs, place),
          what: reasonWords(lastFault.reason, text),
        }),
  ].filter((fact) => fact !== false);
  return (
    <ul className="device-facts figures">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  );
}

function Actions(props: Parameters<typeof DeviceCard>[0]) {
  const { device, desk, mayEdit, onChange, onSelfTest } = props;
  const { section } = device;
  const { id } = section.config;
  const address = { role: section.role, deviceId: id };
  const text = useDeviceText();
  const [isSure, setSure] = useState(false);
  if (isSure) {
    return (
      <div className="device-actions">
        <Press tone="danger" data-testid={`remove-sure-${id}`} onClick={() => void desk.run("device-remove", address)}>
          {text("remove.sure")}
        </Press>
        <Press onClick={() => setSure(false)}>{text("keep")}</Press>
      </div>
    );
  }
  return (
    <div className="device-actions">
      <Press data-testid={`test-${id}`} onClick={onSelfTest}>
        {text("test")}
      </Press>
      {section.role === "display" && (
        <Press data-testid={`sample-${id}`} onClick={() => void desk.run("pole-sample", {})}>
          {text("display.sample")}
        </Press>
      )}
      {mayEdit && (
        <Press data-testid={`change-${id}`} onClick={() => onChange({ ...section, isNew: false })}>
          {text("change")}
        </Press>
      )}
      {mayEdit && (
        <>
          <Press data-testid={`restart-${id}`} onClick={() => void desk.run("device-restart", address)}>
            {text("restart")}
          </Press>
          <Press tone="quiet" data-testid={`remove-${id}`} onClick={() => setSure(true)}>
            {text("remove")}
          </Press>
        </>
      )}
    </div>
  );
}
