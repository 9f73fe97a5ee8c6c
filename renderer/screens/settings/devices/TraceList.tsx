import { IconArrowDownLeft, IconArrowUpRight, IconBarcode, IconEyeOff, IconPlugConnected } from "@tabler/icons-react";
import type { TraceLine, TracePiece } from "#contract/devices/trace.ts";
import type { TraceEntry } from "#contract/ipc/devices-view.ts";
import { localName, useClockPlace, useLocale } from "../../../i18n/locale.tsx";
import { isDeviceKey, useDeviceText, type DeviceText } from "./device-texts.ts";
import { reasonWords, stateWords } from "./device-words.ts";
import { formatMoment } from "./format-time.ts";

/** What went over the lines, newest first. */
export function TraceList({ entries }: { readonly entries: readonly TraceEntry[] }) {
  const text = useDeviceText();
  if (entries.length === 0) {
    return (
      <p className="trace-empty settings-soft">
        <IconBarcode size={56} stroke={1.2} aria-hidden />
        {text("self-test.empty")}
      </p>
    );
  }
  return (
    // A list that grows by itself is scrolled by keys too.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
    <ol className="trace-list" data-testid="trace-list" tabIndex={0} aria-label={text("trace")}>
      {entries.map((entry) => (
        <TraceRow key={entry.seq} entry={entry} />
      ))}
    </ol>
  );
}

function TraceRow({ entry }: { readonly entry: TraceEntry }) {
  const place = useClockPlace();
  const { line } = entry;
  return (
    <li className={`trace-row trace-${line.kind}`} data-testid={`trace-${line.kind}`}>
      <time className="figures">{formatMoment(line.atMs, place)}</time>
      {line.kind === "scan" ? <ScanRow entry={entry} line={line} /> : <OtherRow line={line} />}
      <span className="trace-device" lang="zxx">
        {line.deviceId}
      </span>
    </li>
  );
}

function ScanRow({ entry, line }: { readonly entry: TraceEntry; readonly line: Extract<TraceLine, { kind: "scan" }> }) {
  const text = useDeviceText();
  const source = `trace.source.${line.source}`;
  const tookMs = line.pieces.reduce((sum, piece) => sum + (piece.gapMs ?? 0), 0);
  return (
    <div className="trace-what">
      <p className="trace-code">
        {line.text === null ? (
          <strong className="trace-hidden">
            <IconEyeOff size={18} aria-hidden />
            {text("trace.hidden")}
          </strong>
        ) : (
          <strong lang="zxx" data-testid="trace-text">
            {line.text}
          </strong>
        )}
        <Meaning entry={entry} line={line} />
      </p>
      <p className="trace-facts settings-soft figures">
        <span>{text(isDeviceKey(source) ? source : "trace.source.line")}</span>
        <span>{line.aim === null ? text("trace.no-aim") : <span lang="zxx">AIM {line.aim}</span>}</span>
        <span>{text("trace.length", { length: line.length })}</span>
        {line.pieces.length > 1 && <span>{text("trace.took", { ms: tookMs })}</span>}
      </p>
      <p className="trace-bytes" lang="zxx">
        {line.pieces.map((piece, index) => (
          // Pieces of a line that is shown once and never changes.
          // oxlint-disable-next-line react/no-array-index-key -- see above
          <Piece key={index} piece={piece} />
        ))}
      </p>
    </div>
  );
}

function Piece({ piece: { gapMs, length, hex } }: { readonly piece: TracePiece }) {
  return (
    <span className="trace-piece">
      {gapMs !== null && <i>+{gapMs} ms</i>}
      <code>{hex === null ? "•• ".repeat(Math.min(length, 32)).trim() : hex}</code>
      {hex !== null && <code className="trace-text">{printable(hex)}</code>}
    </span>
  );
}

/** The bytes as characters; what cannot be seen by its name. */
function printable(hex: string): string {
  const names: Readonly<Record<number, string>> = {
    13: "[CR]",
    10: "[LF]",
    9: "[TAB]",
    2: "[STX]",
    3: "[ETX]",
    29: "[GS]",
  };
  return hex
    .split(" ")
    .map((pair) => Number.parseInt(pair, 16))
    .map((byte) => names[byte] ?? (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·"))
    .join("");
}

function Meaning({ entry, line }: { readonly entry: TraceEntry; readonly line: Extract<TraceLine, { kind: "scan" }> }) {
  const text = useDeviceText();
  const locale = useLocale();
  if (line.hidden !== null) return <span className="trace-meaning">{text(`hidden.${line.hidden}`)}</span>;
  const { meaning } = entry;
  if (meaning === null) return null;
  const { item } = meaning;
  const isUnknown = meaning.kind === "item" && item === null;
  return (
    <span className={`trace-meaning trace-meaning-${isUnknown ? "unknown" : meaning.kind}`} data-testid="trace-meaning">
      {isUnknown ? text("meaning.item.unknown") : meaningWords(meaning.kind, text)}
      {item !== null && `：${localName(item, locale)}`.replace("：", locale === "en" ? ": " : "：")}
    </span>
  );
}

/** A kind this page has no words for yet was understood all the same. */
function meaningWords(kind: string, text: DeviceText): string {
  const key = `meaning.${kind}`;
  return text(isDeviceKey(key) ? key : "meaning.other");
}

function OtherRow({ line }: { readonly line: Exclude<TraceLine, { kind: "scan" }> }) {
  const text = useDeviceText();
  if (line.kind === "state") {
    return (
      <div className="trace-what">
        <p className="trace-code">
          <IconPlugConnected size={18} aria-hidden />
          {stateWords({ state: line.state, trouble: null }, text)}
          {line.reason !== null && (
            <span className="settings-soft">
              {reasonWords(line.reason, text)} <span lang="zxx">{line.reason}</span>
            </span>
          )}
        </p>
      </div>
    );
  }
  const { piece } = line;
  return (
    <div className="trace-what">
      <p className="trace-code trace-wire">
        {line.kind === "sent" ? (
          <IconArrowUpRight size={18} aria-hidden />
        ) : (
          <IconArrowDownLeft size={18} aria-hidden />
        )}
        {text(`trace.${line.kind}`, { length: piece.length })}
        <code lang="zxx">
          {piece.hex}
          {piece.length > 24 && " …"}
        </code>
      </p>
    </div>
  );
}
