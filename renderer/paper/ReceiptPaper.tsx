import type { LogoView } from "#contract/ipc/settings-intents.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { PaperBarcode } from "./PaperBarcode.tsx";
import { PaperQr } from "./PaperQr.tsx";
import { PaperRaster } from "./PaperRaster.tsx";
import { PaperSheet } from "./PaperSheet.tsx";
import { PaperLine } from "./PaperLine.tsx";

/** A receipt as it prints, drawn as the paper in the customer's hand. Both widths: 48 columns are 80 mm, 32 are 58 mm. */
export function ReceiptPaper({
  columns,
  lines,
  logo = null,
}: {
  readonly columns: 48 | 42 | 32;
  readonly lines: readonly PrintLine[];
  /** The shop's picture in dots of this paper, where somebody has it. */
  readonly logo?: LogoView | null;
}) {
  return (
    <PaperSheet columns={columns}>
      {lines.map((line, index) => (
        // Lines of a receipt are never reordered: their place is their identity.
        // oxlint-disable-next-line react/no-array-index-key
        <PrintedLine key={index} line={line} columns={columns} logo={logo} />
      ))}
    </PaperSheet>
  );
}

function PrintedLine({
  line,
  columns,
  logo,
}: {
  readonly line: PrintLine;
  readonly columns: 48 | 42 | 32;
  readonly logo: LogoView | null;
}) {
  switch (line.kind) {
    case "text": {
      const { bold = false, widthTimes = 1, heightTimes = 1 } = line.style;
      return (
        <PaperLine columns={columns} align={line.align} runs={[{ text: line.text, bold, widthTimes, heightTimes }]} />
      );
    }
    case "blank":
      return <PaperLine columns={columns} align="left" runs={[]} />;
    case "barcode":
      return <PaperBarcode symbology="code128" text={line.text} align="center" heightDots={80} moduleDots={2} />;
    case "qr":
      return <PaperQr text={line.text} level="M" align="center" moduleDots={5} />;
    case "logo":
      return logo === null ? null : (
        <PaperRaster
          raster={{ ...logo, kind: "raster", align: "center", widthTimes: 1, heightTimes: 1 }}
          columns={columns}
        />
      );
  }
}
