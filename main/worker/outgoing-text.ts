import type { DayField, DaysLayout, SaleField, SalesLayout } from "#contract/config/legacy-files.ts";
import type { OutgoingDay, OutgoingSale } from "#main/store/reports/outgoing-rows.ts";
import { byteOrderMark, csvLine } from "./csv.ts";

/* How a file for another system is written: export-outgoing.ts says what stands in it. */

export type Layout = SalesLayout | DaysLayout;
/** A cell before the layout says how it is written. */
type Cell =
  | { readonly text: string }
  | { readonly count: number }
  | { readonly fen: number }
  | { readonly at: string }
  | { readonly day: string };
export type Row = readonly (readonly [name: string, cell: Cell])[];

export function saleRow(sale: OutgoingSale, { columns }: SalesLayout): Row {
  return columns.map(({ field, name }) => [name, saleCells[field](sale)] as const);
}

export function dayRow(day: OutgoingDay, { columns }: DaysLayout): Row {
  return columns.map(({ field, name }) => [name, dayCells[field](day)] as const);
}

export function endOf({ format }: Layout): string {
  return format === "json" ? "\n]\n" : "";
}

export function headOf({ format, encoding, separator, columns }: Layout): string {
  if (format === "json") return "[";
  const head = csvLine(
    columns.map(({ name }) => ({ text: name })),
    separator,
  );
  return encoding === "utf-8" ? byteOrderMark + head : head;
}

export function lineOf(row: Row, layout: Layout, isFirst: boolean): string {
  if (layout.format === "json") {
    const members = row.map(([name, cell]) => [name, jsonOf(cell, layout)] as const);
    return `${isFirst ? "" : ","}\n${JSON.stringify(Object.fromEntries(members))}`;
  }
  return csvLine(
    row.map(([, cell]) =>
      "fen" in cell && layout.amounts === "yuan" ? { amountFen: cell.fen } : cellOf(cell, layout),
    ),
    layout.separator,
  );
}

/** Digits of ours are no formula, whatever sign they begin with, and have no tab before them: a machine reads this. */
function cellOf(cell: Cell, layout: Layout) {
  if ("fen" in cell) return { plain: String(cell.fen) };
  if ("count" in cell) return { plain: String(cell.count) };
  const text = textOf(cell, layout);
  return /^[\d ]*$/u.test(text) ? { plain: text } : { text };
}

/** Amounts in yuan are text: a binary fraction is no amount. */
function jsonOf(cell: Cell, layout: Layout): string | number {
  if ("count" in cell) return cell.count;
  if ("fen" in cell) return layout.amounts === "fen" ? cell.fen : yuan(cell.fen);
  return textOf(cell, layout);
}

function textOf(cell: Extract<Cell, { text: string } | { at: string } | { day: string }>, { times }: Layout): string {
  if ("text" in cell) return cell.text;
  if ("day" in cell) return times === "digits" ? cell.day.replaceAll("-", "") : cell.day;
  if (times === "iso") return cell.at;
  const plain = cell.at.slice(0, 19).replace("T", " ");
  return times === "plain" ? plain : plain.replaceAll(/\D/gu, "");
}

function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, "0");
  return `${fen < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const saleCells: Readonly<Record<SaleField, (sale: OutgoingSale) => Cell>> = {
  kind: ({ kind }) => ({ text: kind }),
  number: ({ number }) => ({ text: number }),
  time: ({ at }) => ({ at }),
  date: ({ date }) => ({ day: date }),
  cashier: ({ cashier }) => ({ text: cashier }),
  lines: ({ lines }) => ({ count: lines }),
  gross: ({ grossFen }) => ({ fen: grossFen }),
  discount: ({ discountFen }) => ({ fen: discountFen }),
  total: ({ totalFen }) => ({ fen: totalFen }),
  cash: ({ cashFen }) => ({ fen: cashFen }),
  wechat: ({ wechatFen }) => ({ fen: wechatFen }),
  staticCode: ({ staticCodeFen }) => ({ fen: staticCodeFen }),
  tradeNo: ({ tradeNo }) => ({ text: tradeNo }),
};

const dayCells: Readonly<Record<DayField, (day: OutgoingDay) => Cell>> = {
  date: ({ date }) => ({ day: date }),
  sales: ({ sales }) => ({ count: sales }),
  pieces: ({ pieces }) => ({ count: pieces }),
  gross: ({ grossFen }) => ({ fen: grossFen }),
  discount: ({ discountFen }) => ({ fen: discountFen }),
  total: ({ totalFen }) => ({ fen: totalFen }),
  refunds: ({ refunds }) => ({ count: refunds }),
  refunded: ({ refundedFen }) => ({ fen: refundedFen }),
  cash: ({ cashFen }) => ({ fen: cashFen }),
  wechat: ({ wechatFen }) => ({ fen: wechatFen }),
  staticCode: ({ staticCodeFen }) => ({ fen: staticCodeFen }),
};
