import { IconArrowLeft } from "@tabler/icons-react";
import { milli } from "#core/quantity/quantity.ts";
import { formatQuantity } from "#core/quantity/text.ts";
import type { SaleAnswer, SaleLineAnswer } from "../../admin/shapes.ts";
import { money, shopClock } from "../formats.ts";
import { Trouble } from "../parts/Trouble.tsx";
import { TableHead } from "../parts/TableHead.tsx";
import { useWords, type TextKey } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";

interface Props {
  readonly storeCode: string;
  readonly terminalId: string;
  readonly saleId: string;
}

/** One sale as the till wrote it: lines, how it was paid, what was given back, and the entry it stands in. */
export function Sale({ storeCode, terminalId, saleId }: Props) {
  const { text } = useWords();
  const { value, fault, reload } = useAnswer<SaleAnswer>(
    `/sales/${storeCode}/${terminalId}/${encodeURIComponent(saleId)}`,
  );
  return (
    <>
      <button className="office-back" onClick={() => window.history.back()} type="button">
        <IconArrowLeft aria-hidden size={18} />
        {text("nav.sales")}
      </button>
      {fault !== null && <Trouble fault={fault} onRetry={reload} />}
      {value !== null && <SalePaper sale={value} />}
    </>
  );
}

function SalePaper({ sale }: { readonly sale: SaleAnswer }) {
  const { text } = useWords();
  return (
    <>
      <div className="office-head">
        <h1>
          {sale.saleNumber}
          <span className="office-code">{`${sale.storeCode}-${sale.terminalId}`}</span>
        </h1>
        <span className="office-total figures">{money(sale.totalFen)}</span>
      </div>
      <p className="office-soft figures">
        {`${sale.businessDate} ${shopClock(sale.completedAt)} · ${sale.cashierName}`}
      </p>
      <section className="office-card office-shop">
        <h2>{text("sales.lines")}</h2>
        <div className="office-scroll">
          <table className="office-table">
            <TableHead
              columns={[
                { name: text("item.name") },
                { name: text("item.price"), isRight: true },
                { name: text("sale.quantity"), isRight: true },
                { name: text("sale.discount"), isRight: true },
                { name: text("days.total"), isRight: true },
              ]}
            />
            <tbody>
              {sale.lines.map((line) => (
                <Line key={line.lineNumber} line={line} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <Payments sale={sale} />
      {sale.entry !== null && (
        <p className="office-soft office-entry">
          {text("sale.entry", { epoch: sale.entry.epoch, seq: sale.entry.seq })} <code>{sale.entry.hash}</code>
        </p>
      )}
    </>
  );
}

function Payments({ sale }: { readonly sale: SaleAnswer }) {
  const { text } = useWords();
  return (
    <section className="office-card office-shop">
      <h2>{text("sale.paid")}</h2>
      <ul className="office-list">
        {sale.tenders.map((tender, index) => (
          <li key={index}>
            <span>{text(tenderKey(tender.kind))}</span>
            {tender.taking !== null && <span className="office-soft">{text(`sale.taking.${tender.taking}`)}</span>}
            {tender.transactionId !== null && <span className="office-soft figures">{tender.transactionId}</span>}
            {tender.changeFen !== null && tender.changeFen > 0 && (
              <span className="office-soft figures">
                {text("sale.change", { received: money(tender.receivedFen ?? 0), change: money(tender.changeFen) })}
              </span>
            )}
            <span className="office-grow" />
            <span className="figures office-amount">{money(tender.amountFen)}</span>
          </li>
        ))}
        {sale.refunds.map((refund) => (
          <li key={refund.refundNo}>
            <span>{text("sale.refund")}</span>
            <span className="office-soft">{`${refund.refundNo} · ${refund.state}`}</span>
            <span className="office-grow" />
            <span className="figures office-amount">{money(-refund.amountFen)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ line }: { readonly line: SaleLineAnswer }) {
  const { text, locale } = useWords();
  const name = locale === "en" && line.nameEn !== "" ? line.nameEn : line.nameZh;
  const quantity = formatQuantity(milli(line.quantityMilli), line.unit);
  return (
    <tr>
      <th data-label={text("item.name")} scope="row">
        {name} {line.sku !== null && <span className="office-code">{line.sku}</span>}
      </th>
      <td className="office-right figures" data-label={text("item.price")}>
        {money(line.unitPriceFen)}
      </td>
      <td className="office-right figures" data-label={text("sale.quantity")}>
        {line.unit === "kg" ? `${quantity} kg` : `×${quantity}`}
      </td>
      <td className="office-right figures" data-label={text("sale.discount")}>
        {line.discountFen === 0 ? "—" : money(-line.discountFen)}
      </td>
      <td className="office-right figures office-amount" data-label={text("days.total")}>
        {money(line.netFen)}
      </td>
    </tr>
  );
}

function tenderKey(kind: string): TextKey {
  if (kind === "wechat") return "sale.wechat";
  if (kind === "static-code") return "sale.static-code";
  return kind === "cash" ? "sale.cash" : "sale.other";
}
