import { IconBrandWechat, IconCash, IconNotes, IconSearch } from "@tabler/icons-react";
import type { SaleRowView } from "#contract/ipc/manager-view.ts";
import { useCommonText } from "../../i18n/common-texts.ts";
import { formatMoney, formatPlainMoney } from "../../i18n/formats.ts";
import { Press } from "../../parts/Press.tsx";
import { useEndlessRows } from "../../parts/use-endless-rows.ts";
import type { RowStop } from "../../parts/use-row-keys.ts";
import { openDialog } from "../../till/desk.ts";
import { clockOf } from "./days.ts";
import { useManagerText } from "./manager-texts.ts";
import { useDaySales } from "./use-day-sales.ts";

const rowHeight = 52;

/** The day's sales, newest first. Only the rows in sight exist. */
export function SalesList(props: {
  readonly businessDate: string | null;
  readonly saleCount: number;
  readonly onOpen: (saleId: string) => void;
}) {
  const { businessDate, saleCount, onOpen } = props;
  const text = useManagerText();
  const { rows, readMore } = useDaySales(businessDate);
  const { frame, inSight, height, rowKeys } = useEndlessRows({
    ...{ rows, rowHeight, readMore },
    keyOf: ({ saleId }) => saleId,
    overscan: 8,
  });

  return (
    <section className="manager-card manager-sales" aria-label={text("list")}>
      <header className="manager-card-head">
        <h2>
          {text("list")} <span className="figures manager-soft">{text("list.count", { count: saleCount })}</span>
        </h2>
        <Press className="manager-find" data-testid="find-sale-open" onClick={() => openDialog({ kind: "find-sale" })}>
          <IconSearch size={20} aria-hidden />
          {text("find.open")}
        </Press>
      </header>
      <div className="manager-sale-row manager-sale-head" aria-hidden="true">
        <span>{text("list.time")}</span>
        <span>{text("list.number")}</span>
        <span className="manager-sale-cashier">{text("list.cashier")}</span>
        <span>{text("list.tenders")}</span>
        <span>{text("list.amount")}</span>
      </div>
      <div className="manager-sale-frame" role="presentation" ref={frame} onKeyDown={rowKeys.hear}>
        {rows?.length === 0 && <p className="manager-soft manager-none">{text("none")}</p>}
        <ol style={{ height }}>
          {inSight.map(({ index, start, key }) => {
            const row = rows?.[index];
            return (
              row !== undefined && (
                <li key={key} style={{ transform: `translateY(${start}px)` }}>
                  <SaleRow row={row} stop={rowKeys.stop(index)} onOpen={onOpen} />
                </li>
              )
            );
          })}
        </ol>
      </div>
    </section>
  );
}

function SaleRow(props: {
  readonly row: SaleRowView;
  readonly stop: RowStop;
  readonly onOpen: (saleId: string) => void;
}) {
  const { row, stop, onOpen } = props;
  const text = useManagerText();
  const common = useCommonText();
  return (
    <button
      type="button"
      {...stop}
      className="manager-sale-row"
      data-testid="sale-row"
      data-sale-number={row.saleNumber}
      aria-label={text("list.open", { number: row.saleNumber, amount: formatMoney(row.totalFen) })}
      onClick={() => onOpen(row.saleId)}
    >
      <span className="figures">{clockOf(row.completedAt)}</span>
      <span className="figures">{row.saleNumber}</span>
      <span className="manager-sale-cashier">{row.cashierName}</span>
      <span className="manager-sale-tenders">
        {row.tenderKinds.includes("wechat") && <IconBrandWechat size={22} aria-label={common("tender.wechat")} />}
        {row.tenderKinds.includes("static-code") && <IconNotes size={22} aria-label={common("tender.static-code")} />}
        {row.tenderKinds.includes("cash") && <IconCash size={22} aria-label={common("tender.cash")} />}
      </span>
      <strong className="figures">{formatPlainMoney(row.totalFen)}</strong>
    </button>
  );
}
