import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentAnswer } from "#contract/ipc/intents.ts";
import type { Fen } from "#core/money/fen.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { actInDialog, closeDialog } from "../../till/desk.ts";
import { CandidateList } from "./CandidateList.tsx";
import type { Counted } from "./CountEntry.tsx";
import { DifferenceNote } from "./DifferenceNote.tsx";
import { ReasonField } from "./ReasonField.tsx";
import { useShiftText } from "./shift-texts.ts";
import { useCandidates } from "./use-candidates.ts";
import { useReasons, useShiftDesk } from "./use-shift-desk.ts";

export interface ToldVariance {
  readonly counted: Counted;
  readonly differenceFen: Fen;
  readonly expectedCashFen: Fen;
}

/** What is missing or too much, what it may be, and the manager's word with a reason that closes all the same. */
export function VarianceStep(props: {
  readonly shiftId: string;
  readonly told: ToldVariance;
  readonly onClosed: (close: IntentAnswer<"close-shift">) => void;
  readonly onAgain: () => void;
  readonly onSale: (saleId: string) => void;
}) {
  const { shiftId, told, onClosed, onAgain, onSale } = props;
  const text = useShiftText();
  const tillText = useTillText();
  const place = useClockPlace();
  const candidates = useCandidates(shiftId);
  const usual = useReasons("variance", useShiftDesk());
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<IntentFault | null>(null);
  const { totalFen, pieces } = told.counted;
  const approve = async (): Promise<void> => {
    if (reason.trim() === "") return;
    const counted = { countedCashFen: totalFen, ...(pieces === null ? {} : { pieces: [...pieces] }) };
    const refused = await actInDialog("close-shift", { ...counted, isFinal: true, reason }, onClosed);
    // Something came into the drawer meanwhile.
    if (refused?.kind === "count-again") onAgain();
    else setFault(refused);
  };
  return (
    <Dialog
      title={tillText("close-shift.title")}
      size="wide"
      testId="variance"
      onClose={closeDialog}
      onEnter={() => void approve()}
      footer={
        <>
          <Press data-testid="variance-recount" onClick={onAgain}>
            {text("close.recount")}
          </Press>
          <Press
            tone="primary"
            data-testid="variance-approve"
            disabled={reason.trim() === ""}
            onClick={() => void approve()}
          >
            {text("close.approve")} <KeyCap>Enter</KeyCap>
          </Press>
        </>
      }
    >
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <DifferenceNote differenceFen={told.differenceFen} />
      <p className="shift-hint figures">
        {text("close.expected")} {formatMoney(told.expectedCashFen)} · {text("close.counted")} {formatMoney(totalFen)}
        <br />
        {text("close.over-limit")}
      </p>
      {candidates !== null && <CandidateList candidates={candidates} onSale={onSale} onEvent={null} />}
      <ReasonField usual={usual} reason={reason} onReason={setReason} />
    </Dialog>
  );
}
