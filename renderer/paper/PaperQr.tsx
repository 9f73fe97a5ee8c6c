import { memo } from "react";
import type { PaperAlign } from "#contract/bench/devices.ts";
import { CodeSymbol } from "./CodeSymbol.tsx";
import { qrSymbol } from "./symbol.ts";
import { dotSize } from "./dots.ts";

/** ISO/IEC 18004: four modules of white all around. */
const quietModules = 4;

/** A QR on paper; nothing where its text fits no QR, as on a real printer. */
export const PaperQr = memo(function PaperQr(props: {
  readonly text: string;
  readonly level: "L" | "M" | "Q" | "H";
  readonly align: PaperAlign;
  readonly moduleDots: number;
}) {
  const { text, level, align, moduleDots } = props;
  const symbol = qrSymbol(text, level);
  if (symbol === null) return null;
  const sideDots = (symbol.width + 2 * quietModules) * moduleDots;
  return (
    <div className={`paper-code paper-${align}`}>
      <span className="paper-box" style={dotSize(sideDots, sideDots)}>
        <CodeSymbol symbol={symbol} quiet={quietModules} label={`QR ${text}`} testId="paper-qr" />
      </span>
    </div>
  );
});
