import "../manager/manager.css";
import { IconCheck, IconPrinter } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { PaperView } from "#contract/ipc/shift-view.ts";
import { ReceiptPaper } from "../../paper/ReceiptPaper.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { closeDialog } from "../../till/desk.ts";
import { send, useFromSection } from "../../till-client.ts";
import { RefundTrouble } from "../refunds/RefundTrouble.tsx";
import { useReturnText } from "../returns/return-texts.ts";

/** The slip of a return without a receipt as it was printed, and a copy of it. */
export function LoosePaperDialog({ returnNumber }: { readonly returnNumber: string }) {
  const text = useReturnText();
  const hasPrinter = useFromSection("shop", (shop) => shop.hasPrinter);
  const [paper, setPaper] = useState<PaperView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [isPrinted, setPrinted] = useState(false);
  const ask = async (print: boolean): Promise<void> => {
    const answer = await send("loose-return-paper", { returnNumber, print });
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) setPaper(answer.value);
    setPrinted(print && answer.ok);
  };
  useEffect(() => {
    void ask(false);
    // Asked once: another number is another dialog.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const canPrint = paper !== null && hasPrinter;
  return (
    <Dialog
      title={text("loose.paper", { number: returnNumber.toUpperCase() })}
      testId="loose-paper"
      onClose={closeDialog}
      onEnter={() => void (canPrint && ask(true))}
      footer={
        <div className="manager-reprint">
          <span role="status" data-testid="loose-reprinted" data-printed={isPrinted}>
            {isPrinted && (
              <>
                <IconCheck size={20} aria-hidden />
                {text("loose.reprinted")}
              </>
            )}
          </span>
          <Press tone="primary" data-testid="loose-reprint" disabled={!canPrint} onClick={() => void ask(true)}>
            <IconPrinter size={22} aria-hidden />
            {text("loose.reprint")} <KeyCap>Enter</KeyCap>
          </Press>
        </div>
      }
    >
      {fault !== null && <RefundTrouble trouble={fault} />}
      {paper !== null && (
        <Scrolled className="manager-sale-paper" label={text("loose.paper", { number: returnNumber.toUpperCase() })}>
          <ReceiptPaper columns={paper.columns} lines={paper.lines} />
        </Scrolled>
      )}
    </Dialog>
  );
}
