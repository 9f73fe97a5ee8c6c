import { IconCheck, IconPrinter } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intents.ts";
import type { SaleDetailView } from "#contract/ipc/manager-view.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { ReceiptPaper } from "../../paper/ReceiptPaper.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";
import { SaleFacts } from "./SaleFacts.tsx";
import { useManagerText } from "./manager-texts.ts";

/** One sale: its receipt as paper beside its facts, and the way to print it again. */
export function SaleDialog({ saleId, onClose }: { readonly saleId: string; readonly onClose: () => void }) {
  const text = useManagerText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [detail, setDetail] = useState<SaleDetailView | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const [isReprinted, setReprinted] = useState(false);

  useEffect(() => {
    let isCurrent = true;
    void send("sale-detail", { saleId }).then((answer) => {
      if (!isCurrent) return;
      if (answer.ok) setDetail(answer.value);
      else setFault(answer.fault);
    });
    return () => {
      isCurrent = false;
    };
  }, [saleId]);

  const reprint = async (): Promise<void> => {
    const answer = await send("reprint-receipt", { saleId });
    setReprinted(answer.ok);
    setFault(answer.ok ? null : answer.fault);
  };

  return (
    <Dialog
      title={text("sale", { number: detail?.sale.saleNumber ?? "" })}
      size="wide"
      testId="sale-dialog"
      onClose={onClose}
      footer={<ReprintRow isReprinted={isReprinted} isReady={detail !== null} onReprint={() => void reprint()} />}
    >
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      {detail !== null && (
        <div className="manager-sale">
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keys too */}
          <section className="manager-sale-paper" aria-label={text("sale.receipt")} tabIndex={0}>
            <ReceiptPaper columns={detail.receipt.columns} lines={detail.receipt.lines} />
          </section>
          <SaleFacts detail={detail} />
        </div>
      )}
    </Dialog>
  );
}

function ReprintRow(props: {
  readonly isReprinted: boolean;
  readonly isReady: boolean;
  readonly onReprint: () => void;
}) {
  const text = useManagerText();
  const common = useCommonText();
  return (
    <div className="manager-reprint">
      <span role="status">
        {props.isReprinted && (
          <>
            <IconCheck size={20} aria-hidden />
            {text("sale.reprinted")}
          </>
        )}
      </span>
      <Press tone="primary" data-testid="reprint" disabled={!props.isReady} onClick={props.onReprint}>
        <IconPrinter size={22} aria-hidden />
        {common("print-again")}
      </Press>
    </div>
  );
}
