import { NumberInput } from "@mantine/core";
import { IconMinus, IconPlus } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import type { ReturnableLineView } from "#contract/ipc/return-view.ts";
import { milli } from "#core/quantity/quantity.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import { formatPlainMoney } from "../../i18n/formats.ts";
import { localName, useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { allOrNothing, type Chosen, nothingChosen, stepped, withCondition, withQuantity } from "./chosen-lines.ts";
import { useReturnText } from "./return-texts.ts";

interface Choosing {
  readonly chosen: Chosen;
  readonly onChosen: (chosen: Chosen) => void;
}

/** The lines of the sale, each with what remains of it and how many come back. */
export function ReturnLines(
  props: Choosing & {
    readonly lines: readonly ReturnableLineView[];
    readonly current: number;
    readonly onCurrent: (lineNumber: number) => void;
  },
) {
  const { lines, current, onCurrent, chosen, onChosen } = props;
  const text = useReturnText();
  return (
    <section className="return-goods" aria-label={text("lines")}>
      <header>
        <h3>{text("lines")}</h3>
        <small>{text("keys")}</small>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keys too */}
      <ol tabIndex={0} aria-label={text("lines")}>
        {lines.map((line) => (
          <ReturnLine
            key={line.lineNumber}
            {...{ line, chosen, onChosen }}
            isCurrent={line.lineNumber === current}
            onCurrent={() => onCurrent(line.lineNumber)}
          />
        ))}
      </ol>
    </section>
  );
}

function ReturnLine(
  props: Choosing & { readonly line: ReturnableLineView; readonly isCurrent: boolean; readonly onCurrent: () => void },
) {
  const { line, chosen, onChosen, isCurrent, onCurrent } = props;
  const text = useReturnText();
  const name = localName(line, useLocale());
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  const counts = { sold: amount(line, line.sold), returned: amount(line, line.returned) };
  const { quantity, condition } = chosen.get(line.lineNumber) ?? nothingChosen;
  const isOver = line.remaining === 0;
  return (
    <li
      ref={row}
      className="return-line"
      data-testid="return-line"
      data-current={isCurrent}
      data-chosen={quantity > 0}
      aria-current={isCurrent}
      aria-keyshortcuts="ArrowUp ArrowDown"
      onMouseDown={onCurrent}
    >
      <span className="return-name">
        {name}
        <small className="figures" data-testid="return-counts">
          {isOver
            ? text("line.none-left")
            : text("line.counts", { ...counts, remaining: amount(line, line.remaining) })}
        </small>
      </span>
      <span className="return-paid figures">{formatPlainMoney(line.paidFen)}</span>
      {!isOver && <Steps {...{ line, chosen, onChosen, name, quantity }} />}
      {quantity > 0 && (
        <Press
          className="return-damaged"
          data-testid="return-damaged"
          aria-label={text("line.damaged.of", { name })}
          aria-pressed={condition === "damaged"}
          onClick={() => onChosen(withCondition(chosen, line))}
        >
          {text("line.damaged")}
        </Press>
      )}
    </li>
  );
}

function Steps(
  props: Choosing & { readonly line: ReturnableLineView; readonly name: string; readonly quantity: number },
) {
  const { line, chosen, onChosen, name, quantity } = props;
  const text = useReturnText();
  return (
    <span className="return-steps">
      {line.unit === "kg" ? (
        <NumberInput
          className="return-weight"
          aria-label={text("line.weight", { name })}
          data-testid="return-weight"
          size="md"
          hideControls
          decimalScale={3}
          fixedDecimalScale
          min={0}
          value={formatQuantity(milli(quantity), "kg")}
          onValueChange={({ value }) => {
            const grams = gramsOf(value);
            if (grams !== null) onChosen(withQuantity(chosen, line, grams));
          }}
        />
      ) : (
        <>
          <Press
            data-testid="return-fewer"
            aria-label={text("line.fewer", { name })}
            disabled={quantity === 0}
            onClick={() => onChosen(stepped(chosen, line, -1))}
          >
            <IconMinus size={22} aria-hidden />
          </Press>
          <output className="figures" data-testid="return-quantity">
            {amount(line, quantity)}
          </output>
          <Press
            data-testid="return-more"
            aria-label={text("line.more", { name })}
            disabled={quantity >= line.remaining}
            onClick={() => onChosen(stepped(chosen, line, 1))}
          >
            <IconPlus size={22} aria-hidden />
          </Press>
        </>
      )}
      <Press
        data-testid="return-all"
        aria-label={`${text("line.all")} ${name}`}
        aria-pressed={quantity === line.remaining}
        onClick={() => onChosen(allOrNothing(chosen, line))}
      >
        {text("line.all")}
      </Press>
    </span>
  );
}

/** "0.845" typed as kilograms is 845 grams; null for what is no weight. */
function gramsOf(typed: string): number | null {
  const match = /^(\d{1,5})(?:\.(\d{1,3}))?$/u.exec(typed);
  if (match === null) return typed === "" ? 0 : null;
  return Number(match[1]) * 1000 + Number((match[2] ?? "").padEnd(3, "0"));
}

function amount({ unit }: ReturnableLineView, quantity: number): string {
  const text = formatQuantity(milli(quantity), unit);
  return unit === "kg" ? `${text} kg` : text;
}
