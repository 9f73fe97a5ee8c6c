import { IconPrinter, IconTrash } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ReceiptView } from "#contract/ipc/stock-intents.ts";
import { fen } from "#core/money/fen.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { act, actInDialog } from "../../till/desk.ts";
import { send } from "../../till-client.ts";
import { HeardNote } from "./HeardNote.tsx";
import { type Entered, ItemEntry } from "./ItemEntry.tsx";
import { ReceiptLines } from "./ReceiptLines.tsx";
import { useStockText } from "./stock-texts.ts";
import { useAnswer } from "./use-answer.ts";
import { useHeard } from "./use-heard.ts";

/** One delivery: scanned or typed, on disk at every step, booked in one entry; then it is read, printed or taken back. */
export function ReceiptSheet(props: {
  readonly receiptId: string;
  readonly onChanged: () => void;
  readonly onGone: () => void;
}) {
  const { receiptId, onChanged, onGone } = props;
  const text = useStockText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [isDraft, setDraft] = useState(false);
  const heard = useHeard("receipt", isDraft ? receiptId : null);
  const answer = useAnswer("receipt", { receiptId }, heard?.changes ?? 0);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const receipt = answer.value;
  useEffect(() => setDraft(receipt?.state === "draft"), [receipt?.state]);
  const shown = (next: ReceiptView): void => {
    setFault(null);
    answer.show(next);
    onChanged();
  };
  if (receipt === null) return <section className="stock-card stock-side" />;
  const add = async (item: Entered, quantityMilli: number): Promise<void> => {
    if (quantityMilli === 0) return;
    const added = await send("add-to-receipt", { receiptId, sku: item.sku, quantityMilli });
    if (added.ok) shown(added.value);
    else setFault(added.fault);
  };
  const last = heard?.last ?? null;
  return (
    <section className="stock-card stock-side" data-testid="receipt" data-state={receipt.state}>
      <Head key={receiptId} {...{ receipt }} onSaved={shown} onFault={setFault} />
      {isDraft && <HeardNote heard={heard} />}
      {isDraft && (
        <ItemEntry
          wanted={last?.kind === "to-weigh" ? last : null}
          words={text("receipt.add")}
          onEnter={(item, quantityMilli) => void add(item, quantityMilli)}
        />
      )}
      {(fault ?? answer.fault) !== null && (
        <TroubleNote text={faultText(fault ?? answer.fault ?? { kind: "internal" }, tillText, place)} />
      )}
      <ReceiptLines receipt={receipt} isDraft={isDraft} onShown={shown} onFault={setFault} />
      <Foot {...{ receipt }} onShown={shown} onFault={setFault} onGone={onGone} />
    </section>
  );
}

function Head(props: {
  readonly receipt: ReceiptView;
  readonly onSaved: (receipt: ReceiptView) => void;
  readonly onFault: (fault: IntentFault) => void;
}) {
  const { receipt, onSaved, onFault } = props;
  const text = useStockText();
  const [supplier, setSupplier] = useState(receipt.supplier);
  const [deliveryNote, setNote] = useState(receipt.deliveryNote);
  const isDraft = receipt.state === "draft";
  const save = async (): Promise<void> => {
    if (supplier === receipt.supplier && deliveryNote === receipt.deliveryNote) return;
    const answer = await send("head-receipt", { receiptId: receipt.receiptId, supplier, deliveryNote });
    if (answer.ok) onSaved(answer.value);
    else onFault(answer.fault);
  };
  const field = (name: "supplier" | "delivery-note", value: string, set: (value: string) => void) => (
    <label className="stock-field stock-grow">
      <span>{text(`receipt.${name}`)}</span>
      <input
        data-testid={`receipt-${name}`}
        value={value}
        maxLength={40}
        readOnly={!isDraft}
        onChange={(event) => set(event.currentTarget.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) void save();
        }}
      />
    </label>
  );
  return (
    <div className="stock-line">
      {field("supplier", supplier, setSupplier)}
      {field("delivery-note", deliveryNote, setNote)}
    </div>
  );
}

function Foot(props: {
  readonly receipt: ReceiptView;
  readonly onShown: (receipt: ReceiptView) => void;
  readonly onFault: (fault: IntentFault | null) => void;
  readonly onGone: () => void;
}) {
  const { receipt, onShown, onFault, onGone } = props;
  const { receiptId, state } = receipt;
  const text = useStockText();
  const [isSure, setSure] = useState(false);
  const drop = async (): Promise<void> => {
    if (!isSure) return setSure(true);
    const answer = await send("drop-receipt", { receiptId });
    if (answer.ok) onGone();
    else onFault(answer.fault);
  };
  const sum = receipt.costFen === 0 ? "" : formatMoney(fen(receipt.costFen));
  return (
    <div className="stock-foot">
      {state === "draft" && (
        <Press tone={isSure ? "danger" : "plain"} data-testid="receipt-drop" onClick={() => void drop()}>
          <IconTrash size={22} aria-hidden />
          {text(isSure ? "receipt.drop.sure" : "receipt.drop")}
        </Press>
      )}
      <span className="stock-grow figures">
        {text("receipt.lines", { count: receipt.lines.length })} {sum}
      </span>
      {state === "draft" ? (
        <Press
          tone="primary"
          data-testid="receipt-book"
          disabled={receipt.lines.length === 0}
          onClick={() => void actInDialog("book-receipt", { receiptId }, onShown).then(onFault)}
        >
          {text("receipt.book")}
        </Press>
      ) : (
        <>
          {state === "booked" && <Reverse receiptId={receiptId} onShown={onShown} onFault={onFault} />}
          <Press data-testid="receipt-print" onClick={() => void act("print-receipt", { receiptId })}>
            <IconPrinter size={22} aria-hidden />
            {text("print")}
          </Press>
        </>
      )}
    </div>
  );
}

/** Nothing of a booked delivery is edited: all of it goes out of the books, and the right one is written anew. */
function Reverse(props: {
  readonly receiptId: string;
  readonly onShown: (receipt: ReceiptView) => void;
  readonly onFault: (fault: IntentFault | null) => void;
}) {
  const { receiptId, onShown, onFault } = props;
  const text = useStockText();
  const [reversalId] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState<string | null>(null);
  if (reason === null) {
    return (
      <Press data-testid="receipt-reverse" onClick={() => setReason("")}>
        {text("receipt.reverse")}
      </Press>
    );
  }
  const isReady = reason.trim() !== "";
  return (
    <>
      <input
        className="stock-reason"
        data-testid="receipt-reverse-reason"
        aria-label={text("reason")}
        placeholder={text("reason")}
        value={reason}
        maxLength={40}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Press
        tone="danger"
        data-testid="receipt-reverse-sure"
        disabled={!isReady}
        onClick={() => void actInDialog("reverse-receipt", { receiptId, reversalId, reason }, onShown).then(onFault)}
      >
        {text("receipt.reverse")}
      </Press>
    </>
  );
}
