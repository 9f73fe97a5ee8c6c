// The ten tints of the tiles.
import "../search/search.css";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { CatalogDeskView } from "#contract/ipc/catalog-intents.ts";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { send } from "../../till-client.ts";
import { useGoodsText } from "./goods-texts.ts";
import { nameOf } from "./names.ts";

const colours = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
type Row = CatalogDeskView["categories"][number];

/** Categories in the order of the shop: named, coloured, moved, added; one that goods name stays. Saved as a whole. */
export function CategoriesDialog(props: {
  readonly categories: readonly Row[];
  readonly onSaved: () => void;
  readonly onClose: () => void;
}) {
  const text = useGoodsText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [rows, setRows] = useState(props.categories);
  const [fault, setFault] = useState<IntentFault | null>(null);
  const isIncomplete = rows.some(({ nameZh }) => nameZh.trim() === "");
  const save = async (): Promise<void> => {
    const categories = rows.map(({ id, nameZh, nameEn, colour }) => {
      return { id, nameZh: nameZh.trim(), nameEn: nameEn.trim(), colour };
    });
    const answer = await send("save-categories", { categories });
    setFault(answer.ok ? null : answer.fault);
    if (answer.ok) props.onSaved();
  };
  const swap = (at: number, by: -1 | 1): void => {
    const [one, other] = [rows[at], rows[at + by]];
    if (one === undefined || other === undefined) return;
    setRows(rows.with(at, other).with(at + by, one));
  };
  const add = (): void => {
    const id = freeId(rows);
    setRows([...rows, { id, nameZh: "", nameEn: "", colour: rows.length % colours.length, itemCount: 0 }]);
  };
  return (
    <Dialog
      title={text("categories")}
      size="wide"
      testId="categories"
      onClose={props.onClose}
      footer={
        <>
          <Press data-testid="category-add" onClick={add}>
            <IconPlus size={20} aria-hidden />
            {text("category.add")}
          </Press>
          <span className="goods-grow" />
          <Press tone="primary" data-testid="categories-save" disabled={isIncomplete} onClick={() => void save()}>
            {text("editor.save")}
          </Press>
        </>
      }
    >
      <ol className="goods-categories">
        {rows.map((row, at) => (
          <li key={row.id}>
            <CategoryRow
              {...{ row }}
              onChange={(part) => setRows(rows.with(at, { ...row, ...part }))}
              onUp={at === 0 ? null : () => swap(at, -1)}
              onDown={at === rows.length - 1 ? null : () => swap(at, 1)}
              onRemove={row.itemCount > 0 ? null : () => setRows(rows.toSpliced(at, 1))}
            />
          </li>
        ))}
      </ol>
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
    </Dialog>
  );
}

/** `c1`, `c2` …: what a category is called may change, its id never. */
function freeId(rows: readonly Row[]): string {
  let number = rows.length + 1;
  while (rows.some(({ id }) => id === `c${number}`)) number += 1;
  return `c${number}`;
}

function CategoryRow(props: {
  readonly row: Row;
  readonly onChange: (part: Partial<Row>) => void;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  /** Null where goods are in it. */
  readonly onRemove: (() => void) | null;
}) {
  const { row, onChange, onUp, onDown, onRemove } = props;
  const text = useGoodsText();
  const name = nameOf(row, useLocale());
  return (
    <div className="goods-category" data-testid="category" data-id={row.id}>
      <button
        type="button"
        className="goods-colour"
        data-colour={row.colour}
        aria-label={text("category.colour", { name, number: row.colour + 1 })}
        onClick={() => onChange({ colour: (row.colour + 1) % colours.length })}
      />
      <input
        aria-label={text("category.name-zh")}
        placeholder={text("category.name-zh")}
        data-testid="category-name"
        value={row.nameZh}
        maxLength={60}
        onChange={(event) => onChange({ nameZh: event.currentTarget.value })}
      />
      <input
        aria-label={text("category.name-en")}
        placeholder={text("category.name-en")}
        value={row.nameEn}
        maxLength={60}
        onChange={(event) => onChange({ nameEn: event.currentTarget.value })}
      />
      <span className="goods-soft figures">{text("category.items", { count: row.itemCount })}</span>
      <Press tone="quiet" disabled={onUp === null} aria-label={text("category.up", { name })} onClick={() => onUp?.()}>
        <IconArrowUp size={20} aria-hidden />
      </Press>
      <Press
        tone="quiet"
        disabled={onDown === null}
        aria-label={text("category.down", { name })}
        onClick={() => onDown?.()}
      >
        <IconArrowDown size={20} aria-hidden />
      </Press>
      <Press
        tone="quiet"
        disabled={onRemove === null}
        aria-label={text("category.remove", { name })}
        onClick={() => onRemove?.()}
      >
        <IconTrash size={20} aria-hidden />
      </Press>
    </div>
  );
}
