import { TextInput } from "@mantine/core";
import { IconCheck, IconNetwork, IconPlug, IconPrinter, type Icon } from "@tabler/icons-react";
import type { PrinterConfig } from "#contract/config/devices.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { Choice } from "../Choice.tsx";
import { useDeviceText } from "./device-texts.ts";
import { modelOf, placeWords } from "./device-words.ts";

type Transport = PrinterConfig["transport"];

/** Speeds printers are sold with. */
const speeds = [9_600, 19_200, 38_400, 115_200] as const;

export function isPlaceGood(transport: Transport): boolean {
  if (transport.kind !== "tcp") return true;
  const { host, port } = transport;
  return /^[^\s/]{1,253}$/.test(host) && Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** Where the printer is: as now, at something plugged in, or at an address somebody typed. */
export function PrinterPlace(props: {
  /** Null for a new one. */
  readonly now: Transport | null;
  readonly transport: Transport;
  readonly view: DevicesView;
  readonly onChange: (transport: Transport) => void;
}) {
  const { now, transport, view, onChange } = props;
  const text = useDeviceText();
  const plugged = view.found.filter(
    ({ kind, busyBy }) => busyBy === null && (kind === "usb-printer" || kind === "serial"),
  );
  const isNetwork = transport.kind === "tcp" && transport !== now;
  return (
    <section className="settings-card">
      <h3>{text("printer.where")}</h3>
      <div className="place-choices">
        {now !== null && (
          <PlaceChoice
            icon={IconPrinter}
            title={text("printer.as-now")}
            note={placeWords(now, view.found, "", text)}
            isChosen={transport === now}
            testId="place-now"
            onChoose={() => onChange(now)}
          />
        )}
        {plugged.map((one) => (
          <PlaceChoice
            key={one.node}
            icon={one.kind === "serial" ? IconPlug : IconPrinter}
            title={modelOf(one) ?? text(one.kind === "serial" ? "found.port" : "found.usb-printer")}
            note={one.node}
            isChosen={transport !== now && isAt(transport, one)}
            testId={`place-${one.node}`}
            onChoose={() => onChange(transportTo(one))}
          />
        ))}
        <PlaceChoice
          icon={IconNetwork}
          title={text("printer.network")}
          note="TCP 9100"
          isChosen={isNetwork}
          testId="place-network"
          onChoose={() => isNetwork || onChange({ kind: "tcp", host: "", port: 9_100 })}
        />
      </div>
      {isNetwork && <NetworkFields transport={transport} onChange={onChange} />}
      {transport.kind === "serial" && (
        <Choice
          label={text("printer.speed")}
          testId="speed"
          value={String(transport.baudRate)}
          options={speeds.map((speed) => ({ value: String(speed), words: String(speed) }))}
          onChoose={(speed) => onChange({ ...transport, baudRate: Number(speed) })}
        />
      )}
    </section>
  );
}

function PlaceChoice(props: {
  readonly icon: Icon;
  readonly title: string;
  readonly note: string;
  readonly isChosen: boolean;
  readonly testId: string;
  readonly onChoose: () => void;
}) {
  const { icon: PlaceIcon, title, note, isChosen, testId, onChoose } = props;
  return (
    <button type="button" className="place-choice" aria-pressed={isChosen} data-testid={testId} onClick={onChoose}>
      {isChosen ? <IconCheck size={24} aria-hidden /> : <PlaceIcon size={24} aria-hidden />}
      <span>
        <strong>{title}</strong>
        <span>{note}</span>
      </span>
    </button>
  );
}

function NetworkFields(props: {
  readonly transport: Extract<Transport, { kind: "tcp" }>;
  readonly onChange: (transport: Transport) => void;
}) {
  const { transport, onChange } = props;
  const text = useDeviceText();
  const { host, port } = transport;
  return (
    <div className="place-network">
      <TextInput
        label={text("printer.host")}
        size="md"
        className="settings-field"
        data-testid="printer-host"
        value={host}
        placeholder="192.168.1.50"
        spellCheck={false}
        error={host !== "" && !isPlaceGood({ ...transport, port: 9_100 }) ? text("printer.bad-host") : undefined}
        onChange={(event) => onChange({ ...transport, host: event.currentTarget.value.trim() })}
      />
      <TextInput
        label={text("printer.port")}
        size="md"
        className="settings-field"
        data-testid="printer-port"
        value={String(port)}
        inputMode="numeric"
        error={isPlaceGood({ ...transport, host: "x" }) ? undefined : text("printer.bad-port")}
        onChange={(event) =>
          onChange({ ...transport, port: Number(event.currentTarget.value.replace(/\D/g, "").slice(0, 5)) })
        }
      />
    </div>
  );
}

function transportTo({ kind, node, identity }: FoundDevice): Transport {
  const address = identity === null ? { path: node } : { identity };
  if (kind === "usb-printer") return { kind: "usb", ...address };
  return { kind: "serial", ...address, baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" };
}

function isAt(transport: Transport, one: FoundDevice): boolean {
  if (transport.kind !== "serial" && transport.kind !== "usb") return false;
  const { path, identity } = transport;
  return identity === undefined ? path === one.node : JSON.stringify(identity) === JSON.stringify(one.identity);
}
