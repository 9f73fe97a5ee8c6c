import { IconMinus, IconPlus } from "@tabler/icons-react";
import { mostLabels } from "#core/label/limits.ts";
import { formatPlainMoney } from "../../i18n/formats.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { Press } from "../../parts/Press.tsx";
import { useEndlessRows } from "../../parts/use-endless-rows.ts";
import type { RowStop } from "../../parts/use-row-keys.ts";
import { nameOf } from "../goods/names.ts";
import { copiesOf, type LabelChoice, mostCopies, withAll, withCopies } from "./choices.ts";
import { useLabelsText } from "./labels-texts.ts";
import type { Labels, Source } from "./use-labels.ts";

const rowHeight = 64;
/** All of the list is there; only the rows in sight are drawn. */
const nothingMore = (): void => {};

/** The labels that were found, each with how often it is to be printed. */
export function LabelList({ labels, source }: { readonly labels: Labels; readonly source: Source }) {
  const text = useLabelsText();
  const { choices, choose, view } = labels;
  const { frame, inSight, height, measure, rowKeys } = useEndlessRows({
    ...{ rows: choices, rowHeight, readMore: nothingMore, overscan: 6 },
    keyOf: ({ label }: LabelChoice) => label.sku,
  });
  const kinds = choices.filter(({ copies }) => copies > 0).length;
  return (
    <>
      <div className="labels-frame" role="presentation" ref={frame} onKeyDown={rowKeys.hear}>
        {choices.length === 0 && view !== null && (
          <p className="labels-none" data-testid="labels-none">
            {text(`none.${source}`)}
          </p>
        )}
        <ol style={{ height }}>
          {inSight.map(({ index, start, key }) => {
            const choice = choices[index];
            if (choice === undefined) return null;
            return (
              <li key={key} ref={measure} data-index={index} style={{ transform: `translateY(${start}px)` }}>
                <LabelRow
                  choice={choice}
                  stop={rowKeys.stop(index)}
                  onCopies={(copies) => choose((known) => withCopies(known, choice.label.sku, copies))}
                />
              </li>
            );
          })}
        </ol>
        {view?.hasMore === true && <p className="labels-soft labels-more">{text("has-more", { count: mostLabels })}</p>}
      </div>
      <div className="labels-foot">
        <span role="status" className="figures" data-testid="labels-chosen" data-copies={copiesOf(choices)}>
          {text("chosen", { kinds, copies: copiesOf(choices) })}
        </span>
        <Press
          data-testid="labels-all"
          disabled={choices.length === kinds}
          onClick={() => choose((known) => withAll(known, true))}
        >
          {text("all")}
        </Press>
        <Press
          data-testid="labels-none-chosen"
          disabled={kinds === 0}
          onClick={() => choose((known) => withAll(known, false))}
        >
          {text("none")}
        </Press>
      </div>
    </>
  );
}

/** One stop for Tab, its box; + and − change how many, which beside it only hands press. */
function LabelRow(props: {
  readonly choice: LabelChoice;
  readonly stop: RowStop;
  readonly onCopies: (copies: number) => void;
}) {
  const { choice, stop, onCopies } = props;
  const text = useLabelsText();
  const locale = useLocale();
  const { label, copies } = choice;
  const name = nameOf(label, locale);
  return (
    <div className="labels-row" data-testid="label-row" data-sku={label.sku} data-copies={copies}>
      <label className="labels-tick">
        <input
          type="checkbox"
          {...stop}
          data-testid="label-tick"
          aria-keyshortcuts="+ -"
          aria-label={text("choose", { name })}
          checked={copies > 0}
          onChange={(event) => onCopies(event.currentTarget.checked ? 1 : 0)}
          onKeyDown={({ key }) => {
            if (key === "+" && copies < mostCopies) onCopies(copies + 1);
            if (key === "-" && copies > 0) onCopies(copies - 1);
          }}
        />
        <span className="labels-row-name">{name}</span>
        <span className="labels-row-code figures">
          {label.sku}
          {label.barcode !== null && label.barcode !== label.sku && ` · ${label.barcode}`}
        </span>
      </label>
      <strong className="figures">
        {formatPlainMoney(label.offer?.priceFen ?? label.priceFen)}
        {label.unit === "kg" && <span className="labels-soft"> {text("per-kg")}</span>}
      </strong>
      <div className="labels-copies" role="group" aria-label={text("copies", { name })} aria-keyshortcuts="+ -">
        <Press
          data-testid="label-fewer"
          tabIndex={-1}
          aria-label={text("fewer", { name })}
          disabled={copies === 0}
          onClick={() => onCopies(copies - 1)}
        >
          <IconMinus size={20} aria-hidden />
        </Press>
        <span className="figures">{copies}</span>
        <Press
          data-testid="label-more"
          tabIndex={-1}
          aria-label={text("more", { name })}
          disabled={copies >= mostCopies}
          onClick={() => onCopies(copies + 1)}
        >
          <IconPlus size={20} aria-hidden />
        </Press>
      </div>
    </div>
  );
}
