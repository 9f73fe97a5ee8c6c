import { useState } from "react";
import type { PrinterConfig } from "#contract/config/devices.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { Press } from "../../../parts/Press.tsx";
import { Choice } from "../Choice.tsx";
import { useDeviceText } from "./device-texts.ts";

type Drawer = NonNullable<PrinterConfig["drawer"]>;

/** The cash drawer on this printer, and what its switch means: a person says when it is closed and when open. */
export function DrawerFields(props: {
  readonly drawer: Drawer | undefined;
  /** What the switch says now; null where the printer says nothing of it. */
  readonly line: DevicesView["drawer"];
  readonly onChange: (drawer: Drawer | undefined) => void;
}) {
  const { drawer, line, onChange } = props;
  const text = useDeviceText();
  const choose = (pin: string): void => {
    const kept = drawer ?? { onMs: 50, offMs: 500, sensor: "none" as const };
    onChange(pin === "none" ? undefined : { ...kept, pin: pin === "5" ? 5 : 2 });
  };
  return (
    <section className="settings-card">
      <Choice
        label={text("printer.drawer")}
        testId="drawer"
        value={drawer === undefined ? "none" : String(drawer.pin)}
        options={(["none", "2", "5"] as const).map((value) => ({ value, words: text(`printer.drawer.${value}`) }))}
        onChoose={choose}
      />
      {drawer !== undefined && line !== null && (
        <DrawerSwitch
          sensor={drawer.sensor}
          isPin3High={line.isPin3High}
          onLearned={(sensor) => onChange({ ...drawer, sensor })}
        />
      )}
    </section>
  );
}

function DrawerSwitch(props: {
  readonly sensor: Drawer["sensor"];
  readonly isPin3High: boolean;
  readonly onLearned: (sensor: Drawer["sensor"]) => void;
}) {
  const { sensor, isPin3High, onLearned } = props;
  const text = useDeviceText();
  const [closedHigh, setClosedHigh] = useState<boolean | null>(null);
  const [isSame, setSame] = useState(false);
  const open = (): void => {
    setSame(closedHigh === isPin3High);
    onLearned(closedHigh === isPin3High ? "none" : isPin3High ? "high-is-open" : "low-is-open");
  };
  return (
    <div className="drawer-switch">
      <p className="settings-soft">
        {text(isSame ? "printer.drawer.sensor.same" : `printer.drawer.sensor.${sensor}`)} ·{" "}
        {text(isPin3High ? "drawer.pin-high" : "drawer.pin-low")}
      </p>
      <p className="settings-soft">{text("printer.drawer.learn-hint")}</p>
      <div className="key-ways">
        <Press
          data-testid="drawer-closed"
          aria-pressed={closedHigh !== null}
          onClick={() => {
            setClosedHigh(isPin3High);
            setSame(false);
          }}
        >
          {text("printer.drawer.learn-closed")}
        </Press>
        <Press data-testid="drawer-open" disabled={closedHigh === null} onClick={open}>
          {text("printer.drawer.learn-open")}
        </Press>
      </div>
    </div>
  );
}
