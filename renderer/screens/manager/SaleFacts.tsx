import type { SaleDetailView } from "#contract/ipc/manager-view.ts";
import { addFen } from "#core/money/fen.ts";
import { timeOnPaper } from "#core/receipt/elements.ts";
import type { Tender } from "#core/sale/sale.ts";
import type { StaticTaking } from "#core/tender/static-taking.ts";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { useCommonText } from "../../i18n/common-texts.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { RefundList } from "../refunds/RefundList.tsx";
import { takingWords } from "../takings/TakingRow.tsx";
import { useManagerText } from "./manager-texts.ts";

const hashCharacters = 8;

/** What the receipt leaves out or says small: who, where, how it was paid, and its place in the journal. */
export function SaleFacts({ detail, onRetried }: { readonly detail: SaleDetailView; readonly onRetried: () => void }) {
  const text = useManagerText();
  const { sale, journalHash } = detail;
  const discountFen = addFen(sale.lineDiscountFen, sale.saleDiscountFen, sale.roundingFen);
  return (
    <Scrolled className="manager-sale-facts" label={text("sale.facts")}>
      <div className="manager-sale-total">
        <span>{text("sale.total")}</span>
        <strong className="figures" data-testid="sale-total">
          {formatMoney(sale.totalFen)}
        </strong>
      </div>
      <ul className="manager-sale-tender-list">
        {sale.tenders.map((tender) => (
          <TenderLine
            key={tender.tenderId}
            tender={tender}
            taking={detail.takings.find(({ tenderId }) => tenderId === tender.tenderId) ?? null}
          />
        ))}
      </ul>
      {detail.refunds.length > 0 && (
        <RefundList label={text("refunds")} refunds={detail.refunds} onChanged={onRetried} />
      )}
      <dl className="manager-facts">
        <Fact name={text("sale.completed")} value={timeOnPaper(sale.completedAt)} />
        <Fact name={text("sale.cashier")} value={sale.cashierName} />
        <Fact name={text("sale.till")} value={sale.terminalId} />
        <Fact name={text("sale.pieces")} value={String(sale.pieceCount)} />
        {discountFen > 0 && <Fact name={text("sale.discount")} value={formatMoney(discountFen)} />}
        <Fact name={text("sale.journal")} value={journalHash.slice(0, hashCharacters)} />
      </dl>
    </Scrolled>
  );
}

function TenderLine({ tender, taking }: { readonly tender: Tender; readonly taking: StaticTaking | null }) {
  const text = useManagerText();
  const common = useCommonText();
  const name =
    tender.kind === "wechat"
      ? `${common("tender.wechat")} · ${common(`method.${tender.method}`)}`
      : common(`tender.${tender.kind}`);
  return (
    <li>
      <i className={`manager-dot manager-tender-${tender.kind}`} aria-hidden="true" />
      <span>
        {name}
        <small className="figures">
          {tender.kind === "wechat" &&
            (tender.transactionId === null
              ? text("sale.payment-number", { number: tender.outTradeNo })
              : text("sale.transaction", { number: tender.transactionId }))}
          {tender.kind === "cash" &&
            text("sale.received", {
              received: formatMoney(tender.receivedFen),
              change: formatMoney(tender.changeFen),
            })}
          {taking !== null && takingWords(taking, text)}
        </small>
      </span>
      <strong className="figures">{formatMoney(tender.amountFen)}</strong>
    </li>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figures">{value}</dd>
    </div>
  );
}
