import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { ReceiptView } from "#contract/ipc/stock-intents.ts";
import { fen } from "#core/money/fen.ts";
import { formatYuan, parseYuan } from "#core/money/yuan.ts";
import { levelText } from "#core/stock/stock-level.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { send } from "../../till-client.ts";
import { readQuantity } from "./quantity-field.ts";
import { useStockText } from "./stock-texts.ts";

type Line = ReceiptView["lines"][number];

/** What came, newest on top; quantity and cost are changed in place while it is a draft. */
export function ReceiptLines(props: {
  readonly receipt: ReceiptView;
  readonly isDraft: boolean;
  readonly onShown: (receipt: ReceiptView) => void;
  readonly onFault: (fault: IntentFault) => void;
}) {
  const { receipt, isDraft, onShown, onFault } = props;
  const text = useStockText();
  const set = async (line: Line, quantityMilli: number, costFen: number | null): Promise<void> => {
    const { receiptId } = receipt;
    const answer = await send("set-receipt-line", { receiptId, sku: line.sku, quantityMilli, costFen });
    if (answer.ok) onShown(answer.value);
    else onFault(answer.fault);
  };
  return (
    <Scrolled className="stock-frame" label={text("receipt.goods")}>
      {receipt.lines.length === 0 && <p className="stock-none">{text("receipt.empty")}</p>}
      <ol className="stock-receipt-lines">
        {receipt.lines.toReversed().map((line) => (
          <li key={`${line.sku} ${line.quantityMilli} ${line.costFen}`} data-testid="receipt-line" data-sku={line.sku}>
            <ReceiptLine {...{ line, isDraft }} onSet={(quantity, cost) => void set(line, quantity, cost)} />
          </li>
        ))}
      </ol>
    </Scrolled>
  );
}

function ReceiptLine(props: {
  readonly line: Line;
  readonly isDraft: boolean;
  readonly onSet: (quantityMilli: number, costFen: number | null) => void;
}) {
  const { line, isDraft, onSet } = props;
  const text = useStockText();
  const locale = useLocale();
  const [quantity, setQuantity] = useState(levelText(line.quantityMilli, line.unit));
  const [cost, setCost] = useState(line.costFen === null ? "" : formatYuan(fen(line.costFen)));
  const quantityMilli = readQuantity(quantity, line.unit);
  const parsed = cost.trim() === "" ? null : parseYuan(cost);
  const isWrongCost = parsed !== null && (!parsed.ok || parsed.value < 0);
  const save = (): void => {
    const costFen = parsed !== null && parsed.ok ? parsed.value : null;
    if (quantityMilli === null || isWrongCost) return;
    if (quantityMilli !== line.quantityMilli || costFen !== line.costFen) onSet(quantityMilli, costFen);
  };
  const field = (name: "quantity" | "cost", value: string, isWrong: boolean, set: (value: string) => void) => (
    <input
      className="figures"
      inputMode="decimal"
      data-testid={`line-${name}`}
      aria-label={`${localName(line, locale)} ${text(`receipt.${name}`)}`}
      placeholder={text(`receipt.${name}`)}
      aria-invalid={isWrong}
      value={value}
      maxLength={12}
      readOnly={!isDraft}
      onChange={(event) => set(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.repeat) save();
      }}
    />
  );
  return (
    <>
      <span className="stock-row-name">
        {localName(line, locale)}
        <span className="stock-soft figures"> {line.sku}</span>
      </span>
      {field("quantity", quantity, quantityMilli === null, setQuantity)}
      {field("cost", cost, isWrongCost, setCost)}
      {isDraft && (
        <Press
          tone="quiet"
          data-testid="line-remove"
          aria-label={text("receipt.remove", { name: localName(line, locale) })}
          onClick={() => onSet(0, null)}
        >
          <IconX size={20} aria-hidden />
        </Press>
      )}
    </>
  );
}
