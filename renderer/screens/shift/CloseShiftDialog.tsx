import "./shift.css";
import { useRef, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { IntentAnswer } from "#contract/ipc/intents.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { actInDialog, closeDialog } from "../../till/desk.ts";
import { lazy } from "../../till/lazy.tsx";
import { useFromSection } from "../../till-client.ts";
import { CountEntry, type Counted } from "./CountEntry.tsx";
import { ShiftResult } from "./ShiftResult.tsx";
import { useShiftText } from "./shift-texts.ts";
import { useShiftDesk } from "./use-shift-desk.ts";
import { type ToldVariance, VarianceStep } from "./VarianceStep.tsx";

/** With its paper it belongs to the manager's pages, which no start waits for. */
const SaleDialog = lazy(async () => ({ default: (await import("../manager/SaleDialog.tsx")).SaleDialog }));

/**
 * Counting comes first: what should be there is told only afterwards, so that nobody counts towards it. Beyond the limit
 * it is counted a second time, and what is still missing is told with what it may be, for a manager to sign.
 */
export function CloseShiftDialog() {
  const [close, setClose] = useState<IntentAnswer<"close-shift"> | null>(null);
  const [told, setTold] = useState<ToldVariance | null>(null);
  const [saleId, setSaleId] = useState<string | null>(null);
  const shiftId = useFromSection("shift", (shift) => shift?.shiftId ?? "");
  if (saleId !== null) return <SaleDialog saleId={saleId} onClose={() => setSaleId(null)} />;
  if (close !== null) return <ShiftResult close={close} onSale={setSaleId} />;
  if (told !== null) {
    const again = (): void => setTold(null);
    return <VarianceStep shiftId={shiftId} told={told} onClosed={setClose} onAgain={again} onSale={setSaleId} />;
  }
  return <CountStep onClosed={setClose} onTold={setTold} />;
}

function CountStep(props: {
  readonly onClosed: (close: IntentAnswer<"close-shift">) => void;
  readonly onTold: (told: ToldVariance) => void;
}) {
  const text = useShiftText();
  const tillText = useTillText();
  const place = useClockPlace();
  const desk = useShiftDesk();
  const [first, setFirst] = useState<Counted | null>(null);
  const [fault, setFault] = useState<IntentFault | null>(null);
  /** A count is kept for ever: a key that is pressed twice gives it once. */
  const isGiving = useRef(false);

  const give = async (counted: Counted, isFinal: boolean): Promise<void> => {
    if (isGiving.current) return;
    isGiving.current = true;
    const refused = await actInDialog("close-shift", { ...argsOf(counted), isFinal }, props.onClosed);
    isGiving.current = false;
    if (refused?.kind === "variance-over-limit") props.onTold({ counted, ...refused });
    else if (refused?.kind === "count-again") setFirst(counted);
    else setFault(refused);
  };
  const expectedFen = desk?.expectedCashFen ?? null;
  const question =
    expectedFen === null ? text("close.question") : text("close.question-open", { amount: formatMoney(expectedFen) });
  return (
    <Dialog title={tillText("close-shift.title")} size="wide" testId="close-shift" onClose={closeDialog}>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      {first === null ? (
        <p>{question}</p>
      ) : (
        <div className="shift-again" role="alert" data-testid="count-again">
          <p>{text("close.again")}</p>
          <Press data-testid="count-stands" onClick={() => void give(first, true)}>
            {text("close.again.stand", { amount: formatMoney(first.totalFen) })}
          </Press>
        </div>
      )}
      <CountEntry
        // The second count begins with empty fields: what was counted first is not to be copied.
        key={first === null ? "first" : "second"}
        label={tillText("close-shift.counted")}
        word={text("close.confirm")}
        testId="close-shift-confirm"
        startsWith={first?.pieces === null ? "total" : "pieces"}
        onConfirm={(counted) => void give(counted, first !== null)}
      />
    </Dialog>
  );
}

function argsOf({ totalFen, pieces }: Counted) {
  return { countedCashFen: totalFen, ...(pieces === null ? {} : { pieces: [...pieces] }) };
}
