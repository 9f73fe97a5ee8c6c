import { IconPlug } from "@tabler/icons-react";
import type { LegacyDoorView } from "#contract/ipc/legacy-intents.ts";
import { Press } from "../../../parts/Press.tsx";
import { useDeviceText } from "../devices/device-texts.ts";
import { placeWords } from "../devices/device-words.ts";
import { useLegacyText } from "./legacy-texts.ts";

/** The old till on the serial line, which is set up among the devices. */
export function SerialCard(props: { readonly serial: LegacyDoorView["serial"]; readonly onDevices: () => void }) {
  const { serial, onDevices } = props;
  const text = useLegacyText();
  const deviceText = useDeviceText();
  const words =
    serial === null
      ? text("serial.none")
      : text("serial.set", { id: serial.id, place: placeWords(serial.transport, [], serial.id, deviceText) });
  return (
    <section className="settings-card legacy-serial" data-testid="legacy-serial">
      <div>
        <h3>
          <IconPlug size={22} aria-hidden />
          {text("serial")}
        </h3>
        <p className="settings-soft">{words}</p>
      </div>
      <Press data-testid="legacy-devices" onClick={onDevices}>
        {text("serial.devices")}
      </Press>
    </section>
  );
}
