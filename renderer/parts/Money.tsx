import "./money.css";
import type { Fen } from "#core/money/fen.ts";
import { formatYuan } from "#core/money/yuan.ts";

/** An amount with a smaller currency sign before it; read out and copied as one text. */
export function Money({ fen, className }: { readonly fen: Fen; readonly className?: string }) {
  const text = formatYuan(fen);
  const isNegative = text.startsWith("-");
  return (
    <span className={`figures money ${className ?? ""}`}>
      {isNegative && "\u2212"}
      <span className="money-sign">¥</span>
      {isNegative ? text.slice(1) : text}
    </span>
  );
}
