import { IconX } from "@tabler/icons-react";
import { presentPriceOf } from "#core/returns/loose-return.ts";
import { formatMoney, formatPlainMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { useReturnText } from "../returns/return-texts.ts";
import { type LooseDraft, quantityOf, priceOfDraft, worthOf } from "./loose-drafts.ts";

interface Props {
  readonly lines: readonly LooseDraft[];
  readonly onChange: (sku: string, part: Partial<Omit<LooseDraft, "item">>) => void;
  readonly onRemove: (sku: string) => void;
}

/** The goods that come back, each with how many, for how much, and whether they go back to the shelf. */
export function LooseLines({ lines, onChange, onRemove }: Props) {
  const text = useReturnText();
  if (lines.length === 0) return <p className="return-soft loose-empty">{text("loose.empty")}</p>;
  return (
    <Scrolled className="loose-lines" label={text("loose.lines")}>
      <ol>
        {lines.map((line) => (
          <LooseLine
            key={line.item.sku}
            line={line}
            onChange={(part) => onChange(line.item.sku, part)}
            onRemove={() => onRemove(line.item.sku)}
          />
        ))}
      </ol>
    </Scrolled>
  );
}

function LooseLine(props: {
  readonly line: LooseDraft;
  readonly onChange: (part: Partial<Omit<LooseDraft, "item">>) => void;
  readonly onRemove: () => void;
}) {
  const { line, onChange, onRemove } = props;
  const { item, condition } = line;
  const text = useReturnText();
  const name = localName(item, useLocale());
  const worth = worthOf(line);
  const isWeighed = item.unit === "kg";
  return (
    <li className="loose-line" data-testid="loose-line" data-sku={item.sku}>
      <span className="return-name">
        {name}
        <small className="figures">{text("loose.present", { price: formatMoney(presentPriceOf(item)) })}</small>
      </span>
      <label>
        <span>{text(isWeighed ? "loose.weight" : "loose.quantity")}</span>
        <input
          className="figures"
          inputMode="decimal"
          data-testid="loose-quantity"
          aria-label={text(isWeighed ? "loose.weight.of" : "loose.quantity.of", { name })}
          aria-invalid={quantityOf(line) === null}
          value={line.quantity}
          maxLength={9}
          autoComplete="off"
          onChange={(event) => onChange({ quantity: event.currentTarget.value })}
        />
      </label>
      <label>
        <span>{text("loose.price")}</span>
        <input
          className="figures"
          inputMode="decimal"
          data-testid="loose-price"
          aria-label={text("loose.price.of", { name })}
          aria-invalid={priceOfDraft(line) === null}
          value={line.price}
          maxLength={11}
          autoComplete="off"
          onChange={(event) => onChange({ price: event.currentTarget.value })}
        />
      </label>
      <strong className="figures">{worth === null ? "–" : formatPlainMoney(worth)}</strong>
      <Press
        className="return-damaged"
        data-testid="loose-damaged"
        aria-label={text("line.damaged.of", { name })}
        aria-pressed={condition === "damaged"}
        onClick={() => onChange({ condition: condition === "damaged" ? "back-to-stock" : "damaged" })}
      >
        {text("line.damaged")}
      </Press>
      <Press tone="quiet" data-testid="loose-remove" aria-label={text("loose.remove.of", { name })} onClick={onRemove}>
        <IconX size={22} aria-hidden />
      </Press>
    </li>
  );
}
