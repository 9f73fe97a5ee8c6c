import type { Locale } from "#contract/config/terminal.ts";
import type { NoticeView } from "#contract/ipc/till-view.ts";
import type { Fen } from "#core/money/fen.ts";
import { levelText } from "#core/stock/stock-level.ts";
import { formatMoney } from "../../i18n/formats.ts";
import { localName } from "../../i18n/locale.tsx";
import type { TillText } from "../../i18n/till-texts.ts";

import { stalePackFacts } from "../sale/pack-words.ts";

export interface NoticeWords {
  /** What happened. */
  readonly sentence: string;
  /** What is safe, and what to do now. */
  readonly next: string;
  /** `grave` where selling on may lose something, `good` where money arrived. */
  readonly tone: "good" | "plain" | "grave";
}

/** The sentence of a notice and the one after it. */
export function noticeWords(notice: NoticeView, text: TillText, locale: Locale): NoticeWords {
  return { sentence: sentenceOf(notice, text, locale), next: nextOf(notice, text), tone: toneOf(notice) };
}

function toneOf(notice: NoticeView): NoticeWords["tone"] {
  if (notice.kind === "storage-trouble" || notice.kind === "refund-stuck") return "grave";
  if (notice.kind === "disk-full" || notice.kind === "disk-restart") return "grave";
  if (notice.kind === "pack-stopped") return "grave";
  if (notice.kind === "stock-short") return notice.stopId === null ? "plain" : "grave";
  if (notice.kind === "refund-ended") return notice.word === "given-back" ? "good" : "grave";
  if (notice.kind === "legacy-not-paid") return "grave";
  if (notice.kind !== "parked-payment-ended") return "plain";
  return notice.word === "paid" ? "good" : "grave";
}

function sentenceOf(notice: NoticeView, text: TillText, locale: Locale): string {
  switch (notice.kind) {
    case "unknown-barcode":
      return text("notice.unknown-barcode", { text: notice.text });
    case "bad-check-digit":
      return text("notice.bad-check-digit", { text: notice.text });
    case "unknown-label-item":
      return text("notice.unknown-label-item", { code: notice.scaleCode });
    case "other-wallet-code":
      return text(`notice.other-wallet-code.${notice.wallet}`);
    case "scan-while-not-selling":
      return text(`notice.scan-while-not-selling.${notice.why}`);
    case "printer-trouble":
      return text(`notice.printer-trouble.${notice.trouble}`, { count: notice.waiting });
    case "receipt-scanned":
    case "other-receipt-scanned":
      return text(`notice.${notice.kind}`, { number: notice.saleNumber });
    case "scan-refused":
      return text(`notice.scan-refused.${notice.fault}`);
    case "label-refused":
      return text(`notice.label-refused.${notice.why}`);
    case "pack-stopped":
      return text(`notice.pack-stopped.${notice.why}`, { name: localName(notice, locale) });
    case "pack-past-best-before":
    case "double-scan":
      return text(`notice.${notice.kind}`, { name: localName(notice, locale) });
    case "stock-short":
      return text(notice.stopId === null ? "notice.stock-short" : "notice.stock-short.stopped", {
        name: localName(notice, locale),
        level: levelText(notice.levelMilli, notice.unit),
      });
    case "stock-disagreed":
      return text("notice.stock-disagreed", { count: notice.count });
    case "gs1-refused":
      return text(`notice.gs1-refused.${notice.why}`, { ai: notice.ai });
    case "parked-payment-ended":
      return text(`notice.parked-payment-ended.${notice.word}`, { amount: formatMoney(notice.amountFen) });
    case "print-unknown":
    case "print-failed":
      return notice.saleNumber === null
        ? text(`notice.${notice.kind}-slip`)
        : text(`notice.${notice.kind}`, { number: notice.saleNumber });
    case "drawer-not-opened":
      return text(`notice.drawer-not-opened.${notice.why}`);
    case "legacy-not-paid":
      return text("notice.legacy-not-paid", { system: notice.saleSystem, amount: formatMoney(notice.amountFen) });
    case "late-payment-reversed":
    case "carried-abandoned":
      return text(`notice.${notice.kind}`, { amount: formatMoney(notice.amountFen) });
    case "carried-refused":
      return text(`carried.refused.${notice.why}`);
    case "refund-ended":
      return text(`notice.refund-ended.${notice.word}`, refundFacts(notice));
    case "badge-refused":
      return text(`notice.badge-refused.${notice.why}`);
    case "update-failed":
      return text("notice.update-failed", { version: notice.version });
    case "clock-jumped":
      return text("notice.clock-jumped", { from: notice.from, to: notice.to });
    case "refund-stuck":
      return text("notice.refund-stuck", refundFacts(notice));
    case "held-move-ended":
      return text(`notice.held-move-ended.${notice.end}`, {
        amount: formatMoney(notice.totalFen),
        till: notice.by ?? "",
      });
    default:
      return text(`notice.${notice.kind}`);
  }
}

function refundFacts({ number, amountFen }: { readonly number: string; readonly amountFen: Fen }) {
  return { number, amount: formatMoney(amountFen) };
}

function nextOf(notice: NoticeView, text: TillText): string {
  switch (notice.kind) {
    case "scan-while-not-selling":
      return text(`notice.scan-while-not-selling.${notice.why}.next`);
    case "badge-refused":
      return text(`notice.badge-refused.${notice.why}.next`);
    case "scan-refused":
      return text(`notice.scan-refused.${notice.fault}.next`);
    case "pack-stopped":
      return text("notice.pack-stopped.next", { facts: stalePackFacts(notice, notice.why, text) });
    case "pack-past-best-before":
      return text("notice.pack-past-best-before.next", { facts: stalePackFacts(notice, "past-best-before", text) });
    case "stock-short":
      return text(notice.stopId === null ? "notice.stock-short.next" : "notice.stock-short.stopped.next");
    case "double-scan":
      return text("notice.double-scan.next", { serial: notice.serial });
    case "parked-payment-ended":
      return text(`notice.parked-payment-ended.${notice.word}.next`);
    case "carried-refused":
      return text(`carried.refused.${notice.why}.next`);
    case "refund-ended":
      return text(`notice.refund-ended.${notice.word}.next`);
    case "held-move-ended":
      return text(`notice.held-move-ended.${notice.end}.next`);
    default:
      return text(`notice.${notice.kind}.next`);
  }
}
