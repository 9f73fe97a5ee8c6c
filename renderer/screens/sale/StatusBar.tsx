import "./status-bar.css";
import {
  IconAlertTriangle,
  IconBarcode,
  IconBrandWechat,
  IconClockExclamation,
  IconDeviceTv,
  IconPlugConnected,
  IconPrinter,
  IconCashRegister,
  IconReceipt,
  IconScale,
  type Icon,
} from "@tabler/icons-react";
import type { StatusView } from "#contract/ipc/status-view.ts";
import { formatClock } from "../../i18n/formats.ts";
import { localName, useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText, type TillText } from "../../i18n/till-texts.ts";
import { useNow } from "../../i18n/use-now.ts";
import { openDialog } from "../../till/desk.ts";
import { useFromSection, useSection } from "../../till-client.ts";
import { OfficeStatus } from "./OfficeStatus.tsx";

type Light = "good" | "idle" | "bad";

/** Who sells where, and whether everything the till hangs on is well. Troubles say so in words. */
export function StatusBar() {
  const text = useTillText();
  const locale = useLocale();
  const shop = useSection("shop");
  const name = useFromSection("session", (session) => session?.name ?? "");
  return (
    <header className="status-bar" aria-label={text("status.bar")}>
      <div className="status-who">
        <strong>{localName(shop, locale)}</strong>
        <span>{shop.terminalId}</span>
        <span>{name}</span>
        <ShiftTime />
      </div>
      <div className="status-lights">
        <Attempts />
        <Gateway />
        <ClockOffset />
        <Devices />
        <Waiting />
        <OfficeStatus />
      </div>
      <Clock />
    </header>
  );
}

function ShiftTime() {
  const text = useTillText();
  const openedAtMs = useFromSection("shift", (shift) => shift?.openedAtMs ?? null);
  const nowMs = useNow(60_000);
  if (openedAtMs === null) return null;
  const minutes = Math.max(0, Math.floor((nowMs - openedAtMs) / 60_000));
  const hours = Math.floor(minutes / 60);
  const time = hours > 0 ? text("status.hours", { hours, minutes: minutes % 60 }) : text("status.minutes", { minutes });
  return (
    <span className="figures status-shift" data-testid="status-shift">
      {text("status.shift", { time })}
    </span>
  );
}

/** Payments whose end nobody knows yet; can be pressed. */
function Attempts() {
  const text = useTillText();
  const count = useFromSection("openAttempts", (attempts) => attempts.length);
  if (count === 0) return null;
  return (
    <button
      type="button"
      className="status-attempts"
      data-testid="status-attempts"
      onClick={() => openDialog({ kind: "attempts" })}
    >
      <IconAlertTriangle size={20} aria-hidden />
      {text("status.attempts", { count })}
    </button>
  );
}

/** From two minutes on; at five the gateway believes nothing the till says, and nothing it says can be believed. */
const worryingOffsetMs = 120_000;

function ClockOffset() {
  const text = useTillText();
  const offsetMs = useFromSection("status", ({ gateway }) => gateway.clockOffsetMs);
  if (offsetMs === null || Math.abs(offsetMs) < worryingOffsetMs) return null;
  const direction = offsetMs > 0 ? "fast" : "slow";
  return (
    <StatusItem
      icon={IconClockExclamation}
      light="bad"
      name="clock-offset"
      value={direction}
      words={text(`status.clock.${direction}`, { minutes: Math.round(Math.abs(offsetMs) / 60_000) })}
    />
  );
}

function Gateway() {
  const text = useTillText();
  const place = useClockPlace();
  const { gateway } = useSection("status");
  const isBroken = useFromSection("shop", (shop) => shop.isWechatBroken);
  if (isBroken) {
    const words = text("status.gateway.broken");
    return <StatusItem icon={IconBrandWechat} light="bad" name="gateway" value="broken" words={words} />;
  }
  const light: Light = gateway.state === "online" ? "good" : gateway.state === "offline" ? "bad" : "idle";
  const time = gateway.sinceMs === null ? "" : formatClock(gateway.sinceMs, place);
  return (
    <StatusItem
      icon={IconBrandWechat}
      light={light}
      name="gateway"
      value={gateway.state}
      words={text(`status.gateway.${gateway.state}`, { time })}
    />
  );
}

function Devices() {
  const text = useTillText();
  const { devices } = useSection("status");
  return devices.map((device) => (
    <StatusItem
      key={device.deviceId}
      icon={deviceIcons[device.role]}
      light={device.state === "ready" && device.trouble === null ? "good" : "bad"}
      name={device.role}
      value={device.trouble ?? device.state}
      words={deviceWords(device, text)}
    />
  ));
}

const deviceIcons: Readonly<Record<StatusView["devices"][number]["role"], Icon>> = {
  scanner: IconBarcode,
  printer: IconPrinter,
  scale: IconScale,
  display: IconDeviceTv,
  "old-till": IconPlugConnected,
};

function deviceWords(device: StatusView["devices"][number], text: TillText): string {
  if (device.role === "scale" || device.role === "display" || device.role === "old-till")
    return text(`status.${device.role}.${device.state === "ready" ? "ready" : "down"}`);
  if (device.role === "scanner") return text(device.state === "ready" ? "status.scanner.ready" : "status.scanner.down");
  if (device.state !== "ready") return text("status.printer.down");
  return device.trouble === null ? text("status.printer.ready") : text(`status.printer.${device.trouble}`);
}

/** Things that go their way by themselves; shown only while there are any. */
function Waiting() {
  const text = useTillText();
  const { drawer, receiptsWaiting } = useSection("status");
  return (
    <>
      {drawer === "open" && (
        <StatusItem icon={IconCashRegister} light="bad" name="drawer" value="open" words={text("status.drawer.open")} />
      )}
      {receiptsWaiting > 0 && (
        <StatusItem
          icon={IconReceipt}
          light="bad"
          name="receipts"
          value={String(receiptsWaiting)}
          words={text("status.receipts", { count: receiptsWaiting })}
        />
      )}
    </>
  );
}

function StatusItem(props: {
  readonly icon: Icon;
  readonly light: Light;
  readonly name: string;
  readonly value: string;
  readonly words: string;
}) {
  const { icon: ItemIcon, light, name, value, words } = props;
  return (
    <span className={`status-item status-${light}`} data-testid={`status-${name}`} data-value={value} title={words}>
      {light === "bad" ? <IconAlertTriangle size={18} aria-hidden /> : <ItemIcon size={18} aria-hidden />}
      <span className="status-words figures">{words}</span>
    </span>
  );
}

function Clock() {
  const place = useClockPlace();
  const nowMs = useNow(1_000);
  return (
    <time className="status-clock figures" data-testid="clock">
      {formatClock(nowMs, place)}
    </time>
  );
}
