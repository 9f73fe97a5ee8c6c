import "./held.css";
import { IconHelpCircleFilled } from "@tabler/icons-react";
import { useState } from "react";
import type { HeldView } from "#contract/ipc/till-view.ts";
import { formatDayAndClock, formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Money } from "../../parts/Money.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { act, closeDialog } from "../../till/desk.ts";
import { useFromSection, useSection } from "../../till-client.ts";

/** F6 取单: one of the sales that were put aside comes back. The cart must be empty, so that two never mix. */
export function HeldDialog() {
  const text = useTillText();
  const held = useSection("held");
  const isBusy = useFromSection("sale", (sale) => sale.lines.length > 0);
  const [chosen, setChosen] = useState(0);
  const recall = (sale: HeldView | undefined): void => {
    if (sale === undefined || isBusy) return;
    closeDialog();
    void act("recall-sale", { saleId: sale.saleId });
  };
  const hear = (event: KeyboardEvent): boolean => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) setChosen((now) => Math.min(Math.max(now + by, 0), Math.max(held.length - 1, 0)));
    else if (/^[1-9]$/.test(event.key)) recall(held[Number(event.key) - 1]);
    else return false;
    return true;
  };
  return (
    <Dialog
      title={text("held.title")}
      size="wide"
      testId="held"
      onClose={closeDialog}
      onKey={hear}
      onEnter={() => recall(held[chosen])}
    >
      {isBusy && <TroubleNote text={text("held.busy")} />}
      {held.length === 0 && <p className="dialog-soft">{text("held.none")}</p>}
      <div className="held-list">
        {held.map((sale, index) => (
          <HeldRow
            key={sale.saleId}
            sale={sale}
            index={index}
            isChosen={index === chosen}
            isBusy={isBusy}
            onRecall={() => recall(sale)}
          />
        ))}
      </div>
    </Dialog>
  );
}

function HeldRow(props: {
  readonly sale: HeldView;
  readonly index: number;
  readonly isChosen: boolean;
  readonly isBusy: boolean;
  readonly onRecall: () => void;
}) {
  const { sale, index, isChosen, isBusy, onRecall } = props;
  const text = useTillText();
  const place = useClockPlace();
  const time = formatDayAndClock(sale.heldAtMs, place);
  return (
    <button
      type="button"
      className={`held-row ${isChosen ? "held-chosen" : ""}`}
      disabled={isBusy}
      data-testid="held-sale"
      data-sale-id={sale.saleId}
      onClick={onRecall}
    >
      {index < 9 && <KeyCap>{String(index + 1)}</KeyCap>}
      <span className="held-words">
        <strong>{sale.label === "" ? text("held.lines", { count: sale.lineCount }) : sale.label}</strong>
        <span className="figures">
          {text("held.by", { name: sale.cashierName, time })}
          {sale.label !== "" && ` · ${text("held.lines", { count: sale.lineCount })}`}
        </span>
        {sale.paidFen > 0 && (
          <span className="held-paid figures">{text("held.paid", { amount: formatMoney(sale.paidFen) })}</span>
        )}
        {sale.hasOpenAttempt && (
          <span className="held-open">
            <IconHelpCircleFilled size={18} aria-hidden /> {text("held.open-attempt")}
          </span>
        )}
      </span>
      <span className="held-total">
        <Money fen={sale.totalFen} />
      </span>
    </button>
  );
}
