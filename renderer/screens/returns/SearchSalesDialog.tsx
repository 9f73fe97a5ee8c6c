import "./returns.css";
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { IntentFault } from "#contract/ipc/intent-faults.ts";
import type { SaleRowView } from "#contract/ipc/manager-view.ts";
import { parseYuan } from "#core/money/yuan.ts";
import { faultText } from "../../i18n/fault-text.ts";
import { formatIsoDay, formatMoney } from "../../i18n/formats.ts";
import { useClockPlace } from "../../i18n/locale.tsx";
import { useTillText } from "../../i18n/till-texts.ts";
import { Dialog } from "../../parts/Dialog.tsx";
import { KeyCap } from "../../parts/KeyCap.tsx";
import { Press } from "../../parts/Press.tsx";
import { TroubleNote } from "../../parts/TroubleNote.tsx";
import { closeDialog, openDialog } from "../../till/desk.ts";
import { useFromSection, send } from "../../till-client.ts";
import { clockOf } from "../manager/days.ts";
import { useReturnText } from "./return-texts.ts";

type Field = "day" | "total" | "item" | "lastFour";

/** The sale of a customer without a receipt who remembers the day and something of it. Leads to its return. */
export function SearchSalesDialog() {
  const text = useReturnText();
  const tillText = useTillText();
  const place = useClockPlace();
  const search = useSearch();
  const { fields, set, found, fault, run } = search;
  const field = (name: Field, testId: string, more: { readonly description?: string } = {}) => (
    <TextInput
      label={text(name === "lastFour" ? "search.last-four" : `search.${name}`)}
      size="lg"
      inputWrapperOrder={["label", "input", "description"]}
      autoComplete="off"
      maxLength={40}
      value={fields[name]}
      data-testid={testId}
      {...more}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  );
  return (
    <Dialog
      title={text("search.title")}
      size="wide"
      testId="search-sales"
      onClose={closeDialog}
      onEnter={() => void run()}
      footer={
        <>
          <Press data-testid="loose-open" onClick={() => openDialog({ kind: "loose-return" })}>
            {text("loose.open")}
          </Press>
          <Press tone="primary" data-testid="search-go" onClick={() => void run()}>
            <IconSearch size={22} aria-hidden />
            {text("search.go")} <KeyCap>Enter</KeyCap>
          </Press>
        </>
      }
    >
      <p>{text("search.explain")}</p>
      {fault !== null && (
        <TroubleNote text={fault === "bad" ? text("search.bad") : faultText(fault, tillText, place)} />
      )}
      <div className="search-sales">
        {field("day", "search-day")}
        {field("total", "search-total")}
        {field("item", "search-item")}
        {field("lastFour", "search-last-four", { description: text("search.last-four.hint") })}
      </div>
      {found !== null && <Found found={found} />}
    </Dialog>
  );
}

function Found({ found }: { readonly found: readonly SaleRowView[] }) {
  const text = useReturnText();
  if (found.length === 0) return <p role="status">{text("search.none")}</p>;
  return (
    <section aria-label={text("search.found", { count: found.length })}>
      <p role="status">{text("search.found", { count: found.length })}</p>
      <ul className="search-found">
        {found.map((row) => (
          <li key={row.saleId}>
            <Press
              data-testid="search-row"
              onClick={() => openDialog({ kind: "sale", saleId: row.saleId, isRefund: true })}
            >
              <span className="figures">{clockOf(row.completedAt)}</span>
              <span className="figures">{row.saleNumber}</span>
              <span>{row.cashierName}</span>
              <strong className="figures">{formatMoney(row.totalFen)}</strong>
            </Press>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What is typed, and what was found by it. */
function useSearch() {
  const place = useClockPlace();
  const today = useFromSection("shift", (shift) => shift?.businessDate ?? formatIsoDay(Date.now(), place));
  const [fields, setFields] = useState({ day: today, total: "", item: "", lastFour: "" });
  const [found, setFound] = useState<readonly SaleRowView[] | null>(null);
  const [fault, setFault] = useState<IntentFault | "bad" | null>(null);
  const run = async (): Promise<void> => {
    const { day, item } = fields;
    const lastFour = fields.lastFour.trim();
    const total = fields.total.trim() === "" ? null : parseYuan(fields.total.trim());
    if ((total !== null && !total.ok) || !/^(?:\d{4})?$/u.test(lastFour)) return setFault("bad");
    const totalFen = total === null ? null : total.value;
    const answer = await send("search-sales", { day: day.trim(), totalFen, item: item.trim(), lastFour });
    setFound(answer.ok ? answer.value : null);
    // The day is the one field whose form main alone judges.
    setFault(answer.ok ? null : answer.fault.kind === "bad-arguments" ? "bad" : answer.fault);
  };
  return {
    ...{ fields, found, fault, run },
    set(name: Field, value: string): void {
      setFields({ ...fields, [name]: value });
      setFault(null);
    },
  };
}
