import { useState } from "react";
import type { DayRange } from "#contract/reports/report.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { useClockPlace, useLocale } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { Scrolled } from "../../parts/Scrolled.tsx";
import { SaleDialog } from "../manager/SaleDialog.tsx";
import { useReportsText } from "./reports-texts.ts";
import { plainMoney } from "./sum-words.ts";
import { type Behind, type BehindRow, useBehind } from "./use-behind.ts";

/** The list of what a number is made of, newest first; a row opens the sale with its receipt as paper. */
export function BehindDialog(props: {
  readonly range: DayRange;
  readonly behind: Behind;
  readonly onExport: (behind: Behind, format: "csv" | "xlsx") => void;
  readonly onClose: () => void;
}) {
  const { range, behind, onExport, onClose } = props;
  const text = useReportsText();
  const tillText = useTillText();
  const place = useClockPlace();
  const { rows, isOver, fault, readMore } = useBehind(range, behind);
  const [openSale, setOpenSale] = useState<string | null>(null);
  if (openSale !== null) return <SaleDialog saleId={openSale} onClose={() => setOpenSale(null)} />;
  return (
    <Dialog
      title={text("list", { what: behind.name })}
      size="wide"
      testId="report-behind"
      onClose={onClose}
      footer={
        <div className="reports-list-foot">
          <span role="status">
            {rows !== null && isOver ? text(rows.length === 0 ? "list.empty" : "list.end") : ""}
          </span>
          {behind.of === "sales" &&
            (["csv", "xlsx"] as const).map((format) => (
              <Press key={format} data-testid={`behind-${format}`} onClick={() => onExport(behind, format)}>
                {text(`export.sales-${format}`)}
              </Press>
            ))}
          <Press tone="primary" data-testid="behind-more" disabled={isOver} onClick={readMore}>
            {text("list.more")}
          </Press>
        </div>
      }
    >
      {fault !== null && <TroubleNote text={faultText(fault, tillText, place)} />}
      <Scrolled className="reports-list" label={behind.name}>
        <ol>
          {(rows ?? []).map((row) => (
            <li key={row.is === "sale" ? row.saleId : row.position}>
              <BehindLine row={row} onOpen={setOpenSale} />
            </li>
          ))}
        </ol>
        {rows === null && fault === null && <p className="reports-soft">{text("list.looking")}</p>}
      </Scrolled>
    </Dialog>
  );
}

function BehindLine({ row, onOpen }: { readonly row: BehindRow; readonly onOpen: (saleId: string) => void }) {
  const text = useReportsText();
  const isEnglish = useLocale() === "en";
  const saleId = row.saleId;
  const number = row.is === "sale" ? row.saleNumber : row.number;
  const at = row.is === "sale" ? row.completedAt : row.at;
  const amountFen = row.is === "sale" ? row.totalFen : row.kind === "void" ? row.amountFen : -row.amountFen;
  const words =
    row.is === "sale"
      ? row.tenderKinds.map((kind) => text(`tender.${kind}`)).join(" + ")
      : isEnglish
        ? row.wordsEn
        : row.wordsZh;
  const inside = (
    <>
      <span className="figures">{`${row.businessDate.slice(5)} ${at.slice(11, 16)}`}</span>
      <span className="figures reports-list-number">{number || "—"}</span>
      <span className="reports-list-words">
        {row.cashierName}
        {words === "" ? "" : ` · ${words}`}
      </span>
      <strong className="figures">{plainMoney(amountFen)}</strong>
    </>
  );
  return saleId === null ? (
    <div className="reports-list-row" data-testid="behind-row">
      {inside}
    </div>
  ) : (
    <button
      type="button"
      className="reports-list-row"
      data-testid="behind-row"
      data-sale-number={number}
      aria-label={`${text("list.open", { number })} ${plainMoney(amountFen)}`}
      onClick={() => onOpen(saleId)}
    >
      {inside}
    </button>
  );
}
