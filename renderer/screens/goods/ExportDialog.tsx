import { IconFileSpreadsheet, IconFileText } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";
import { useGoodsText } from "./goods-texts.ts";

/** All goods in a file that can be changed and imported again. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useGoodsText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [isWriting, setWriting] = useState(false);
  const [written, setWritten] = useState<number | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const write = async (format: "csv" | "xlsx"): Promise<void> => {
    setWriting(true);
    const answer = await send("export-items", { format });
    setWriting(false);
    setFault(answer.ok ? null : answer.fault);
    setWritten(answer.ok ? (answer.value?.rowCount ?? null) : null);
  };
  return (
    <Dialog title={text("export.title")} testId="goods-export-dialog" onClose={onClose}>
      <p>{text("export.how")}</p>
      <div className="goods-choices">
        <Press data-testid="export-csv" disabled={isWriting} onClick={() => void write("csv")}>
          <IconFileText size={24} aria-hidden />
          {text("export.csv")}
        </Press>
        <Press data-testid="export-xlsx" disabled={isWriting} onClick={() => void write("xlsx")}>
          <IconFileSpreadsheet size={24} aria-hidden />
          {text("export.xlsx")}
        </Press>
      </div>
      <p role="status" data-testid="export-state" data-rows={written ?? ""}>
        {isWriting ? text("export.writing") : written === null ? "" : text("export.done", { count: written })}
      </p>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
    </Dialog>
  );
}
