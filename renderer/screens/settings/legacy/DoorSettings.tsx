import { NativeSelect, TextInput } from "@mantine/core";
import { IconAdjustments } from "@tabler/icons-react";
import { useState } from "react";
import type { LegacyDoorView, LegacySettings } from "#contract/ipc/legacy-intents.ts";
import { Press } from "../../../parts/Press.tsx";
import { Choice } from "../Choice.tsx";
import { useLegacyText } from "./legacy-texts.ts";

/** As terminal.json takes them. */
const ports = { least: 1_024, most: 65_535 };
const waits = { least: 10, most: 600 };

const self = "127.0.0.1";

/** Whether and where the door is, and what an old till may. What is entered stays until it is saved. */
export function DoorSettings(props: {
  readonly view: LegacyDoorView;
  readonly onSave: (settings: LegacySettings) => Promise<void>;
}) {
  const { view, onSave } = props;
  const text = useLegacyText();
  const [wanted, setWanted] = useState(view.settings);
  const [isSaving, setSaving] = useState(false);
  const isRight = isWithin(wanted.https.port, ports) && isWithin(wanted.waitSeconds, waits);
  const isChanged = JSON.stringify(wanted) !== JSON.stringify(view.settings);
  // The same once more is another try, or takes old tills where none were taken.
  const maySave = view.shop === "real" && isRight && (isChanged || view.state === "closed" || !view.isTaken);
  const save = (): void => {
    if (!maySave || isSaving) return;
    setSaving(true);
    void onSave(wanted).finally(() => setSaving(false));
  };
  return (
    <section className="settings-card" data-testid="legacy-settings">
      <h3>
        <IconAdjustments size={22} aria-hidden />
        {text("settings")}
      </h3>
      <WhereFields {...{ view, wanted, onChange: setWanted, onEnter: save }} />
      <MayFields {...{ wanted, onChange: setWanted, onEnter: save }} />
      <Press tone="primary" data-testid="legacy-save" disabled={!maySave || isSaving} onClick={save}>
        {text("save")}
      </Press>
    </section>
  );
}

/** Whether the door is open, and where. */
function WhereFields(props: {
  readonly view: LegacyDoorView;
  readonly wanted: LegacySettings;
  readonly onChange: (wanted: LegacySettings) => void;
  readonly onEnter: () => void;
}) {
  const { view, wanted, onChange, onEnter } = props;
  const text = useLegacyText();
  const { https } = wanted;
  return (
    <div className="legacy-fields">
      <Choice
        label={text("https")}
        testId="legacy-https"
        value={https.isOn ? "on" : "off"}
        options={(["off", "on"] as const).map((value) => ({ value, words: text(`https.${value}`) }))}
        onChoose={(value) => onChange({ ...wanted, https: { ...https, isOn: value === "on" } })}
      />
      <HostField
        view={view}
        host={https.host}
        onChange={(host) => onChange({ ...wanted, https: { ...https, host } })}
      />
      <NumberField
        {...{ label: text("port"), testId: "legacy-port", value: https.port, bounds: ports }}
        wrong={text("port.wrong")}
        onChange={(port) => onChange({ ...wanted, https: { ...https, port } })}
        onEnter={onEnter}
      />
    </div>
  );
}

/** How an old till's payment begins, how long it waits, and whether it may be given back. */
function MayFields(props: {
  readonly wanted: LegacySettings;
  readonly onChange: (wanted: LegacySettings) => void;
  readonly onEnter: () => void;
}) {
  const { wanted, onChange, onEnter } = props;
  const text = useLegacyText();
  const { showsQr, waitSeconds, mayRefund } = wanted;
  return (
    <div className="legacy-fields">
      <Choice
        label={text("begin")}
        testId="legacy-begin"
        value={showsQr ? "qr" : "scan"}
        options={(["scan", "qr"] as const).map((value) => ({ value, words: text(`begin.${value}`) }))}
        onChoose={(value) => onChange({ ...wanted, showsQr: value === "qr" })}
      />
      <NumberField
        {...{ label: text("wait"), testId: "legacy-wait", value: waitSeconds, bounds: waits }}
        wrong={text("wait.wrong")}
        onChange={(seconds) => onChange({ ...wanted, waitSeconds: seconds })}
        onEnter={onEnter}
      />
      <div>
        <Choice
          label={text("refund")}
          testId="legacy-refund"
          value={mayRefund ? "yes" : "no"}
          options={(["no", "yes"] as const).map((value) => ({ value, words: text(`refund.${value}`) }))}
          onChoose={(value) => onChange({ ...wanted, mayRefund: value === "yes" })}
        />
        <p className="settings-soft legacy-help">{text("refund.help")}</p>
      </div>
    </div>
  );
}

function HostField(props: {
  readonly view: LegacyDoorView;
  readonly host: string;
  readonly onChange: (host: string) => void;
}) {
  const { view, host, onChange } = props;
  const text = useLegacyText();
  const here = view.addresses.map(({ host: own, network }) => ({
    value: own,
    label: network === null ? text("host.self", { host: own }) : text("host.network", { host: own, network }),
  }));
  // What terminal.json names is shown also while the machine has it not.
  const isHere = here.some(({ value }) => value === host);
  return (
    <NativeSelect
      label={text("host")}
      size="md"
      className="settings-field"
      data-testid="legacy-host"
      description={text(host === self ? "host.self.help" : "host.help")}
      inputWrapperOrder={["label", "input", "description"]}
      value={host}
      data={isHere ? here : [...here, { value: host, label: text("host.away", { host }) }]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function NumberField(props: {
  readonly label: string;
  readonly testId: string;
  readonly value: number;
  readonly bounds: { readonly least: number; readonly most: number };
  readonly wrong: string;
  readonly onChange: (value: number) => void;
  readonly onEnter: () => void;
}) {
  const { label, testId, value, bounds, wrong, onChange, onEnter } = props;
  return (
    <TextInput
      label={label}
      size="md"
      className="settings-field legacy-number"
      data-testid={testId}
      value={value === 0 ? "" : String(value)}
      inputMode="numeric"
      error={isWithin(value, bounds) ? undefined : wrong}
      onChange={(event) => onChange(Number(event.currentTarget.value.replaceAll(/\D/g, "").slice(0, 5)))}
      onKeyDown={(event) => event.key === "Enter" && onEnter()}
    />
  );
}

function isWithin(value: number, { least, most }: { readonly least: number; readonly most: number }): boolean {
  return value >= least && value <= most;
}
