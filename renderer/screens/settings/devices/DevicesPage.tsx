import "./devices.css";
import {
  IconAlertTriangle,
  IconBarcode,
  IconCircleCheckFilled,
  IconDeviceDesktop,
  IconDeviceTv,
  IconInfoCircle,
  IconPrinter,
  IconScaleOutline,
} from "@tabler/icons-react";
import { useState } from "react";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { useKeys } from "../../../till/keys.ts";
import { SettingsNote } from "../SettingsNote.tsx";
import { CounterEditor } from "./CounterEditor.tsx";
import { newOldTill, newPole, newScale, type DeviceDraft } from "./counter-draft.ts";
import { DeviceCard } from "./DeviceCard.tsx";
import { useDeviceText } from "./device-texts.ts";
import { lightOf } from "./device-words.ts";
import { FoundList } from "./FoundList.tsx";
import { PairingDialog } from "./PairingDialog.tsx";
import { newPrinter } from "./printer-draft.ts";
import { PrinterEditor } from "./PrinterEditor.tsx";
import { ScannerEditor } from "./ScannerEditor.tsx";
import { useDevices, type DevicesDesk } from "./use-devices.ts";

/** What hangs on the till, how it does, what else is plugged in, and the ways to change it. Main checks who may. */
export function DevicesPage({
  onLeave,
  onSelfTest,
}: {
  readonly onLeave: () => void;
  readonly onSelfTest: () => void;
}) {
  const tillText = useTillText();
  const place = useClockPlace();
  const desk = useDevices();
  const [isPairing, setPairing] = useState(false);
  const [draft, setDraft] = useState<DeviceDraft | null>(null);
  const { view, fault } = desk;
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    if (draft === null) onLeave();
    else setDraft(null);
    return true;
  });
  const trouble = fault === null ? null : <TroubleNote text={faultText(fault, tillText, place)} />;
  if (view === null) return trouble;
  if (draft !== null) {
    const shown = { view, desk, trouble, onClose: () => setDraft(null) };
    switch (draft.role) {
      case "printer":
        return <PrinterEditor draft={draft} {...shown} />;
      case "scanner":
        return <ScannerEditor draft={draft} {...shown} />;
      default:
        return <CounterEditor draft={draft} {...shown} />;
    }
  }
  return (
    <>
      <Overview
        view={view}
        desk={desk}
        trouble={isPairing ? null : trouble}
        onPair={() => setPairing(true)}
        onDraft={setDraft}
        onSelfTest={onSelfTest}
      />
      {isPairing && <PairingDialog view={view} desk={desk} trouble={trouble} onClose={() => setPairing(false)} />}
    </>
  );
}

function Overview(props: {
  readonly view: DevicesView;
  readonly desk: DevicesDesk;
  readonly trouble: React.ReactNode;
  readonly onPair: () => void;
  readonly onDraft: (draft: DeviceDraft) => void;
  readonly onSelfTest: () => void;
}) {
  const { view, desk, trouble, onPair, onDraft, onSelfTest } = props;
  const text = useDeviceText();
  const mayEdit = view.mayChange && view.shop === "real";
  return (
    <div className="settings-scroll" data-testid="devices-page">
      <div className="settings-head devices-head">
        <h2>{text("title")}</h2>
        <Summary view={view} />
        <span className="settings-grow" />
        {mayEdit && <AddKeys view={view} onPair={onPair} onDraft={onDraft} />}
      </div>
      {trouble}
      {view.shop === "demo" && (
        <SettingsNote tone="plain" icon={IconInfoCircle} sentence={text("demo")} next={text("demo.next")} />
      )}
      {!view.mayChange && <SettingsNote tone="plain" icon={IconInfoCircle} sentence={text("look-only")} />}
      {view.devices.length === 0 && (
        <SettingsNote tone="plain" icon={IconInfoCircle} sentence={text("none")} next={text("none.next")} />
      )}
      {view.devices.map((device) => (
        <DeviceCard
          key={`${device.section.role} ${device.section.config.id}`}
          device={device}
          view={view}
          desk={desk}
          mayEdit={mayEdit}
          onChange={onDraft}
          onSelfTest={onSelfTest}
        />
      ))}
      {mayEdit && <FoundList view={view} onScanner={onPair} onDraft={onDraft} />}
    </div>
  );
}

function AddKeys(props: {
  readonly view: DevicesView;
  readonly onPair: () => void;
  readonly onDraft: (draft: DeviceDraft) => void;
}) {
  const { view, onPair, onDraft } = props;
  const text = useDeviceText();
  // A till has one of each: another takes its place, from the list of what is plugged in.
  const has = (role: DeviceDraft["role"]): boolean => view.devices.some(({ section }) => section.role === role);
  return (
    <>
      {!has("old-till") && (
        <Press data-testid="add-old-till" onClick={() => onDraft(newOldTill(view))}>
          <IconDeviceDesktop size={22} aria-hidden />
          {text("add-old-till")}
        </Press>
      )}
      {!has("display") && (
        <Press data-testid="add-display" onClick={() => onDraft(newPole(view))}>
          <IconDeviceTv size={22} aria-hidden />
          {text("add-display")}
        </Press>
      )}
      {!has("scale") && (
        <Press data-testid="add-scale" onClick={() => onDraft(newScale(view))}>
          <IconScaleOutline size={22} aria-hidden />
          {text("add-scale")}
        </Press>
      )}
      {!has("printer") && (
        <Press data-testid="add-printer" onClick={() => onDraft(newPrinter(view))}>
          <IconPrinter size={22} aria-hidden />
          {text("add-printer")}
        </Press>
      )}
      <Press tone="primary" data-testid="add-scanner" onClick={onPair}>
        <IconBarcode size={22} aria-hidden />
        {text("add-scanner")}
      </Press>
    </>
  );
}

function Summary({ view }: { readonly view: DevicesView }) {
  const text = useDeviceText();
  const bad = view.devices.filter((device) => lightOf(device) === "bad").length;
  const isBad = bad > 0;
  const words = isBad ? text("some-bad", { count: bad }) : text("all-good", { count: view.devices.length });
  return (
    <span className={`device-summary device-${isBad ? "bad" : "good"}`} data-testid="devices-summary" data-bad={bad}>
      {isBad ? <IconAlertTriangle size={20} aria-hidden /> : <IconCircleCheckFilled size={20} aria-hidden />}
      {words}
    </span>
  );
}
