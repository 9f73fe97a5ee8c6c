import { TextInput } from "@mantine/core";
import { IconNetwork, IconPencil, IconPlug, type Icon } from "@tabler/icons-react";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { networkPlace, serialPlace, type CounterTransport } from "./counter-draft.ts";
import { useDeviceText } from "./device-texts.ts";
import { modelOf, placeWords } from "./device-words.ts";
import { LineFields } from "./LineFields.tsx";
import { isAtFound, NetworkFields, PlaceChoice } from "./PlaceParts.tsx";

/** Where a scale or a pole display is: as now, at something plugged in, at a port by its name, or on the network. */
export function CounterPlace(props: {
  readonly icon: Icon;
  /** Null for a new one. */
  readonly now: CounterTransport | null;
  readonly transport: CounterTransport;
  readonly view: DevicesView;
  readonly onChange: (transport: CounterTransport) => void;
}) {
  const { icon, now, transport, view, onChange } = props;
  const text = useDeviceText();
  const plugged = view.found.filter(({ kind, busyBy }) => busyBy === null && kind === "serial");
  const isNow = now !== null && isSamePlace(now, transport);
  const isNetwork = transport.kind === "tcp" && !isNow;
  const isPlugged = transport.kind === "serial" && plugged.some((one) => isAtFound(transport, one));
  const isNamed = transport.kind === "serial" && !isNow && !isPlugged;
  return (
    <section className="settings-card">
      <h3>{text("printer.where")}</h3>
      <div className="place-choices">
        {now !== null && (
          <PlaceChoice
            icon={icon}
            title={text("printer.as-now")}
            note={placeWords(now, view.found, "", text)}
            isChosen={isNow}
            testId="place-now"
            onChoose={() => onChange(now)}
          />
        )}
        {plugged.map((one) => (
          <PlaceChoice
            key={one.node}
            icon={IconPlug}
            title={modelOf(one) ?? text("found.port")}
            note={noteOf(one, text("found.denied"))}
            isChosen={!isNow && transport.kind === "serial" && isAtFound(transport, one)}
            testId={`place-${one.node}`}
            onChoose={() => onChange(serialPlace(one))}
          />
        ))}
        <PlaceChoice
          icon={IconPencil}
          title={text("counter.named")}
          note="/dev/ttyS0, COM3"
          isChosen={isNamed}
          testId="place-named"
          onChoose={() => isNamed || onChange({ kind: "serial", path: "", flow: "none" })}
        />
        <PlaceChoice
          icon={IconNetwork}
          title={text("printer.network")}
          note={text("counter.network.note")}
          isChosen={isNetwork}
          testId="place-network"
          onChoose={() => isNetwork || onChange(networkPlace())}
        />
      </div>
      {isNamed && <PortName path={transport.path ?? ""} onChange={(path) => onChange({ ...transport, path })} />}
      {isNetwork && <NetworkFields testId="counter" example="192.168.1.60" transport={transport} onChange={onChange} />}
      {transport.kind === "serial" && <LineFields transport={transport} onChange={onChange} />}
    </section>
  );
}

function PortName(props: { readonly path: string; readonly onChange: (path: string) => void }) {
  const text = useDeviceText();
  return (
    <TextInput
      label={text("counter.path")}
      size="md"
      className="settings-field counter-path"
      data-testid="counter-path"
      value={props.path}
      placeholder="/dev/ttyS0"
      spellCheck={false}
      onChange={(event) => props.onChange(event.currentTarget.value.trim())}
    />
  );
}

function noteOf({ node, permission }: FoundDevice, denied: string): string {
  return permission === "ok" ? node : `${node} · ${denied}`;
}

/** The same port, whatever its line is set to. */
function isSamePlace(one: CounterTransport, other: CounterTransport): boolean {
  if (one.kind === "tcp" || other.kind === "tcp") return one === other;
  return one.path === other.path && JSON.stringify(one.identity) === JSON.stringify(other.identity);
}
