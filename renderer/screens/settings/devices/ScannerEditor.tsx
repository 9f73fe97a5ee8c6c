import { TextInput } from "@mantine/core";
import { IconAlertCircle, IconDeviceFloppy, IconInfoCircle } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { ScannerConfig } from "#contract/config/devices.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { Press } from "../../../parts/Press.tsx";
import { Choice } from "../Choice.tsx";
import { SettingsNote } from "../SettingsNote.tsx";
import { useDeviceText } from "./device-texts.ts";
import { placeWords } from "./device-words.ts";
import { SerialFields } from "./LineFields.tsx";
import { NetworkFields } from "./PlaceParts.tsx";
import { scannerTrouble, type ScannerDraft } from "./scanner-draft.ts";
import type { DevicesDesk } from "./use-devices.ts";

/** A scanner that is set up: its name, what it sends before each code, and how its line is set. */
export function ScannerEditor(props: {
  readonly draft: ScannerDraft;
  readonly view: DevicesView;
  readonly desk: DevicesDesk;
  readonly trouble: ReactNode;
  readonly onClose: () => void;
}) {
  const { draft, view, desk, trouble, onClose } = props;
  const text = useDeviceText();
  const [config, setConfig] = useState<ScannerConfig>(draft.config);
  const was = draft.config.id;
  const wrong = scannerTrouble(config, was, view);
  const save = async (): Promise<void> => {
    if (await desk.run("device-save", { section: { role: "scanner", config }, was })) onClose();
  };
  return (
    <div className="setup printer-editor" data-testid="scanner-editor">
      <div className="printer-title">
        <h2>{text("scanner.change")}</h2>
      </div>
      <div className="setup-step">
        {trouble}
        <section className="settings-card">
          <p className="settings-soft">{placeWords(draft.config.transport, view.found, was, text)}</p>
          <Words config={config} onChange={setConfig} />
          <Way transport={config.transport} onChange={(transport) => setConfig({ ...config, transport })} />
        </section>
        <SettingsNote tone="plain" icon={IconInfoCircle} sentence={text("scanner.elsewhere")} />
      </div>
      <footer className="setup-foot">
        <Press data-testid="scanner-cancel" onClick={onClose}>
          {text("printer.cancel")}
        </Press>
        <span className="settings-grow" />
        {wrong !== null && (
          <span className="device-advice counter-wrong" role="status" data-testid="scanner-wrong">
            <IconAlertCircle size={20} aria-hidden />
            {text(wrong)}
          </span>
        )}
        <Press tone="primary" data-testid="scanner-save" disabled={wrong !== null} onClick={() => void save()}>
          <IconDeviceFloppy size={22} aria-hidden />
          {text("printer.save")}
        </Press>
      </footer>
    </div>
  );
}

function Words(props: { readonly config: ScannerConfig; readonly onChange: (config: ScannerConfig) => void }) {
  const { config, onChange } = props;
  const text = useDeviceText();
  return (
    <>
      <TextInput
        label={text("scanner.name")}
        description={text("scanner.name.hint")}
        size="md"
        className="settings-field"
        data-testid="scanner-name"
        value={config.id}
        maxLength={32}
        spellCheck={false}
        onChange={(event) => onChange({ ...config, id: event.currentTarget.value })}
      />
      <TextInput
        label={text("scanner.prefix")}
        description={text("scanner.prefix.hint")}
        size="md"
        className="settings-field"
        data-testid="scanner-prefix"
        value={config.prefix}
        maxLength={8}
        spellCheck={false}
        // A blank may be part of it.
        onChange={(event) => onChange({ ...config, prefix: event.currentTarget.value })}
      />
    </>
  );
}

/** How it is spoken to. A HID-POS scanner and a keyboard taken for the till have nothing to set. */
function Way(props: {
  readonly transport: ScannerConfig["transport"];
  readonly onChange: (transport: ScannerConfig["transport"]) => void;
}) {
  const { transport, onChange } = props;
  const text = useDeviceText();
  switch (transport.kind) {
    case "serial":
      return (
        <>
          <SerialFields transport={transport} onChange={(line) => onChange({ ...transport, ...line })} />
          <p className="settings-soft">{text("scanner.suffix.own")}</p>
        </>
      );
    case "tcp":
      return <NetworkFields testId="scanner" example="192.168.1.60" transport={transport} onChange={onChange} />;
    case "wedge":
      return (
        <Choice
          label={text("scanner.suffix")}
          testId="suffix"
          value={transport.suffix}
          options={(["enter", "tab", "none"] as const).map((value) => ({
            value,
            words: text(`scanner.suffix.${value}`),
          }))}
          onChoose={(suffix) => onChange({ ...transport, suffix })}
        />
      );
    default:
      return null;
  }
}
