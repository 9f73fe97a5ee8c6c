/** What a kind of printer can do, as far as it differs from the plain 80 mm printer the schema's defaults describe. */
interface PrinterTraits {
  readonly columns?: 32 | 42 | 48;
  readonly chinese?: "gb18030" | "gbk" | "big5" | "none";
  readonly codePage?: "none" | "pc437" | "pc850" | "wpc1252";
  readonly qr?: "native" | "raster";
  readonly barcode?: "native" | "raster";
  readonly cut?: "partial" | "full" | "none";
  readonly answersStatus?: boolean;
  readonly confirms?: "auto" | "never";
}

/**
 * Printers by kind, for `profile` in terminal.json and for the set-up page. A key that terminal.json names itself always
 * wins. From Epson's model tables and the printer database of the python-escpos project (ZJ-5870: no QR command); the
 * test sheet tells what a given machine really does.
 */
export const printerProfiles = {
  /** 80 mm, sold in China: GB 18030 in the font, QR code, cutter, status. Also what is assumed without a profile. */
  "generic-80": {},
  /** 58 mm without a cutter; many of these answer no status request. */
  "generic-58": { columns: 32, cut: "none", answersStatus: false, confirms: "never" },
  /** Epson TM-T88, TM-m30 and the like with a Chinese font: all of it, and a word when the paper is printed. */
  "epson-80": { cut: "partial" },
  "epson-58": { columns: 32, cut: "none" },
  /** Epson sold outside China: no Chinese font, so Chinese lines are drawn by the till. */
  "epson-80-latin": { chinese: "none", codePage: "wpc1252" },
  /** Heads of 512 dots: 42 columns on 80 mm paper. */
  "epson-80-42": { columns: 42 },
  /** Answers DLE EOT and ignores GS ( H. */
  "xprinter-80": { chinese: "gbk", confirms: "never" },
  "xprinter-58": { columns: 32, chinese: "gbk", cut: "none", confirms: "never" },
  /** No QR command, no cutter, no answers. */
  "zj-58": { columns: 32, chinese: "gbk", qr: "raster", cut: "none", answersStatus: false, confirms: "never" },
  /** Sold in Taiwan and Hong Kong. */
  "generic-80-big5": { chinese: "big5" },
} as const satisfies Readonly<Record<string, PrinterTraits>>;

export type PrinterProfileName = keyof typeof printerProfiles;
