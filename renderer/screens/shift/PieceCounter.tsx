import { IconMinus, IconPlus } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { toHalfWidth } from "#core/money/half-width.ts";
import { fen, zeroFen } from "#core/money/fen.ts";
import { formatMoney, formatPlainMoney } from "../../i18n/formats.ts";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { applyPadKey, Keypad } from "../../parts/Keypad.tsx";
import { Money } from "../../parts/Money.tsx";
import { Press } from "../../parts/Press.tsx";
import type { PieceEntry } from "./use-piece-count.ts";
import { useShiftText } from "./shift-texts.ts";

type Row = PieceEntry["rows"][number];

const mostDigits = 4;

/**
 * Counting notes and coins: a row for each kind, arrows or Enter go from one to the next, plus and minus and the pad are
 * for fingers. Enter confirms in the last row alone: in a row before it, it would end a count that is half done.
 */
export function PieceCounter(props: {
  readonly entry: PieceEntry;
  readonly word: string;
  readonly testId: string;
  readonly onConfirm: () => void;
}) {
  const { entry, word, testId, onConfirm } = props;
  const text = useShiftText();
  const [active, setActive] = useState(0);
  const fields = useRef<(HTMLInputElement | null)[]>([]);
  // On a screen of its own nothing else puts the focus here; in a dialog the focus trap does the same.
  useEffect(() => fields.current[0]?.focus(), []);
  const last = entry.rows.length - 1;
  const goTo = (index: number): void => {
    const field = fields.current[Math.min(last, Math.max(0, index))];
    field?.focus();
    field?.select();
  };
  const confirm = (): void => {
    if (entry.count !== null) onConfirm();
  };
  const hear = (event: KeyboardEvent, index: number, row: Row): void => {
    const act = keyAct(event.key, {
      up: () => goTo(index - 1),
      down: () => goTo(index + 1),
      enter: () => (index === last ? confirm() : goTo(index + 1)),
      step: (by) => entry.step(row.denominationFen, by),
    });
    if (act === null || event.nativeEvent.isComposing) return;
    event.preventDefault();
    // The dialog's own Enter would confirm.
    event.stopPropagation();
    act();
  };
  return (
    <div className="piece-counter" data-testid="piece-counter">
      <div className="piece-rows" role="group" aria-label={text("count.pieces")}>
        {entry.rows.map((row, index) => (
          <PieceRow
            key={row.denominationFen}
            row={row}
            isFirst={index === 0}
            field={(element) => {
              fields.current[index] = element;
            }}
            onFocus={() => setActive(index)}
            onKey={(event) => hear(event, index, row)}
            onType={(typed) => entry.type(row.denominationFen, typed)}
            onStep={(by) => entry.step(row.denominationFen, by)}
          />
        ))}
      </div>
      <PieceSide entry={entry} active={active} word={word} testId={testId} onConfirm={confirm} />
    </div>
  );
}

/** What they come to, and the pad that types into the row that has the focus. */
function PieceSide(props: {
  readonly entry: PieceEntry;
  readonly active: number;
  readonly word: string;
  readonly testId: string;
  readonly onConfirm: () => void;
}) {
  const { entry, active, word, testId, onConfirm } = props;
  const text = useShiftText();
  const row = entry.rows[active];
  return (
    <div className="piece-side">
      <p className="piece-total" data-testid="piece-total">
        <span>{text("count.total")}</span>
        <Money fen={entry.count?.totalFen ?? zeroFen} />
      </p>
      <Keypad
        layout="pin"
        onKey={(key) => {
          if (row !== undefined) entry.type(row.denominationFen, applyPadKey(row.text, key, mostDigits));
        }}
        enter={
          <Press
            tone="primary"
            className="enter-key"
            data-testid={testId}
            disabled={entry.count === null}
            onClick={onConfirm}
          >
            {word}
            {active === entry.rows.length - 1 && <KeyCap>Enter</KeyCap>}
          </Press>
        }
      />
      <p className="piece-keys">{text("count.keys")}</p>
    </div>
  );
}

function PieceRow(props: {
  readonly row: Row;
  readonly isFirst: boolean;
  readonly field: (element: HTMLInputElement | null) => void;
  readonly onFocus: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onType: (text: string) => void;
  readonly onStep: (by: 1 | -1) => void;
}) {
  const { row, isFirst, field, onFocus, onKey, onType, onStep } = props;
  const text = useShiftText();
  const value = formatMoney(fen(row.denominationFen)).replace(".00", "");
  return (
    <div className="piece-row">
      <strong className="figures">{value}</strong>
      <Press aria-label={text("count.less", { value })} aria-keyshortcuts="-" tabIndex={-1} onClick={() => onStep(-1)}>
        <IconMinus size={22} aria-hidden />
      </Press>
      <input
        ref={field}
        {...(isFirst ? { "data-autofocus": true } : {})}
        className="figures"
        data-testid={`pieces-${row.denominationFen}`}
        aria-label={text("count.pieces-of", { value })}
        inputMode="numeric"
        autoComplete="off"
        placeholder="0"
        value={row.text}
        onFocus={onFocus}
        onKeyDown={onKey}
        onChange={(event) => onType(toHalfWidth(event.currentTarget.value))}
      />
      <Press
        aria-label={text("count.more", { value })}
        data-testid={`more-of-${row.denominationFen}`}
        aria-keyshortcuts="Plus"
        tabIndex={-1}
        onClick={() => onStep(1)}
      >
        <IconPlus size={22} aria-hidden />
      </Press>
      <span className="figures piece-sum">{row.fen === 0 ? "" : formatPlainMoney(row.fen)}</span>
    </div>
  );
}

/** What a key means in a row; null where it is the field's own. */
function keyAct(
  key: string,
  to: {
    readonly up: () => void;
    readonly down: () => void;
    readonly enter: () => void;
    readonly step: (by: 1 | -1) => void;
  },
): (() => void) | null {
  switch (key) {
    case "ArrowUp":
      return to.up;
    case "ArrowDown":
      return to.down;
    case "Enter":
      return to.enter;
    case "+":
      return () => to.step(1);
    case "-":
      return () => to.step(-1);
    default:
      return null;
  }
}
