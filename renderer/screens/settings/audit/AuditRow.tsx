import { IconReceipt } from "@tabler/icons-react";
import type { AuditRowView } from "#contract/ipc/audit-intents.ts";
import { fen } from "#core/money/fen.ts";
import { formatPlainMoney } from "../../../i18n/formats.ts";
import { useLocale } from "../../../i18n/locale.tsx";
import { Press } from "../../../parts/Press.tsx";
import { openDialog } from "../../../till/desk.ts";
import { kindInWords, noteInWords, useAuditText } from "./audit-texts.ts";
import { timeInShop } from "./time-in-shop.ts";

/** One entry: when, what, of which sale, how much, who, and by whose word. */
export function AuditRow({ row, utcOffsetMinutes }: { readonly row: AuditRowView; readonly utcOffsetMinutes: number }) {
  const text = useAuditText();
  const locale = useLocale();
  const { saleId, saleNumber, amountFen, aboutName, approverName } = row;
  const said = locale === "en" ? (row.noteEn ?? row.note) : row.note;
  const note = said === aboutName ? null : said;
  return (
    <div className="audit-row" data-testid="audit-row" data-kind={row.kind} role="row">
      <span className="figures" role="cell">
        {timeInShop(row.atMs, utcOffsetMinutes)}
      </span>
      <span className="audit-what" role="cell">
        <strong>{kindInWords(row.kind, text)}</strong>
        {(note !== null || aboutName !== null) && (
          <span className="settings-soft">
            {aboutName !== null && `${text("of", { name: aboutName })} `}
            {note !== null && noteInWords(note, text)}
          </span>
        )}
      </span>
      <span role="cell">
        {saleId !== null && saleNumber !== null ? (
          <Press
            className="audit-sale figures"
            data-testid="audit-open-sale"
            aria-label={text("sale", { number: saleNumber })}
            onClick={() => openDialog({ kind: "sale", saleId })}
          >
            <IconReceipt size={18} aria-hidden />
            {saleNumber}
          </Press>
        ) : (
          <span className="figures">{saleNumber}</span>
        )}
      </span>
      <span className="audit-amount figures" role="cell">
        {amountFen === null ? "" : formatPlainMoney(fen(amountFen))}
      </span>
      <span className="audit-what" role="cell">
        <span>{row.personName}</span>
        {approverName !== null && <span className="settings-soft">{text("by", { name: approverName })}</span>}
      </span>
      <span className="audit-number figures settings-soft" role="cell">
        {row.seq} · {row.hash8}
      </span>
    </div>
  );
}
