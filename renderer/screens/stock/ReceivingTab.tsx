import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { ReceiptRowView } from "#contract/ipc/stock-intents.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { type RowStop, useListKeys } from "../../parts/use-row-keys.ts";
import { act } from "../../till/desk.ts";
import { ReceiptSheet } from "./ReceiptSheet.tsx";
import { useStockText } from "./stock-texts.ts";
import { useAnswer } from "./use-answer.ts";

/** Deliveries listed: months of them; an older one is found in the journal. */
const listed = 100;

/** 收货: deliveries, the newest first, and beside them the one that is worked on. */
export function ReceivingTab() {
  const text = useStockText();
  const tillText = useTillText();
  const place = useClockPlace();
  const list = useAnswer("receipts", { limit: listed, before: null });
  const { frame, rowKeys } = useListKeys(list.value?.length ?? 0);
  const [open, setOpen] = useState<string | null>(null);
  const begin = async (): Promise<void> => {
    const answer = await act("begin-receipt", { receiptId: crypto.randomUUID() });
    if (!answer.ok) return;
    setOpen(answer.value.receiptId);
    list.readAgain();
  };
  return (
    <main className="stock-body stock-body-narrow">
      <section className="stock-card stock-list" aria-label={text("tab.receiving")}>
        <div className="stock-find">
          <Press tone={open === null ? "primary" : "plain"} data-testid="receipt-new" onClick={() => void begin()}>
            <IconPlus size={22} aria-hidden />
            {text("receipt.new")}
          </Press>
        </div>
        {list.fault !== null && <TroubleNote text={faultText(list.fault, tillText, place)} />}
        <Scrolled className="stock-frame" label={text("tab.receiving")} ref={frame} onKeyDown={rowKeys.hear}>
          {list.value?.length === 0 && <p className="stock-none">{text("receipt.none")}</p>}
          <ol>
            {list.value?.map((row, at) => (
              <li key={row.receiptId}>
                <ReceiptRow
                  row={row}
                  stop={rowKeys.stop(at)}
                  isOpen={row.receiptId === open}
                  onOpen={() => setOpen(row.receiptId)}
                />
              </li>
            ))}
          </ol>
        </Scrolled>
      </section>
      {open === null ? (
        <section className="stock-card stock-side">
          <p className="stock-none">{text("receipt.choose")}</p>
        </section>
      ) : (
        <ReceiptSheet
          key={open}
          receiptId={open}
          onChanged={list.readAgain}
          onGone={() => {
            setOpen(null);
            list.readAgain();
          }}
        />
      )}
    </main>
  );
}

function ReceiptRow(props: {
  readonly row: ReceiptRowView;
  readonly stop: RowStop;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}) {
  const { row, stop, isOpen, onOpen } = props;
  const text = useStockText();
  return (
    <button
      type="button"
      {...stop}
      className="stock-row"
      data-testid="receipt-row"
      data-state={row.state}
      aria-current={isOpen ? "true" : undefined}
      onClick={onOpen}
    >
      <span className="stock-row-name">{row.supplier === "" ? text("receipt.no-supplier") : row.supplier}</span>
      <span className="stock-soft figures">{`${row.at.slice(5, 10)} ${row.at.slice(11, 16)} ${row.byName}`}</span>
      <strong className={`stock-state stock-state-${row.state}`}>{text(`receipt.state.${row.state}`)}</strong>
      <span className="stock-soft figures">{text("receipt.lines", { count: row.lineCount })}</span>
    </button>
  );
}
