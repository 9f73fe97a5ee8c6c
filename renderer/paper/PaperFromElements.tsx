import type { PaperElement } from "#contract/bench/devices.ts";
import { PaperBarcode } from "./PaperBarcode.tsx";
import { PaperLine } from "./PaperLine.tsx";
import { PaperQr } from "./PaperQr.tsx";
import { PaperRaster } from "./PaperRaster.tsx";
import { PaperSheet } from "./PaperSheet.tsx";
import { dotSize } from "./dots.ts";

/** What a printer put on a strip of paper, drawn from the elements its twin decoded from the bytes. */
export function PaperFromElements(props: {
  readonly columns: 48 | 42 | 32;
  readonly elements: readonly PaperElement[];
  /** The strip still hangs in the printer. */
  readonly isHanging?: boolean;
}) {
  const { columns, elements, isHanging = false } = props;
  return (
    <PaperSheet columns={columns} isHanging={isHanging}>
      {elements.map((element, index) => (
        // Paper only grows at its end: an element's place is its identity.
        // oxlint-disable-next-line react/no-array-index-key
        <Printed key={index} element={element} columns={columns} />
      ))}
    </PaperSheet>
  );
}

function Printed({ element, columns }: { readonly element: PaperElement; readonly columns: 48 | 42 | 32 }) {
  switch (element.kind) {
    case "text":
      return (
        <div className={element.upsideDown ? "paper-upside-down" : undefined}>
          <PaperLine columns={columns} align={element.align} runs={element.runs} />
        </div>
      );
    case "barcode":
      return (
        <PaperBarcode
          symbology={element.symbology}
          text={element.text}
          align={element.align}
          heightDots={element.heightDots}
          moduleDots={element.module}
          hri={element.hri}
        />
      );
    case "qr":
      return (
        <PaperQr text={element.text} level={element.level} align={element.align} moduleDots={element.moduleDots} />
      );
    case "raster":
      return <PaperRaster raster={element} columns={columns} />;
    case "feed":
      return <PaperFeed unit={element.unit} count={element.count} />;
    // A cut is the paper's own edge, and a pulse leaves no mark.
    case "cut":
    case "drawer-pulse":
      return null;
  }
}

function PaperFeed({ unit, count }: { readonly unit: "lines" | "dots"; readonly count: number }) {
  const dots = unit === "lines" ? count * 30 : count;
  return <div className="paper-feed" style={dotSize(0, dots)} />;
}
