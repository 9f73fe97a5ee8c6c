import { Button, Select, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { SaleRowAnswer, SalesAnswer, ShopsAnswer } from "../../admin/shapes.ts";
import { ask, type AskFault } from "../api-client.ts";
import { money, shopClock } from "../formats.ts";
import { ShopSelect } from "../parts/ShopSelect.tsx";
import { Trouble } from "../parts/Trouble.tsx";
import { goTo, usePlace } from "../place.ts";
import { useWords } from "../texts.tsx";
import { useAnswer } from "../use-answer.ts";

/** Sales of all shops, newest first; what is asked for stands in the address, so that it can be sent to a colleague. */
export function Sales() {
  const { text } = useWords();
  const { query } = usePlace();
  const shops = useAnswer<ShopsAnswer>("/shops").value?.shops ?? [];
  const store = query.get("store");
  const tills = shops.find(({ storeCode }) => storeCode === store)?.terminals ?? [];

  const change = (changes: Readonly<Record<string, string | null>>) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === "") next.delete(name);
      else next.set(name, value);
    }
    goTo(`sales?${next.toString()}`);
  };
  return (
    <>
      <div className="office-head">
        <h1>{text("nav.sales")}</h1>
      </div>
      <div className="office-card office-filters">
        <ShopSelect
          isOptional
          onChange={(chosen) => change({ store: chosen, terminal: null })}
          shops={shops}
          value={store}
        />
        <Select
          allowDeselect={false}
          comboboxProps={{ transitionProps: { duration: 80 } }}
          data={[
            { value: "", label: text("sales.all-tills") },
            ...tills.map(({ terminalId }) => ({ value: terminalId, label: terminalId })),
          ]}
          disabled={store === null}
          label={text("till.id")}
          onChange={(chosen) => change({ terminal: chosen })}
          value={query.get("terminal") ?? ""}
        />
        <TextInput
          label={text("sales.from")}
          onChange={(event) => change({ from: event.currentTarget.value })}
          type="date"
          value={query.get("from") ?? ""}
        />
        <TextInput
          label={text("sales.to")}
          onChange={(event) => change({ to: event.currentTarget.value })}
          type="date"
          value={query.get("to") ?? ""}
        />
      </div>
      <SalesList key={query.toString()} query={query.toString()} />
    </>
  );
}

/** Mounted anew for each question. */
function SalesList({ query }: { readonly query: string }) {
  const { text } = useWords();
  const [sales, setSales] = useState<readonly SaleRowAnswer[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [fault, setFault] = useState<AskFault | null>(null);
  const load = async (before: string | null) => {
    const more = before === null ? "" : `&before=${encodeURIComponent(before)}`;
    const answer = await ask<SalesAnswer>(`/sales?${query}${query === "" ? "" : "&"}limit=50${more}`);
    setFault(answer.ok ? null : answer.fault);
    if (!answer.ok) return;
    setSales((shown) => [...(before === null ? [] : (shown ?? [])), ...answer.value.sales]);
    setNext(answer.value.next);
  };
  useEffect(() => void load(null), []);
  if (fault !== null) return <Trouble fault={fault} onRetry={() => void load(null)} />;
  if (sales === null) return null;
  if (sales.length === 0) return <p className="office-card office-empty">{text("sales.none")}</p>;
  return (
    <section className="office-card office-shop">
      <div className="office-scroll">
        <table className="office-table">
          <thead>
            <tr>
              <th scope="col">{text("sales.number")}</th>
              <th scope="col">{text("days.date")}</th>
              <th scope="col">{text("sales.time")}</th>
              <th scope="col">{text("shop")}</th>
              <th scope="col">{text("sales.cashier")}</th>
              <th className="office-right" scope="col">
                {text("sales.lines")}
              </th>
              <th className="office-right" scope="col">
                {text("days.total")}
              </th>
            </tr>
          </thead>
          <tbody>
            {sales.map((sale) => (
              <tr key={`${sale.storeCode}-${sale.terminalId}-${sale.saleId}`}>
                <th data-label={text("sales.number")} scope="row">
                  <a href={`#/sales/${sale.storeCode}/${sale.terminalId}/${encodeURIComponent(sale.saleId)}`}>
                    {sale.saleNumber}
                  </a>
                </th>
                <td className="figures" data-label={text("days.date")}>
                  {sale.businessDate}
                </td>
                <td className="figures" data-label={text("sales.time")}>
                  {shopClock(sale.completedAt)}
                </td>
                <td data-label={text("shop")}>{`${sale.storeCode}-${sale.terminalId}`}</td>
                <td data-label={text("sales.cashier")}>{sale.cashierName}</td>
                <td className="office-right figures" data-label={text("sales.lines")}>
                  {sale.lineCount}
                </td>
                <td className="office-right figures office-amount" data-label={text("days.total")}>
                  {money(sale.totalFen)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {next !== null && (
        <Button className="office-more" onClick={() => void load(next)} variant="default">
          {text("more")}
        </Button>
      )}
    </section>
  );
}
