import type { IntentAnswer } from "#contract/ipc/intents.ts";
import type { ShiftTotals } from "#core/shift/shift.ts";
import { negateFen } from "#core/money/fen.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Money } from "../../parts/Money.tsx";
import { Press } from "../../parts/Press.tsx";
import { closeDialog } from "../../till/desk.ts";
import { useFromSection } from "../../till-client.ts";
import { CandidateList } from "./CandidateList.tsx";
import { DifferenceNote } from "./DifferenceNote.tsx";
import { type ShiftText, useShiftText } from "./shift-texts.ts";
import { useCandidates } from "./use-candidates.ts";

/** The closed shift: its Z number, how the drawer stood, and what a difference may have come from. */
export function ShiftResult(props: {
  readonly close: IntentAnswer<"close-shift">;
  readonly onSale: (saleId: string) => void;
}) {
  const { close, onSale } = props;
  const text = useTillText();
  const shiftText = useShiftText();
  const common = useCommonText();
  const hasPrinter = useFromSection("shop", (shop) => shop.hasPrinter);
  const { totals, differenceFen } = close;
  const candidates = useCandidates(differenceFen === 0 ? null : close.shiftId);
  const rows = [
    { name: text("close-shift.sales", { count: totals.saleCount }), fen: totals.salesFen },
    { name: text("close-shift.wechat"), fen: totals.wechatFen },
    ...(totals.staticCodeFen > 0 ? [{ name: text("close-shift.static-code"), fen: totals.staticCodeFen }] : []),
    { name: text("close-shift.cash"), fen: totals.cashFen },
    { name: text("close-shift.discount"), fen: totals.discountFen },
    ...movedRows(totals, shiftText),
    { name: text("close-shift.expected"), fen: totals.expectedCashFen },
    { name: text("close-shift.counted"), fen: close.countedCashFen },
  ];
  return (
    <Dialog
      title={`${text("close-shift.done")} · ${close.zNumber}`}
      size="wide"
      testId="shift-result"
      onClose={closeDialog}
      onEnter={closeDialog}
      footer={
        <Press tone="primary" data-autofocus onClick={closeDialog}>
          {common("confirm")} <KeyCap>Enter</KeyCap>
        </Press>
      }
    >
      <DifferenceNote differenceFen={differenceFen} />
      <dl className="shift-table">
        {rows.map((row) => (
          <div key={row.name}>
            <dt>{row.name}</dt>
            <dd>
              <Money fen={row.fen} />
            </dd>
          </div>
        ))}
      </dl>
      {candidates !== null && <CandidateList candidates={candidates} onSale={onSale} onEvent={null} />}
      <p className="shift-slip">{text(hasPrinter ? "close-shift.slip" : "close-shift.noted")}</p>
    </Dialog>
  );
}

/** Only what there was. */
function movedRows({ payInFen, payOutFen, safeDropFen }: ShiftTotals, text: ShiftText) {
  return [
    { name: text("move.pay-in"), fen: payInFen },
    { name: text("move.pay-out"), fen: negateFen(payOutFen) },
    { name: text("move.safe-drop"), fen: negateFen(safeDropFen) },
  ].filter((row) => row.fen !== 0);
}
