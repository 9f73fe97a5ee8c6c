import { IconDeviceFloppy, IconInfoCircle } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { PrinterConfig } from "#contract/config/devices.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { Press } from "../../../parts/Press.tsx";
import { Choice } from "../Choice.tsx";
import { SettingsNote } from "../SettingsNote.tsx";
import { placeWords } from "./device-words.ts";
import { useDeviceText } from "./device-texts.ts";
import { DrawerFields } from "./DrawerFields.tsx";
import { PrinterPlace, isPlaceGood } from "./PrinterPlace.tsx";
import type { PrinterDraft } from "./printer-draft.ts";
import { TestSheet } from "./TestSheet.tsx";
import type { DevicesDesk } from "./use-devices.ts";

/** A printer: where it is, what its test sheet told, what it can do, and the drawer that hangs on it. */
export function PrinterEditor(props: {
  readonly draft: PrinterDraft;
  readonly view: DevicesView;
  readonly desk: DevicesDesk;
  readonly trouble: ReactNode;
  readonly onClose: () => void;
}) {
  const { draft, view, desk, trouble, onClose } = props;
  const text = useDeviceText();
  const [config, setConfig] = useState<PrinterConfig>(draft.config);
  const change = (part: Partial<PrinterConfig>): void => setConfig((before) => ({ ...before, ...part }));
  const isGood = isPlaceGood(config.transport);
  const replaced = view.devices.find(({ section }) => section.role === "printer");
  const isOnSystem = config.transport.kind === "system";
  // A drawer hangs on a printer with a line of its own; through a driver nothing reaches it.
  const saved = isOnSystem ? withDrawer(config, undefined) : config;
  const save = async (): Promise<void> => {
    if (await desk.run("device-save", { section: { role: "printer", config: saved } })) onClose();
  };
  return (
    <div className="setup printer-editor" data-testid="printer-editor">
      <div className="printer-title">
        <h2>{text(draft.isNew ? "printer.new" : "printer.change")}</h2>
      </div>
      <div className="setup-step">
        {trouble}
        {draft.isNew && replaced !== undefined && (
          <SettingsNote
            tone="plain"
            icon={IconInfoCircle}
            sentence={text("printer.replaces", {
              name: placeWords(replaced.section.config.transport, view.found, replaced.section.config.id, text),
            })}
          />
        )}
        <PrinterPlace
          now={draft.isNew ? null : draft.config.transport}
          transport={config.transport}
          view={view}
          onChange={(transport) => change({ transport })}
        />
        <TestSheet
          sheet={view.testSheet}
          isReady={isGood}
          isOnSystem={isOnSystem}
          onPrint={() => void desk.run("test-sheet", { printer: saved })}
          onProfile={change}
        />
        <Abilities config={config} onChange={change} />
        {!isOnSystem && (
          <DrawerFields
            drawer={config.drawer}
            line={view.drawer}
            onChange={(drawer) => setConfig(withDrawer(config, drawer))}
          />
        )}
      </div>
      <footer className="setup-foot">
        <Press data-testid="printer-cancel" onClick={onClose}>
          {text("printer.cancel")}
        </Press>
        <span className="settings-grow" />
        <Press tone="primary" data-testid="printer-save" disabled={!isGood} onClick={() => void save()}>
          <IconDeviceFloppy size={22} aria-hidden />
          {text("printer.save")}
        </Press>
      </footer>
    </div>
  );
}

function Abilities(props: {
  readonly config: PrinterConfig;
  readonly onChange: (part: Partial<PrinterConfig>) => void;
}) {
  const { config, onChange } = props;
  const text = useDeviceText();
  return (
    <section className="settings-card">
      <h3>{text("printer.can")}</h3>
      <div className="printer-abilities">
        <Choice
          label={text("printer.columns")}
          testId="columns"
          value={String(config.columns)}
          options={([48, 42, 32] as const).map((columns) => ({
            value: String(columns),
            words: text(`printer.columns.${columns}`),
          }))}
          onChoose={(value) => onChange({ columns: value === "48" ? 48 : value === "42" ? 42 : 32 })}
        />
        {/* All else a driver does, or the till's own drawing. */}
        {config.transport.kind !== "system" && <PrinterOwn config={config} onChange={onChange} />}
      </div>
    </section>
  );
}

/** What a printer that is spoken to in ESC/POS does by itself. */
function PrinterOwn(props: Parameters<typeof Abilities>[0]) {
  const { config, onChange } = props;
  const text = useDeviceText();
  return (
    <>
      <Choice
        label={text("printer.cut")}
        testId="cut"
        value={config.cut}
        options={(["partial", "full", "none"] as const).map((value) => ({
          value,
          words: text(`printer.cut.${value}`),
        }))}
        onChoose={(cut) => onChange({ cut })}
      />
      <Choice
        label={text("printer.chinese")}
        testId="chinese"
        value={config.chinese}
        options={(["gb18030", "gbk", "big5", "none"] as const).map((value) => ({
          value,
          words: text(`printer.chinese.${value}`),
        }))}
        onChoose={(chinese) => onChange({ chinese })}
      />
      <Choice
        label={text("printer.qr")}
        testId="qr"
        value={config.qr}
        options={(["native", "raster", "none"] as const).map((value) => ({
          value,
          words: text(`printer.qr.${value}`),
        }))}
        onChoose={(qr) => onChange({ qr })}
      />
    </>
  );
}

/** No drawer is no member, not an undefined one. */
function withDrawer(config: PrinterConfig, drawer: PrinterConfig["drawer"]): PrinterConfig {
  const { drawer: _before, ...rest } = config;
  return drawer === undefined ? rest : { ...rest, drawer };
}
