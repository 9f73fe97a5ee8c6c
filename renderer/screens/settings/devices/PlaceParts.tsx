import { TextInput } from "@mantine/core";
import { IconCheck, type Icon } from "@tabler/icons-react";
import type { NodeAddress } from "#contract/config/devices.ts";
import type { FoundDevice } from "#contract/devices/found.ts";
import { useDeviceText } from "./device-texts.ts";

/** A place on the network, as terminal.json takes it. */
export interface NetworkPlace {
  readonly kind: "tcp";
  readonly host: string;
  readonly port: number;
}

export function isNetworkPlaceGood({ host, port }: Omit<NetworkPlace, "kind">): boolean {
  return /^[^\s/]{1,253}$/.test(host) && Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** Whether an address leads to something that is plugged in. */
export function isAtFound({ path, identity }: NodeAddress, one: FoundDevice): boolean {
  return identity === undefined ? path === one.node : JSON.stringify(identity) === JSON.stringify(one.identity);
}

/** One of the places where a device may be. */
export function PlaceChoice(props: {
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

export function NetworkFields(props: {
  readonly testId: string;
  readonly example: string;
  readonly transport: NetworkPlace;
  readonly onChange: (transport: NetworkPlace) => void;
}) {
  const { testId, example, transport, onChange } = props;
  const text = useDeviceText();
  const { host, port } = transport;
  return (
    <div className="place-network">
      <TextInput
        label={text("printer.host")}
        size="md"
        className="settings-field"
        data-testid={`${testId}-host`}
        value={host}
        placeholder={example}
        spellCheck={false}
        error={host !== "" && !isNetworkPlaceGood({ host, port: 1 }) ? text("printer.bad-host") : undefined}
        onChange={(event) => onChange({ ...transport, host: event.currentTarget.value.trim() })}
      />
      <TextInput
        label={text("printer.port")}
        size="md"
        className="settings-field"
        data-testid={`${testId}-port`}
        value={port === 0 ? "" : String(port)}
        inputMode="numeric"
        error={isNetworkPlaceGood({ host: "x", port }) ? undefined : text("printer.bad-port")}
        onChange={(event) =>
          onChange({ ...transport, port: Number(event.currentTarget.value.replace(/\D/g, "").slice(0, 5)) })
        }
      />
    </div>
  );
}
