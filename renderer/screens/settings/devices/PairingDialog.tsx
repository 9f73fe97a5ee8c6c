import { TextInput } from "@mantine/core";
import { IconAlertCircle, IconCircleCheckFilled, IconEar, IconKeyboard } from "@tabler/icons-react";
import { useEffect, useMemo, useState, type ReactNode } from "react";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { PairingPort, ScanSuffix } from "#contract/devices/pairing.ts";
import type { DevicesView, PairingView } from "#contract/ipc/devices-view.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { secondsLeft } from "../../../i18n/formats.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { useNow } from "../../../i18n/use-now.ts";
import { CodeSymbol } from "../../../paper/CodeSymbol.tsx";
import { barcodeSymbol, qrSymbol } from "../../../paper/symbol.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Press } from "../../../parts/Press.tsx";
import { useDeviceText } from "./device-texts.ts";
import { modelOf, reasonWords } from "./device-words.ts";
import type { DevicesDesk } from "./use-devices.ts";

/** "Scan this code": the scanner that reads it becomes the till's. */
export function PairingDialog(props: {
  readonly view: DevicesView;
  readonly desk: DevicesDesk;
  readonly trouble: ReactNode;
  readonly onClose: () => void;
}) {
  const { view, desk, trouble, onClose } = props;
  const { run } = desk;
  const text = useDeviceText();
  const { pairing } = view;
  useEffect(() => {
    void run("pairing-begin", { at: null });
    return () => void run("pairing-end", {});
  }, [run]);
  const begin = (): void => void run("pairing-begin", { at: null });
  return (
    <Dialog title={text("pair.title")} size="wide" testId="pairing" onClose={onClose}>
      {trouble}
      <div className="pairing" data-testid="pairing-state" data-state={pairing.kind}>
        {pairing.kind === "listening" ? (
          <Listening pairing={pairing} found={view.found} desk={desk} />
        ) : (
          <Ended pairing={pairing} />
        )}
      </div>
      <div className="pairing-foot">
        {pairing.kind === "listening" || pairing.kind === "none" ? (
          <Press data-testid="pairing-cancel" onClick={onClose}>
            {text("pair.cancel")}
          </Press>
        ) : (
          <>
            <Press data-testid="pairing-again" onClick={begin}>
              {text(pairing.kind === "found" || pairing.kind === "already" ? "pair.another" : "pair.again")}
            </Press>
            <Press tone="primary" data-testid="pairing-done" onClick={onClose}>
              {text("pair.done")}
            </Press>
          </>
        )}
      </div>
    </Dialog>
  );
}

function Listening(props: {
  readonly pairing: Extract<PairingView, { kind: "listening" }>;
  readonly found: readonly FoundDevice[];
  readonly desk: DevicesDesk;
}) {
  const { pairing, found, desk } = props;
  const text = useDeviceText();
  const nowMs = useNow(1_000);
  return (
    <>
      <div className="pairing-codes">
        <p className="pairing-lead">
          <strong>{text("pair.lead")}</strong>
          <span className="settings-soft">{text("pair.hint")}</span>
        </p>
        <Codes code={pairing.text} />
      </div>
      {pairing.typed !== null && <Typed suffix={pairing.typed.suffix} desk={desk} />}
      <div className="pairing-ports">
        <h3>
          <IconEar size={20} aria-hidden />
          {text("pair.ports")}
          <span className="settings-soft figures">
            {text("pair.seconds", { seconds: secondsLeft(pairing.endsAtMs, nowMs) })}
          </span>
        </h3>
        {pairing.ports.length === 0 && <p className="settings-soft">{text("pair.no-ports")}</p>}
        <PortList ports={pairing.ports} found={found} />
        {pairing.typed === null && <NetworkScanner code={pairing.text} desk={desk} />}
      </div>
    </>
  );
}

/** It can be used as it is; any other way is better. */
function Typed({ suffix, desk }: { readonly suffix: ScanSuffix; readonly desk: DevicesDesk }) {
  const text = useDeviceText();
  return (
    <Notice icon={<IconKeyboard size={26} aria-hidden />} tone="amber" testId="pairing-typed">
      <strong>{text("pair.typed")}</strong>
      <p>{text("pair.typed.next")}</p>
      <div className="pairing-typed">
        <Press data-testid="pairing-use-typed" onClick={() => void desk.run("pairing-use-typed", {})}>
          {text("pair.typed.use")}
        </Press>
        <span className="settings-soft">{text("pair.learned.suffix", { suffix: text(`suffix.${suffix}`) })}</span>
      </div>
    </Notice>
  );
}

function Codes({ code }: { readonly code: string }) {
  const [bars, square] = useMemo(() => [barcodeSymbol("code128", code), qrSymbol(code, "M")], [code]);
  return (
    <div className="pairing-symbols" data-testid="pairing-code" data-code={code}>
      {bars !== null && (
        <span className="pairing-bars">
          <CodeSymbol symbol={bars} quiet={10} label={code} className="pairing-barcode" />
          <span className="figures" lang="zxx">
            {code}
          </span>
        </span>
      )}
      {square !== null && <CodeSymbol symbol={square} quiet={4} label={code} className="pairing-qr" />}
    </div>
  );
}

