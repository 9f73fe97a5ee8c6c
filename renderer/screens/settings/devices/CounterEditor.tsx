import { IconAlertCircle, IconDeviceFloppy, IconDeviceTv, IconInfoCircle, IconScaleOutline } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { Press } from "../../../parts/Press.tsx";
import { SettingsNote } from "../SettingsNote.tsx";
import { counterTrouble, type CounterDraft, type CounterTransport } from "./counter-draft.ts";
import { CounterPlace } from "./CounterPlace.tsx";
import { placeWords } from "./device-words.ts";
import { useDeviceText } from "./device-texts.ts";
import { PoleFields } from "./PoleFields.tsx";
import { ScaleFields } from "./ScaleFields.tsx";
import type { DevicesDesk } from "./use-devices.ts";

/** A scale or a pole display: where it is, and what it speaks. */
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
          icon={role === "scale" ? IconScaleOutline : IconDeviceTv}
          now={isNew ? null : props.draft.config.transport}
          transport={config.transport}
          view={view}
          onChange={(transport) => setDraft(at(draft, transport))}
        />
        {draft.role === "scale" ? (
          <ScaleFields config={draft.config} onChange={(scale) => setDraft({ ...draft, config: scale })} />
        ) : (
          <PoleFields config={draft.config} onChange={(pole) => setDraft({ ...draft, config: pole })} />
        )}
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

function at(draft: CounterDraft, transport: CounterTransport): CounterDraft {
  return draft.role === "scale"
    ? { ...draft, config: { ...draft.config, transport } }
    : { ...draft, config: { ...draft.config, transport } };
}

function sectionOf(draft: CounterDraft) {
  return draft.role === "scale"
    ? ({ role: "scale", config: draft.config } as const)
    : ({ role: "display", config: draft.config } as const);
}
