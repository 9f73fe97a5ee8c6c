import { useCallback, useEffect, useRef, useState } from "react";
import type { StockMoveView } from "#contract/ipc/stock-intents.ts";
import type { Unit } from "#core/quantity/quantity.ts";
import { levelText } from "#core/stock/stock-level.ts";
import { Press } from "../../parts/Press.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { send } from "../../till-client.ts";
import { SaleDialog } from "../manager/SaleDialog.tsx";
import { useStockText } from "./stock-texts.ts";

/** Rows read at once. */
const pageRows = 30;

/** Every move of an item, newest first; one of a sale opens the sale with its paper. */
export function MoveList({ sku, unit, turn }: { readonly sku: string; readonly unit: Unit; readonly turn: number }) {
  const text = useStockText();
  const [rows, setRows] = useState<readonly StockMoveView[] | null>(null);
  const [isOver, setOver] = useState(false);
  const [openSale, setOpenSale] = useState<string | null>(null);
  /** Grows with every new start, so that a page of an older one is thrown away. */
  const start = useRef(0);
  const read = useCallback(
    async (known: readonly StockMoveView[]): Promise<void> => {
      const mine = start.current;
      const last = known.at(-1);
      const before = last === undefined ? null : { position: last.position, part: last.part };
      const answer = await send("stock-moves", { sku, before, limit: pageRows });
      if (mine !== start.current || !answer.ok) return;
      setRows([...known, ...answer.value]);
      setOver(answer.value.length < pageRows);
    },
    [sku],
  );
  useEffect(() => {
    start.current += 1;
    void read([]);
  }, [read, turn]);
  return (
    <>
      <Scrolled className="stock-frame stock-moves" label={text("moves")}>
        {rows?.length === 0 && <p className="stock-none">{text("moves.none")}</p>}
        <ol>
          {rows?.map((row) => (
            <li key={`${row.position} ${row.part}`}>
              <MoveRow row={row} unit={unit} onOpen={setOpenSale} />
            </li>
          ))}
        </ol>
        {!isOver && rows !== null && rows.length > 0 && (
          <Press data-testid="moves-more" onClick={() => void read(rows)}>
            {text("next")}
          </Press>
        )}
      </Scrolled>
      {openSale !== null && <SaleDialog saleId={openSale} onClose={() => setOpenSale(null)} />}
    </>
  );
}

function MoveRow(props: {
  readonly row: StockMoveView;
  readonly unit: Unit;
  readonly onOpen: (saleId: string) => void;
}) {
  const { row, unit, onOpen } = props;
  const text = useStockText();
  const { saleId } = row;
  const quantity = `${row.quantityMilli > 0 ? "+" : ""}${levelText(row.quantityMilli, unit)}`;
  const inside = (
    <>
      <span className="figures">{`${row.at.slice(5, 10)} ${row.at.slice(11, 16)}`}</span>
      <span>{text(`move.${row.kind}`)}</span>
      <span className="stock-row-name stock-soft">{row.words}</span>
      <strong className="figures">{quantity.replace("-", "\u2212")}</strong>
    </>
  );
  if (saleId === null) {
    return (
      <div className="stock-move" data-testid="stock-move" data-kind={row.kind}>
        {inside}
      </div>
    );
  }
  return (
    <button
      type="button"
      className="stock-move"
      data-testid="stock-move"
      data-kind={row.kind}
      onClick={() => onOpen(saleId)}
    >
      {inside}
    </button>
  );
}