function PortList(props: { readonly ports: readonly PairingPort[]; readonly found: readonly FoundDevice[] }) {
  const { ports, found } = props;
  const text = useDeviceText();
  const nameOf = (name: string): string => {
    const one = found.find(({ node }) => node === name);
    return [one === undefined ? null : modelOf(one), name].filter((word) => word !== null).join(" · ");
  };
  return (
    <ul>
      {ports.map(({ name, baudRate, reason, heard }) => (
        <li key={name} data-testid={`port-${name}`} data-heard={heard ?? ""}>
          <span lang="zxx">{baudRate === null ? nameOf(name) : `${nameOf(name)} · ${baudRate}`}</span>
          <span className={reason === null && heard === null ? "settings-soft" : "device-advice"}>
            {reason === null
              ? text(heard === null ? "pair.waiting" : `pair.${heard}`)
              : text("pair.busy", { reason: reasonWords(reason, text) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A scanner behind a serial-to-network box: the till knocks only where it is told to. */
function NetworkScanner({ code, desk }: { readonly code: string; readonly desk: DevicesDesk }) {
  const text = useDeviceText();
  const [address, setAddress] = useState("");
  const match = /^\s*([^\s:]{1,253}):(\d{1,5})\s*$/.exec(address);
  const port = Number(match?.[2] ?? 0);
  const isGood = match !== null && port >= 1 && port <= 65_535;
  const listen = (): void => {
    if (isGood) void desk.run("pairing-begin", { at: { host: match[1] ?? "", port } });
  };
  return (
    <div className="pairing-network">
      <TextInput
        aria-label={text("pair.network")}
        placeholder={`${text("pair.network")}  192.168.1.60:4001`}
        size="md"
        className="settings-field"
        data-testid="pairing-address"
        value={address}
        spellCheck={false}
        // What a scanner typed here is no address.
        onChange={(event) => setAddress(event.currentTarget.value.replace(code, ""))}
        onKeyDown={(event) => event.key === "Enter" && listen()}
      />
      <Press data-testid="pairing-listen" disabled={!isGood} onClick={listen}>
        {text("pair.network.listen")}
      </Press>
    </div>
  );
}

function Ended({ pairing }: { readonly pairing: Exclude<PairingView, { kind: "listening" }> }) {
  const text = useDeviceText();
  const tillText = useTillText();
  const place = useClockPlace();
  const warn = <IconAlertCircle size={28} aria-hidden />;
  switch (pairing.kind) {
    case "none":
      return null;
    case "found":
      return <Found pairing={pairing} />;
    case "already":
      return (
        <Notice icon={<IconCircleCheckFilled size={28} aria-hidden />} tone="good">
          <strong>{text("pair.already", { name: pairing.deviceId })}</strong>
        </Notice>
      );
    case "unfit":
      return (
        <Notice icon={warn} tone="amber">
          <strong>{pairing.name === "" ? text("pair.unfit.typed") : text("pair.unfit", { name: pairing.name })}</strong>
          <p>{text(`pair.unfit.${pairing.why}`, { extra: pairing.extra.trim() })}</p>
        </Notice>
      );
    case "not-heard":
      return (
        <Notice icon={warn} tone="amber">
          <strong>{text("pair.not-heard")}</strong>
          <p>{text("pair.not-heard.next")}</p>
        </Notice>
      );
    case "not-saved":
      return (
        <Notice icon={warn} tone="grave">
          <strong>{faultText({ kind: pairing.fault }, tillText, place)}</strong>
        </Notice>
      );
  }
}

function Found({ pairing }: { readonly pairing: Extract<PairingView, { kind: "found" }> }) {
  const text = useDeviceText();
  const { aim, prefix, suffix } = pairing.learned;
  return (
    <Notice icon={<IconCircleCheckFilled size={34} aria-hidden />} tone="good">
      <strong className="pairing-found">{text("pair.found")}</strong>
      <ul className="pairing-learned">
        <li>
          {pairing.name === "" ? text("pair.found.typed") : text("pair.found.at", { name: pairing.name })} ·{" "}
          <span lang="zxx">{pairing.deviceId}</span>
        </li>
        <li>{text("pair.learned.suffix", { suffix: text(`suffix.${suffix}`) })}</li>
        <li>{aim === null ? text("pair.learned.aim-no") : text("pair.learned.aim-yes", { aim })}</li>
        {prefix !== "" && <li>{text("pair.learned.prefix", { prefix })}</li>}
      </ul>
    </Notice>
  );
}

function Notice(props: {
  readonly icon: ReactNode;
  readonly tone: "good" | "amber" | "grave";
  readonly testId?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={`settings-note settings-note-${props.tone}`} role="status" data-testid={props.testId}>
      {props.icon}
      <div>{props.children}</div>
    </div>
  );
}
