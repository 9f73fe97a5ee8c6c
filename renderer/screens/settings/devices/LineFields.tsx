import type { PrinterConfig } from "#contract/config/devices.ts";
import { Choice } from "../Choice.tsx";
import type { CounterTransport } from "./counter-draft.ts";
import { useDeviceText } from "./device-texts.ts";

type Serial = Extract<CounterTransport, { readonly kind: "serial" }>;
type Line = Pick<
  Extract<PrinterConfig["transport"], { readonly kind: "serial" }>,
  "baudRate" | "dataBits" | "parity" | "stopBits"
>;

/** Speeds scales, pole displays and scanners are sold with. */
const speeds = [1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 115_200] as const;
/** Character formats of their manuals. */
const formats = ["8N1", "7E1", "7O1", "8E1", "8O1", "7E2"] as const;

/** How the serial line is set: as the protocol's maker ships it, or as somebody has set the device. */
export function LineFields(props: { readonly transport: Serial; readonly onChange: (transport: Serial) => void }) {
  const { transport, onChange } = props;
  const text = useDeviceText();
  const isOwn = transport.baudRate === undefined && transport.dataBits === undefined && transport.parity === undefined;
  return (
    <div className="line-fields">
      <Choice
        label={text("line")}
        testId="line"
        value={isOwn ? "own" : "set"}
        options={(["own", "set"] as const).map((value) => ({ value, words: text(`line.${value}`) }))}
        onChoose={(way) =>
          onChange(way === "own" ? withoutLine(transport) : { ...transport, ...lineOf("9600", "8N1") })
        }
      />
      {!isOwn && <SerialFields transport={transport} onChange={(line) => onChange({ ...transport, ...line })} />}
    </div>
  );
}

/** Speed and character format, one key each. */
export function SerialFields(props: {
  readonly transport: { readonly [K in keyof Line]?: Line[K] | undefined };
  readonly onChange: (line: Line) => void;
}) {
  const { transport, onChange } = props;
  const text = useDeviceText();
  const { baudRate, dataBits = 8, parity = "none", stopBits = 1 } = transport;
  const format = `${dataBits}${parity.slice(0, 1).toUpperCase()}${stopBits}`;
  const known: readonly number[] = baudRate === undefined ? speeds : [...new Set([...speeds, baudRate])];
  return (
    <>
      <Choice
        label={text("printer.speed")}
        testId="line-speed"
        value={String(baudRate ?? "")}
        options={known.map((speed) => ({ value: String(speed), words: String(speed) }))}
        onChoose={(speed) => onChange(lineOf(speed, format))}
      />
      <Choice
        label={text("line.format")}
        testId="line-format"
        value={format}
        options={[...new Set([...formats, format])].map((value) => ({ value, words: value }))}
        onChoose={(chosen) => onChange(lineOf(String(baudRate ?? 9_600), chosen))}
      />
    </>
  );
}

function withoutLine({ kind, flow, path, identity }: Serial): Serial {
  return { kind, flow, ...(path === undefined ? {} : { path }), ...(identity === undefined ? {} : { identity }) };
}

/** "7E1": data bits, parity, stop bits. */
function lineOf(speed: string, format: string): Line {
  const [bits, parity, stop] = format;
  return {
    baudRate: Number(speed),
    dataBits: bits === "7" ? 7 : 8,
    parity: parity === "E" ? "even" : parity === "O" ? "odd" : "none",
    stopBits: stop === "2" ? 2 : 1,
  };
}
