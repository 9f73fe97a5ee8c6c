import "./shift.css";
import { IconPrinter } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { PaperView } from "#contract/ipc/shift-view.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { ReceiptPaper } from "../../paper/ReceiptPaper.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { actInDialog, closeDialog } from "../../till/desk.ts";
import { useFromSection } from "../../till-client.ts";
import { useShiftText } from "./shift-texts.ts";

/** The open shift as paper, and on paper. Where counts are blind a manager's PIN comes first. */
export function XReportDialog() {
  const text = useShiftText();
  const tillText = useTillText();
  const place = useClockPlace();
  const hasPrinter = useFromSection("shop", (shop) => shop.hasPrinter);
  const [paper, setPaper] = useState<PaperView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [isPrinted, setPrinted] = useState(false);
  useEffect(() => {
    void actInDialog("x-report", { print: false }, setPaper).then(setFault);
  }, []);
  const print = async (): Promise<void> => {
    setPrinted(false);
    const printed = (answer: PaperView): void => {
      setPaper(answer);
      setPrinted(true);
    };
    setFault(await actInDialog("x-report", { print: true }, printed));
  };
  return (
    <Dialog
      title={text("x.title")}
      testId="x-report"
      onClose={closeDialog}
      onEnter={() => void (paper !== null && hasPrinter && print())}
      footer={
        <>
          <span role="status" className="shift-told">
            {isPrinted && text("x.printed")}
          </span>
          <Press
            tone="primary"
            data-testid="x-print"
            disabled={paper === null || !hasPrinter}
            onClick={() => void print()}
          >
            <IconPrinter size={22} aria-hidden /> {text("x.print")} <KeyCap>Enter</KeyCap>
          </Press>
        </>
      }
    >
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      {paper === null ? (
        <p className="shift-hint">{text("x.wait")}</p>
      ) : (
        <Scrolled className="shift-paper" label={text("x.title")}>
          <ReceiptPaper columns={paper.columns} lines={paper.lines} />
        </Scrolled>
      )}
    </Dialog>
  );
}
