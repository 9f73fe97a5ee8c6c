import { IconCheck, IconFileText } from "@tabler/icons-react";
import { useState } from "react";
import type { PrinterConfig } from "#contract/config/devices.ts";
import type { TestSheetView } from "#contract/ipc/devices-view.ts";
import { profileFrom, testSheetItems } from "#core/receipt/test-sheet.ts";
import { Press } from "../../../parts/Press.tsx";
import { useDeviceText, type DeviceText } from "./device-texts.ts";

/** "Did this print?": the sheet is printed, and the numbers that look right on it tell what the printer can do. */
export function TestSheet(props: {
  readonly sheet: TestSheetView;
  readonly isReady: boolean;
  /** All of it is drawn by the till: there is nothing for the sheet to find out but what a person sees at once. */
  readonly isOnSystem: boolean;
  readonly onPrint: () => void;
  readonly onProfile: (profile: Partial<PrinterConfig>) => void;
}) {
  const { sheet, isReady, isOnSystem, onPrint, onProfile } = props;
  const text = useDeviceText();
  const [answers, setAnswers] = useState<ReadonlySet<number>>(new Set());
  const [hasPrinted, setPrinted] = useState(false);
  const lead = text(isOnSystem ? "printer.sheet.system" : "printer.sheet.lead");
  const isAsking = !isOnSystem && hasPrinted && sheet.kind === "ended" && sheet.progress.state !== "not-sent";
  const toggle = (number: number): void => {
    const changed = new Set(answers);
    if (!changed.delete(number)) changed.add(number);
    setAnswers(changed);
    onProfile(profileFrom(changed));
  };
  return (
    <section className="settings-card" data-testid="test-sheet" data-state={hasPrinted ? sheetState(sheet) : "none"}>
      <div className="sheet-head">
        <div>
          <h3>{text("printer.sheet")}</h3>
          <p className="settings-soft" role="status">
            {hasPrinted ? progressWords(sheet, text, lead) : lead}
          </p>
        </div>
        <Press
          data-testid="print-sheet"
          disabled={!isReady || (hasPrinted && sheet.kind === "printing")}
          onClick={() => {
            setPrinted(true);
            onPrint();
          }}
        >
          <IconFileText size={22} aria-hidden />
          {text("test-print")}
        </Press>
      </div>
      {isAsking && (
        <div className="sheet-items">
          {testSheetItems.map(({ number, shows }) => (
            <button
              key={number}
              type="button"
              className="sheet-item"
              aria-pressed={answers.has(number)}
              data-testid={`sheet-${number}`}
              onClick={() => toggle(number)}
            >
              <i className="figures">{number}</i>
              {text(`sheet.${shows}`)}
              {answers.has(number) && <IconCheck size={22} className="sheet-check" aria-hidden />}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}

function sheetState(sheet: TestSheetView): string {
  return sheet.kind === "none" ? "none" : sheet.progress.state;
}

function progressWords(sheet: TestSheetView, text: DeviceText, lead: string): string {
  if (sheet.kind === "none") return lead;
  const { progress } = sheet;
  if (progress.state === "waiting" || progress.state === "not-sent") {
    return text(`printer.sheet.${progress.state}`, { trouble: text(`trouble.${progress.trouble}`) });
  }
  if (progress.state === "printed" && progress.isSpooled === true) return text("printer.sheet.spooled");
  return text(`printer.sheet.${progress.state}`);
}
