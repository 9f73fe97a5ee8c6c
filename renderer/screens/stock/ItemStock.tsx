import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { StockRowView } from "#contract/ipc/stock-intents.ts";
import { levelText } from "#core/stock/stock-level.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { localName, useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { actInDialog } from "../../till/desk.ts";
import { send } from "../../till-client.ts";
import { LevelWord } from "./LevelWord.tsx";
import { MoveList } from "./MoveList.tsx";
import { readQuantity } from "./quantity-field.ts";
import { useStockText } from "./stock-texts.ts";
import { useAnswer } from "./use-answer.ts";

/** One item: how much there is, when it is low, whether it is stocked at all, and every move of it. */
export function ItemStock(props: {
  readonly sku: string;
  readonly canSet: boolean;
  readonly onChanged: () => void;
  readonly onClose: () => void;
}) {
  const { sku, canSet, onChanged, onClose } = props;
  const text = useStockText();
  const locale = useLocale();
  const item = useAnswer("stock-item", { sku });
  const [turn, setTurn] = useState(0);
  const row = item.value;
  const changed = (next: StockRowView): void => {
    item.show(next);
    setTurn((known) => known + 1);
    onChanged();
  };
  return (
    <section className="stock-card stock-side" data-testid="stock-item" data-level={row?.levelMilli ?? "unknown"}>
      {row !== null && (
        <>
          <div className="stock-item-head">
            <h2>
              {localName(row, locale)}
              <span className="stock-soft figures">{row.sku}</span>
            </h2>
            <span className="stock-item-level">
              <LevelWord row={row} />
            </span>
          </div>
          {canSet && <ItemSettings key={`${row.reorderMilli} ${row.isStocked}`} row={row} onChanged={changed} />}
          {row.isStocked && <Correction key={turn} row={row} onChanged={changed} />}
          <h3>{text("moves")}</h3>
          <MoveList sku={sku} unit={row.unit} turn={turn} />
        </>
      )}
      <div className="stock-foot">
        <span className="stock-grow" />
        <Press data-testid="stock-item-close" onClick={onClose}>
          {text("close")}
        </Press>
      </div>
    </section>
  );
}

function ItemSettings({
  row,
  onChanged,
}: {
  readonly row: StockRowView;
  readonly onChanged: (row: StockRowView) => void;
}) {
  const text = useStockText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [reorder, setReorder] = useState(row.reorderMilli === null ? "" : levelText(row.reorderMilli, row.unit));
  const [fault, setFault] = useState<IntentFault | null>(null);
  const reorderMilli = reorder.trim() === "" ? null : readQuantity(reorder, row.unit);
  const isWrong = reorder.trim() !== "" && reorderMilli === null;
  const save = async (isStocked: boolean): Promise<void> => {
    if (isWrong) return;
    const answer = await send("set-stock-item", { sku: row.sku, isStocked, reorderMilli });
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) onChanged(answer.value);
  };
  return (
    <div className="stock-line">
      <label className="stock-field">
        <span>{text("reorder")}</span>
        <input
          className="figures"
          inputMode="decimal"
          data-testid="stock-reorder"
          aria-invalid={isWrong}
          value={reorder}
          maxLength={12}
          onChange={(event) => setReorder(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.repeat) void save(row.isStocked);
          }}
        />
      </label>
      <Press data-testid="stock-reorder-save" disabled={isWrong} onClick={() => void save(row.isStocked)}>
        {text("save")}
      </Press>
      <label className="stock-check">
        <input
          type="checkbox"
          data-testid="stock-is-stocked"
          checked={row.isStocked}
          onChange={(event) => void save(event.currentTarget.checked)}
        />
        {text("is-stocked")}
      </label>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
    </div>
  );
}

/** So much there is, whatever the books say; with a reason, and a manager's word where it is needed. */
function Correction({
  row,
  onChanged,
}: {
  readonly row: StockRowView;
  readonly onChanged: (row: StockRowView) => void;
}) {
  const text = useStockText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [correctionId] = useState(() => crypto.randomUUID());
  const [level, setLevel] = useState("");
  const [reason, setReason] = useState("");
  const [fault, setFault] = useState<IntentFault | null>(null);
  const levelMilli = readQuantity(level, row.unit);
  const isReady = levelMilli !== null && reason.trim() !== "";
  const correct = async (): Promise<void> => {
    if (levelMilli === null || reason.trim() === "") return;
    const wanted = { correctionId, sku: row.sku, levelMilli, reason };
    setFault(await actInDialog("correct-stock", wanted, onChanged));
  };
  return (
    <div className="stock-line">
      <label className="stock-field">
        <span>{text("correct.level")}</span>
        <input
          className="figures"
          inputMode="decimal"
          data-testid="correct-level"
          aria-invalid={level !== "" && levelMilli === null}
          value={level}
          maxLength={12}
          onChange={(event) => setLevel(event.currentTarget.value)}
        />
      </label>
      <label className="stock-field stock-grow">
        <span>{text("reason")}</span>
        <input
          data-testid="correct-reason"
          value={reason}
          maxLength={40}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.repeat && !event.nativeEvent.isComposing) void correct();
          }}
        />
      </label>
      <Press data-testid="correct-stock" disabled={!isReady} onClick={() => void correct()}>
        {text("correct")}
      </Press>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
    </div>
  );
}
