import type { ReceiptLanguage, TerminalConfig } from "#contract/config/terminal.ts";
import type { StoreHeader } from "#core/receipt/labels.ts";
import { receiptTexts } from "./receipt-texts.ts";

type Words = Pick<
  TerminalConfig["store"],
  "nameZh" | "nameEn" | "address" | "phone" | "taxNumber" | "headerZh" | "headerEn" | "footerZh" | "footerEn"
>;

/** A shop as its papers show it in a language; in both, Chinese stands above English. */
export function headerOf(store: Words, language: ReceiptLanguage): StoreHeader {
  const { address, phone, taxNumber = "" } = store;
  const said = (zh: string, en: string): string => {
    if (language !== "both") return language === "en" ? en : zh;
    return zh === en ? zh : [zh, en].filter((words) => words !== "").join("\n");
  };
  const header = said(store.headerZh ?? "", store.headerEn ?? "");
  return {
    name: said(store.nameZh, store.nameEn),
    ...{ address, phone, footer: said(store.footerZh, store.footerEn) },
    ...(taxNumber === "" ? {} : { taxLine: `${receiptTexts(language).shop.taxNumber} ${taxNumber}` }),
    ...(header === "" ? {} : { header }),
  };
}
