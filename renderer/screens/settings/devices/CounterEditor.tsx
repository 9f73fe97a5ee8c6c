import { IconAlertCircle, IconDeviceFloppy, IconInfoCircle } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { Press } from "../../../parts/Press.tsx";
import { SettingsNote } from "../SettingsNote.tsx";
import { counterTrouble, type CounterDraft, type CounterTransport } from "./counter-draft.ts";
import { CounterPlace } from "./CounterPlace.tsx";
import { roleIcons } from "./DeviceCard.tsx";
import { placeWords } from "./device-words.ts";
import { useDeviceText } from "./device-texts.ts";
import { PoleFields } from "./PoleFields.tsx";
import { ScaleFields } from "./ScaleFields.tsx";
import type { DevicesDesk } from "./use-devices.ts";

/** A scale, a pole display or an old till: where it is, and what it speaks. */
export function CounterEditor(props: {
  readonly draft: CounterDraft;
  readonly view: DevicesView;
  readonly desk: DevicesDesk;
  readonly trouble: ReactNode;
  readonly onClose: () => void;
}) {
  const { view, desk, trouble, onClose } = props;
  const text = useDeviceText();
  const [draft, setDraft] = useState<CounterDraft>(props.draft);
  const { role, isNew, config } = draft;
  const wrong = counterTrouble(draft);
  const replaced = view.devices.find(({ section }) => section.role === role);
  const save = async (): Promise<void> => {
    if (await desk.run("device-save", { section: sectionOf(draft) })) onClose();
  };
  return (
    <div className="setup printer-editor" data-testid={`${role}-editor`}>
      <div className="printer-title">
        <h2>{text(`${role}.${isNew ? "new" : "change"}`)}</h2>
      </div>
      <div className="setup-step">
        {trouble}
        {isNew && replaced !== undefined && (
          <SettingsNote
            tone="plain"
            icon={IconInfoCircle}
            sentence={text("counter.replaces", {
              name: placeWords(replaced.section.config.transport, view.found, replaced.section.config.id, text),
            })}
          />
        )}
        <CounterPlace
          icon={roleIcons[role]}
          now={isNew ? null : props.draft.config.transport}
          transport={config.transport}
          view={view}
          onChange={(transport) => setDraft(at(draft, transport))}
        />
        <SpokenFields draft={draft} onChange={setDraft} />
      </div>
      <footer className="setup-foot">
        <Press data-testid="counter-cancel" onClick={onClose}>
          {text("printer.cancel")}
        </Press>
        <span className="settings-grow" />
        {wrong !== null && (
          <span className="device-advice counter-wrong" role="status" data-testid="counter-wrong">
            <IconAlertCircle size={20} aria-hidden />
            {text(wrong)}
          </span>
        )}
        <Press tone="primary" data-testid="counter-save" disabled={wrong !== null} onClick={() => void save()}>
          <IconDeviceFloppy size={22} aria-hidden />
          {text("printer.save")}
        </Press>
      </footer>
    </div>
  );
}

/** What it speaks, or how it is joined. */
function SpokenFields(props: { readonly draft: CounterDraft; readonly onChange: (draft: CounterDraft) => void }) {
  const { draft, onChange } = props;
  const text = useDeviceText();
  switch (draft.role) {
    case "scale":
      return <ScaleFields config={draft.config} onChange={(config) => onChange({ ...draft, config })} />;
    case "display":
      return <PoleFields config={draft.config} onChange={(config) => onChange({ ...draft, config })} />;
    case "old-till":
      return (
        <SettingsNote
          tone="plain"
          icon={IconInfoCircle}
          sentence={text("old-till.cable")}
          next={text("old-till.cable.next")}
        />
      );
  }
}

function at(draft: CounterDraft, transport: CounterTransport): CounterDraft {
  switch (draft.role) {
    case "scale":
      return { ...draft, config: { ...draft.config, transport } };
    case "display":
      return { ...draft, config: { ...draft.config, transport } };
    case "old-till":
      return { ...draft, config: { ...draft.config, transport } };
  }
}

function sectionOf(draft: CounterDraft) {
  switch (draft.role) {
    case "scale":
      return { role: "scale", config: draft.config } as const;
    case "display":
      return { role: "display", config: draft.config } as const;
    case "old-till":
      return { role: "old-till", config: draft.config } as const;
  }
}
