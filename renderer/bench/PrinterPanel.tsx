import {
  IconBolt,
  IconBoxAlignTop,
  IconFileOff,
  IconHandStop,
  IconHourglassLow,
  IconScissors,
  IconVolume,
} from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { PrinterState, PrinterSwitches } from "#contract/bench/devices.ts";
import { PaperFromElements } from "../paper/PaperFromElements.tsx";
import { Press } from "../parts/Press.tsx";
import { ask, useTwin, type BenchAnswer } from "./bench-client.ts";
import { BenchSwitch } from "./BenchSwitch.tsx";
import { useBenchText } from "./bench-texts.ts";

const switches = [
  ["paperOut", "printer.paper-out", IconFileOff],
  ["coverOpen", "printer.cover-open", IconBoxAlignTop],
  ["unplugged", "printer.unplugged", IconBolt],
  ["stalled", "printer.stalled", IconHandStop],
  ["slow", "printer.slow", IconHourglassLow],
  ["noisy", "printer.noisy", IconVolume],
] as const;

/** Strips of paper drawn at most: the roll on the floor may be longer. */
const mostPapers = 8;

/** The receipt printer with what came out of it, and what can go wrong with it. */
export function PrinterPanel({ tell }: { readonly tell: (answer: BenchAnswer<unknown>) => void }) {
  const text = useBenchText();
  const printer = useTwin("printer");
  return (
    <section className="bench-panel bench-printer" aria-label={text("printer")}>
      <header className="bench-head bench-head-stacked">
        <div>
          <h2>{text("printer")}</h2>
          <p data-testid="printer-note">{printer === null ? "" : noteOf(printer, text)}</p>
        </div>
        <Press
          data-testid="printer-tear"
          disabled={printer === null || printer.papers.length === 0}
          onClick={() => ask("POST /printer/tear", {}, tell)}
        >
          <IconScissors size={20} aria-hidden />
          {text("printer.tear")}
        </Press>
      </header>
      <div className="bench-switches">
        {switches.map(([name, label, Icon]) => (
          <BenchSwitch
            key={name}
            isOn={printer?.switches[name] ?? false}
            label={text(label)}
            icon={<Icon size={20} aria-hidden />}
            testId={`printer-${name}`}
            onTurn={(isOn) => ask("POST /printer/switches", turned(name, isOn), tell)}
          />
        ))}
      </div>
      <div className={`bench-slot${printer?.switches.coverOpen === true ? " bench-slot-open" : ""}`} aria-hidden="true">
        <i className={`bench-lamp${isReady(printer) ? " bench-lamp-on" : ""}`} />
      </div>
      <Papers printer={printer} />
    </section>
  );
}

/** Newest on top, where it leaves the slot; what still hangs in the printer comes first. */
function Papers({ printer }: { readonly printer: PrinterState | null }) {
  const text = useBenchText();
  const top = useRef<HTMLDivElement>(null);
  const newest = printer?.current?.id ?? printer?.papers.at(-1)?.id ?? 0;
  useEffect(() => top.current?.scrollTo({ top: 0 }), [newest]);
  if (printer === null) return <div className="bench-papers" />;
  const papers = printer.papers.slice(-mostPapers).toReversed();
  // A drawer pulse comes with the bytes of a strip and leaves no ink: that strip is not worth drawing.
  const hanging =
    printer.current?.elements.some(({ kind }) => kind !== "drawer-pulse") === true ? printer.current : null;
  return (
    <section
      className="bench-papers bench-scroll"
      ref={top}
      data-testid="papers"
      aria-label={text("printer")}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keys too
      tabIndex={0}
    >
      {hanging !== null && <PaperFromElements columns={printer.columns} elements={hanging.elements} isHanging />}
      {papers.map((paper) => (
        <PaperFromElements key={paper.id} columns={printer.columns} elements={paper.elements} />
      ))}
      {papers.length === 0 && hanging === null && <p className="bench-nothing">{text("printer.empty")}</p>}
    </section>
  );
}

function turned(name: keyof PrinterSwitches, isOn: boolean): Partial<PrinterSwitches> {
  return { [name]: isOn };
}

function isReady(printer: PrinterState | null): boolean {
  return printer !== null && printer.connections > 0 && !Object.values(printer.switches).includes(true);
}

function noteOf(printer: PrinterState, text: ReturnType<typeof useBenchText>): string {
  if (printer.faults.length > 0) return text("printer.faults", { count: printer.faults.length });
  if (printer.heldBytes > 0) return text("printer.held", { bytes: printer.heldBytes });
  return text("printer.connected", { count: printer.connections });
}
