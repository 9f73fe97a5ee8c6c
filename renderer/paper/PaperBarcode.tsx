import { memo } from "react";
import type { BarcodeSymbology, PaperAlign } from "#contract/bench/devices.ts";
import { CodeSymbol } from "./CodeSymbol.tsx";
import { barcodeSymbol } from "./symbol.ts";
import { dotSize } from "./dots.ts";

/** White on either side without which scanners miss the first bar, in modules. */
const quietModules = 10;

/** A barcode on paper with its text below; a text the symbology cannot hold stands alone, as on a real printer. */
export const PaperBarcode = memo(function PaperBarcode(props: {
  readonly symbology: BarcodeSymbology;
  readonly text: string;
  readonly align: PaperAlign;
  readonly heightDots: number;
  readonly moduleDots: number;
  readonly hri?: "none" | "above" | "below" | "both";
}) {
  const { symbology, text, align, heightDots, moduleDots, hri = "below" } = props;
  const symbol = barcodeSymbol(symbology, text);
  const widthDots = symbol === null ? 0 : (symbol.width + 2 * quietModules) * moduleDots;
  return (
    <div className={`paper-code paper-${align}`}>
      {(hri === "above" || hri === "both") && <span className="paper-hri">{text}</span>}
      {symbol !== null && (
        <span className="paper-box" style={dotSize(widthDots, heightDots)}>
          <CodeSymbol symbol={symbol} quiet={quietModules} label={`${symbology} ${text}`} testId="paper-barcode" />
        </span>
      )}
      {(hri === "below" || hri === "both" || symbol === null) && <span className="paper-hri">{text}</span>}
    </div>
  );
});
