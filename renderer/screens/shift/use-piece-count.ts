import { useState } from "react";
import { fen, type Fen } from "#core/money/fen.ts";
import {
  countedFen,
  type Denomination,
  denominationsFen,
  mostPieces,
  type PieceCount,
} from "#core/shift/cash-count.ts";

/** As many digits as `mostPieces` has. */
const maxDigits = 4;

export interface PieceEntry {
  /** What stands in each row's field, largest denomination first. */
  readonly rows: readonly { readonly denominationFen: Denomination; readonly text: string; readonly fen: Fen }[];
  /** Of all rows; null while nothing was entered. */
  readonly count: { readonly totalFen: Fen; readonly pieces: readonly PieceCount[] } | null;
  readonly type: (denominationFen: Denomination, text: string) => void;
  readonly step: (denominationFen: Denomination, by: 1 | -1) => void;
}

/** Notes and coins while they are counted. An empty field is none of them, and all fields empty is no count yet. */
export function usePieceCount(): PieceEntry {
  const [texts, setTexts] = useState<ReadonlyMap<Denomination, string>>(new Map());
  const set = (denominationFen: Denomination, text: string): void =>
    setTexts((before) => new Map(before).set(denominationFen, text));
  const textOf = (denominationFen: Denomination): string => texts.get(denominationFen) ?? "";
  const piecesOf = (denominationFen: Denomination): number => Number(textOf(denominationFen));
  const pieces = denominationsFen.map((denominationFen) => ({ denominationFen, pieces: piecesOf(denominationFen) }));
  const total = countedFen(pieces);
  const isBegun = denominationsFen.some((denominationFen) => textOf(denominationFen) !== "");
  return {
    rows: denominationsFen.map((denominationFen) => ({
      denominationFen,
      text: textOf(denominationFen),
      fen: fen(denominationFen * piecesOf(denominationFen)),
    })),
    count: isBegun && total.ok ? { totalFen: total.value, pieces } : null,
    type: (denominationFen, text) => set(denominationFen, text.replaceAll(/\D/g, "").slice(0, maxDigits)),
    step(denominationFen, by) {
      const next = Math.min(mostPieces, Math.max(0, piecesOf(denominationFen) + by));
      set(denominationFen, String(next));
    },
  };
}
