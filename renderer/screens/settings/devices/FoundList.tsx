import { IconKeyboard, IconNetwork, IconPlug, IconPrinter, IconScan, type Icon } from "@tabler/icons-react";
import type { FoundDevice, FoundKind } from "#contract/devices/found.ts";
import type { DevicesView } from "#contract/ipc/devices-view.ts";
import { Press } from "../../../parts/Press.tsx";
import { useDeviceText } from "./device-texts.ts";
import { identityWords, modelOf } from "./device-words.ts";
import { networkPlace, newOldTill, newPole, newScale, serialPlace, type DeviceDraft } from "./counter-draft.ts";
import { newPrinter } from "./printer-draft.ts";

const kindIcons: Readonly<Record<FoundKind, Icon>> = {
  serial: IconPlug,
  "usb-printer": IconPrinter,
  "hid-scanner": IconScan,
  keyboard: IconKeyboard,
  "system-printer": IconPrinter,
};

/** What is plugged in and used by nothing, with what it probably is. */
export function FoundList(props: {
  readonly view: DevicesView;
  readonly onScanner: () => void;
  readonly onDraft: (draft: DeviceDraft) => void;
}) {
  const { view, onScanner, onDraft } = props;
  const text = useDeviceText();
  const free = view.found.filter((one) => one.busyBy === null);
  return (
    <section className="settings-card" data-testid="found">
      <div className="found-head">
        <h3>{text("found")}</h3>
        <span className="settings-soft">{text("found.use-as")}</span>
      </div>
      {free.length === 0 && <p className="settings-soft">{text("found.none")}</p>}
      <ul className="found-list">
        {free.map((one) => (
          <FoundRow key={`${one.kind} ${one.node}`} one={one} view={view} onScanner={onScanner} onDraft={onDraft} />
        ))}
        <li className="found-row">
          <IconNetwork size={26} aria-hidden />
          <div className="found-what">
            <strong>{text("found.network")}</strong>
            <span className="settings-soft">{text("found.network.hint")}</span>
          </div>
          <Press data-testid="network-scanner" onClick={onScanner}>
            {text("role.scanner")}
          </Press>
          <Press
            data-testid="network-printer"
            onClick={() => onDraft(newPrinter(view, { kind: "tcp", host: "", port: 9100 }))}
          >
            {text("role.printer")}
          </Press>
          <Press data-testid="network-scale" onClick={() => onDraft(newScale(view, networkPlace()))}>
            {text("role.scale")}
          </Press>
          <Press data-testid="network-display" onClick={() => onDraft(newPole(view, networkPlace()))}>
            {text("role.display")}
          </Press>
        </li>
      </ul>
    </section>
  );
}

function FoundRow(props: {
  readonly one: FoundDevice;
  readonly view: DevicesView;
  readonly onScanner: () => void;
  readonly onDraft: (draft: DeviceDraft) => void;
}) {
  const { one, view, onScanner, onDraft } = props;
  const { kind, node, identity, permission, group } = one;
  const text = useDeviceText();
  const KindIcon = kindIcons[kind];
  const mayOpen = permission === "ok";
  const address = identity === null ? { path: node } : { identity };
  const line = { baudRate: 9_600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" } as const;
  return (
    <li className="found-row" data-testid={`found-${node}`}>
      <KindIcon size={26} aria-hidden />
      <div className="found-what">
        <strong>{modelOf(one) ?? text(kind === "serial" ? "found.port" : `found.${kind}`)}</strong>
        <span className="settings-soft">
          {text(kind === "serial" && identity === null ? "found.port" : `found.${kind}`)} ·{" "}
          <span lang="zxx">{node}</span>
          {identity !== null && <> · {identityWords(identity, text)}</>}
        </span>
        {permission === "denied" && (
          <span className="device-advice">
            {group === null ? text("found.denied") : text("found.denied.group", { group })}
          </span>
        )}
      </div>
      {kind !== "usb-printer" && kind !== "system-printer" && mayOpen && (
        <Press data-testid={`scanner-at-${node}`} onClick={onScanner}>
          {text("role.scanner")}
        </Press>
      )}
      {kind === "serial" && mayOpen && (
        <>
          <Press onClick={() => onDraft(newPrinter(view, { kind: "serial", ...address, ...line }))}>
            {text("role.printer")}
          </Press>
          <Press data-testid={`scale-at-${node}`} onClick={() => onDraft(newScale(view, serialPlace(one)))}>
            {text("role.scale")}
          </Press>
          <Press data-testid={`display-at-${node}`} onClick={() => onDraft(newPole(view, serialPlace(one)))}>
            {text("role.display")}
          </Press>
          <Press data-testid={`old-till-at-${node}`} onClick={() => onDraft(newOldTill(view, serialPlace(one)))}>
            {text("role.old-till")}
          </Press>
        </>
      )}
      {kind === "system-printer" && (
        <Press
          data-testid={`printer-at-${node}`}
          onClick={() => onDraft(newPrinter(view, { kind: "system", name: node }))}
        >
          {text("role.printer")}
        </Press>
      )}
      {kind === "usb-printer" && mayOpen && (
        <Press onClick={() => onDraft(newPrinter(view, { kind: "usb", ...address }))}>{text("role.printer")}</Press>
      )}
    </li>
  );
}
