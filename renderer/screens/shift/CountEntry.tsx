import { type ComponentType, useState } from "react";
import type { Fen } from "#core/money/fen.ts";
import { parseYuan } from "#core/money/yuan.ts";
import type { PieceCount } from "#core/shift/cash-count.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { Press } from "../../parts/Press.tsx";
import { PieceCounter } from "./PieceCounter.tsx";
import { useShiftText } from "./shift-texts.ts";
import { usePieceCount } from "./use-piece-count.ts";

export interface Counted {
  readonly totalFen: Fen;
  /** Null where the total alone was typed. */
  readonly pieces: readonly PieceCount[] | null;
}

export interface QuickAmounts {
  readonly amount: string;
  readonly onAmount: (text: string) => void;
}

/** Cash counted by denomination, or its total typed alone; each keeps what was entered while the other is looked at. */
export function CountEntry(props: {
  readonly label: string;
  readonly word: string;
  readonly testId: string;
  readonly startsWith: "pieces" | "total";
  readonly onConfirm: (counted: Counted) => void;
  /** Usual totals, above the field that they fill. */
  readonly Quick?: ComponentType<QuickAmounts>;
}) {
  const { label, word, testId, startsWith, onConfirm, Quick } = props;
  const text = useShiftText();
  const [mode, setMode] = useState(startsWith);
  const [amount, setAmount] = useState("");
  const entry = usePieceCount();
  const typed = parseYuan(amount);
  const confirmTotal = (): void => {
    if (typed.ok) onConfirm({ totalFen: typed.value, pieces: null });
  };
  return (
    <div className="count-entry">
      <Press
        className="count-mode"
        data-testid="count-mode"
        onClick={() => setMode(mode === "pieces" ? "total" : "pieces")}
      >
        {text(mode === "pieces" ? "count.by-total" : "count.by-pieces")}
      </Press>
      {mode === "pieces" ? (
        <PieceCounter
          entry={entry}
          word={word}
          testId={testId}
          onConfirm={() => {
            if (entry.count !== null) onConfirm(entry.count);
          }}
        />
      ) : (
        <>
          {Quick !== undefined && <Quick amount={amount} onAmount={setAmount} />}
          <div
            role="presentation"
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.repeat || !(event.target instanceof HTMLInputElement)) return;
              event.preventDefault();
              event.stopPropagation();
              confirmTotal();
            }}
          >
            <AmountField
              label={label}
              unit="¥"
              text={amount}
              onText={setAmount}
              enter={<EnterKey testId={testId} word={word} isReady={typed.ok} onPress={confirmTotal} />}
            />
          </div>
        </>
      )}
    </div>
  );
}
