import { IconNetwork, IconPlug, IconPrinter } from "@tabler/icons-react";
import type { PrinterConfig } from "#contract/config/devices.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { Choice } from "../Choice.tsx";
import { useDeviceText } from "./device-texts.ts";
import { modelOf, placeWords } from "./device-words.ts";
import { isAtFound, isNetworkPlaceGood, NetworkFields, PlaceChoice } from "./PlaceParts.tsx";

type Transport = PrinterConfig["transport"];

/** Speeds printers are sold with. */
const speeds = [9_600, 19_200, 38_400, 115_200] as const;

export function isPlaceGood(transport: Transport): boolean {
  return transport.kind !== "tcp" || isNetworkPlaceGood(transport);
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
    ({ kind, busyBy }) => busyBy === null && (kind === "usb-printer" || kind === "serial" || kind === "system-printer"),
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
        <PluggedIn now={now} transport={transport} plugged={plugged} onChange={onChange} />
        <PlaceChoice
          icon={IconNetwork}
          title={text("printer.network")}
          note="TCP 9100"
          isChosen={isNetwork}
          testId="place-network"
          onChoose={() => isNetwork || onChange({ kind: "tcp", host: "", port: 9_100 })}
        />
      </div>
      {isNetwork && <NetworkFields testId="printer" example="192.168.1.50" transport={transport} onChange={onChange} />}
      {transport.kind === "system" && <p className="settings-soft">{text("printer.system")}</p>}
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

/** What is plugged in and what the operating system has, the one it prints on by default included. */
function PluggedIn(props: {
  readonly now: Transport | null;
  readonly transport: Transport;
  readonly plugged: readonly FoundDevice[];
  readonly onChange: (transport: Transport) => void;
}) {
  const { now, transport, plugged, onChange } = props;
  const text = useDeviceText();
  const hasSystem = plugged.some(({ kind }) => kind === "system-printer");
  return (
    <>
      {plugged.map((one) => (
        <PlaceChoice
          key={`${one.kind} ${one.node}`}
          icon={one.kind === "serial" ? IconPlug : IconPrinter}
          title={modelOf(one) ?? text(one.kind === "serial" ? "found.port" : `found.${one.kind}`)}
          note={one.kind === "system-printer" ? text("found.system-printer") : one.node}
          isChosen={transport !== now && isAt(transport, one)}
          testId={`place-${one.node}`}
          onChoose={() => onChange(transportTo(one))}
        />
      ))}
      {hasSystem && (
        <PlaceChoice
          icon={IconPrinter}
          title={text("printer.system-default")}
          note=""
          isChosen={transport !== now && transport.kind === "system" && transport.name === ""}
          testId="place-system-default"
          onChoose={() => onChange({ kind: "system", name: "" })}
        />
      )}
    </>
  );
}

function transportTo({ kind, node, identity }: FoundDevice): Transport {
  const address = identity === null ? { path: node } : { identity };
  if (kind === "system-printer") return { kind: "system", name: node };
  if (kind === "usb-printer") return { kind: "usb", ...address };
  return { kind: "serial", ...address, baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" };
}

function isAt(transport: Transport, one: FoundDevice): boolean {
  if (transport.kind === "system") return one.kind === "system-printer" && transport.name === one.node;
  if (one.kind === "system-printer") return false;
  return (transport.kind === "serial" || transport.kind === "usb") && isAtFound(transport, one);
}
