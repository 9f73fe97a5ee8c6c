import "./audit.css";
import { IconDownload, IconFilterOff } from "@tabler/icons-react";
import { useState } from "react";
import type { AuditQuery } from "#contract/worker/audit-messages.ts";
import { faultText } from "../../../i18n/fault-text.ts";
import { useClockPlace } from "../../../i18n/locale.tsx";
import { useTillText } from "../../../i18n/till-texts.ts";
import { Press } from "../../../parts/Press.tsx";
import { TroubleNote } from "../../../parts/TroubleNote.tsx";
import { useEndlessRows } from "../../../parts/use-endless-rows.ts";
import { useKeys } from "../../../till/keys.ts";
import { send, useFromSection } from "../../../till-client.ts";
import { AuditFilters } from "./AuditFilters.tsx";
import { AuditRow } from "./AuditRow.tsx";
import { useAuditText } from "./audit-texts.ts";
import { ChainState } from "./ChainState.tsx";
import { noFilters, readQuery, type Filters } from "./read-query.ts";
import { timeInShop } from "./time-in-shop.ts";
import { type AuditDesk, useAudit } from "./use-audit.ts";

/** The journal as a manager reads it: who did what, when, by whose word, newest first. */
export function AuditPage({ onLeave }: { readonly onLeave: () => void }) {
  const text = useAuditText();
  const tillText = useTillText();
  const place = useClockPlace();
  const utcOffsetMinutes = useFromSection("shop", (shop) => shop.utcOffsetMinutes);
  const [filters, setFilters] = useState<Filters>(noFilters);
  const query = readQuery(filters, utcOffsetMinutes);
  const desk = useAudit(query, JSON.stringify(query));
  useKeys("screen", (event) => {
    if (event.key !== "Escape") return false;
    onLeave();
    return true;
  });
  return (
    <div className="audit-page" data-testid="audit-page" data-searching={desk.isSearching}>
      <div className="settings-head">
        <h2>{text("title")}</h2>
        <span className="settings-grow" />
        <Press data-testid="audit-clear" disabled={filters === noFilters} onClick={() => setFilters(noFilters)}>
          <IconFilterOff size={20} aria-hidden />
          {text("clear")}
        </Press>
        <ExportKey query={query} />
      </div>
      <AuditFilters filters={filters} isAmountBad={query === null} onChange={setFilters} />
      {query === null && <TroubleNote text={text("filter.bad-amount")} />}
      {desk.fault !== null && <TroubleNote text={faultText(desk.fault, tillText, place)} />}
      <AuditList desk={desk} utcOffsetMinutes={utcOffsetMinutes} />
      <ChainState />
    </div>
  );
}

const rowHeight = 56;

function AuditList({ desk, utcOffsetMinutes }: { readonly desk: AuditDesk; readonly utcOffsetMinutes: number }) {
  const text = useAuditText();
  const { rows, isSearching, isAtEnd, reachedMs, readMore } = desk;
  const { frame, inSight, height } = useEndlessRows({
    ...{ rows, rowHeight, readMore },
    keyOf: ({ position }) => String(position),
    overscan: 8,
  });
  const columns = ["time", "what", "sale", "amount", "who", "number"] as const;
  return (
    <section className="settings-card audit-list" role="table" aria-label={text("title")} aria-busy={isSearching}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keys too */}
      <div className="audit-frame" ref={frame} role="rowgroup" tabIndex={0} aria-label={text("title")}>
        <div className="audit-row audit-columns" role="row">
          {columns.map((column) => (
            <span key={column} role="columnheader" className={`audit-column-${column}`}>
              {text(`column.${column}`)}
            </span>
          ))}
        </div>
        <div style={{ height, position: "relative" }} role="presentation">
          {inSight.map(({ index, start, key }) => {
            const row = rows[index];
            return (
              row !== undefined && (
                <div
                  key={key}
                  className="audit-place"
                  role="presentation"
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <AuditRow row={row} utcOffsetMinutes={utcOffsetMinutes} />
                </div>
              )
            );
          })}
        </div>
        <footer className="audit-end settings-soft" role="presentation">
          {isSearching ? (
            text("searching")
          ) : isAtEnd ? (
            text(rows.length === 0 ? "none" : "end")
          ) : (
            <>
              {reachedMs !== null && <span>{text("reached", { time: timeInShop(reachedMs, utcOffsetMinutes) })}</span>}
              <Press data-testid="audit-older" onClick={readMore}>
                {text("older")}
              </Press>
            </>
          )}
        </footer>
      </div>
    </section>
  );
}

function ExportKey({ query }: { readonly query: AuditQuery | null }) {
  const text = useAuditText();
  const tillText = useTillText();
  const place = useClockPlace();
  const [said, setSaid] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const write = async (): Promise<void> => {
    if (query === null) return;
    setBusy(true);
    const answer = await send("audit-export", { query });
    setBusy(false);
    if (!answer.ok) setSaid(faultText(answer.fault, tillText, place));
    else setSaid(answer.value === null ? null : text("exported", { count: answer.value.rowCount }));
  };
  return (
    <>
      {said !== null && (
        <span role="status" className="settings-soft" data-testid="audit-exported">
          {said}
        </span>
      )}
      <Press data-testid="audit-export" disabled={query === null || isBusy} onClick={() => void write()}>
        <IconDownload size={20} aria-hidden />
        {text("export")}
      </Press>
    </>
  );
}
