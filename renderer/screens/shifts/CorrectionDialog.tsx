import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { negateFen } from "#core/money/fen.ts";
import { parseYuan } from "#core/money/yuan.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { AmountField } from "../../parts/AmountField.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { EnterKey } from "../../parts/EnterKey.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";
import { ReasonField } from "../shift/ReasonField.tsx";
import { useShiftText } from "../shift/shift-texts.ts";
import { useReasons } from "../shift/use-shift-desk.ts";

/** A manager's later word on a closed shift: money that was found, or that is missing after all, and why. */
export function CorrectionDialog(props: {
  readonly shiftId: string;
  readonly onClose: () => void;
  readonly onCorrected: () => void;
}) {
  const { shiftId, onClose, onCorrected } = props;
  const text = useShiftText();
  const tillText = useTillText();
  const place = useClockPlace();
  const usual = useReasons("variance", null);
  /** Kept for every press of the key. */
  const [correctionId] = useState(() => crypto.randomUUID());
  const [isMissing, setMissing] = useState(false);
  const [amount, setAmount] = useState("");
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<IntentFault | null>(null);
  const parsed = parseYuan(amount);
  const isReady = parsed.ok && reason.trim() !== "";
  const correct = async (): Promise<void> => {
    if (!isReady) return;
    const amountFen = isMissing ? negateFen(parsed.value) : parsed.value;
    const answer = await send("correct-shift", { correctionId, shiftId, amountFen, reason });
    if (answer.ok) onCorrected();
    else setFault(answer.fault);
  };
  return (
    <Dialog
      title={text("shift.correct.title")}
      size="wide"
      testId="correction"
      onClose={onClose}
      onEnter={() => void correct()}
    >
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <p className="shift-hint">{text("shift.correct.explain")}</p>
      <div className="cash-move">
        <div>
          <div className="cash-move-kinds cash-move-two">
            <Press data-testid="correct-found" aria-pressed={!isMissing} onClick={() => setMissing(false)}>
              {text("shift.correct.found")}
            </Press>
            <Press data-testid="correct-missing" aria-pressed={isMissing} onClick={() => setMissing(true)}>
              {text("shift.correct.missing")}
            </Press>
          </div>
          <ReasonField usual={usual} reason={reason} onReason={setReason} />
        </div>
        <AmountField
          label={text("move.amount")}
          unit="¥"
          text={amount}
          onText={setAmount}
          enter={
            <EnterKey
              testId="correction-confirm"
              word={text("shift.correct.confirm")}
              isReady={isReady}
              onPress={() => void correct()}
            />
          }
        />
      </div>
    </Dialog>
  );
}
