import { controls } from "./controls.ts";
import type { FuzzParser } from "./parser.ts";

/**
 * Every parser of bytes from outside, by name. A new one is a file in parsers/ and a line here. Each is loaded when it is
 * asked for: all of them together are half the product, and a process runs one.
 */
const parsers: Readonly<Record<string, () => Promise<FuzzParser>>> = {
  "scanner-serial": async () => (await import("./parsers/scanner-serial.ts")).scannerSerial,
  "scanner-hid": async () => (await import("./parsers/scanner-hid.ts")).scannerHid,
  "scanner-keys": async () => (await import("./parsers/scanner-keys.ts")).scannerKeys,
  "scanner-wedge": async () => (await import("./parsers/scanner-wedge.ts")).scannerWedge,
  "barcode-meaning": async () => (await import("./parsers/barcode-meaning.ts")).barcodeMeaning,
  "receipt-code": async () => (await import("./parsers/receipt-code.ts")).receiptCode,
  "small-codes": async () => (await import("./parsers/small-codes.ts")).smallCodes,
  "carried-request": async () => (await import("./parsers/carried.ts")).carriedRequest,
  "carried-proof": async () => (await import("./parsers/carried.ts")).carriedProof,
  "scale-toledo-8217": async () => (await import("./parsers/scales.ts")).scale("scale-toledo-8217"),
  "scale-cas-22": async () => (await import("./parsers/scales.ts")).scale("scale-cas-22"),
  "scale-cas-10": async () => (await import("./parsers/scales.ts")).scale("scale-cas-10"),
  "scale-and-18": async () => (await import("./parsers/scales.ts")).scale("scale-and-18"),
  "scale-generic-line": async () => (await import("./parsers/scales.ts")).scale("scale-generic-line"),
  "old-till-frames": async () => (await import("./parsers/old-till-frames.ts")).oldTillFrames,
  "old-till-https": async () => (await import("./parsers/old-till-https.ts")).oldTillHttps,
  "old-till-files": async () => (await import("./parsers/old-till-files.ts")).oldTillFiles,
  "printer-replies": async () => (await import("./parsers/printer-replies.ts")).printerReplies,
  pictures: async () => (await import("./parsers/pictures.ts")).pictures,
  "typed-text": async () => (await import("./parsers/typed-text.ts")).typedText,
  "list-csv": async () => (await import("./parsers/lists.ts")).listCsv,
  "list-xlsx": async () => (await import("./parsers/lists.ts")).listXlsx,
  "list-sheet": async () => (await import("./parsers/lists.ts")).listSheet,
  "trade-bill": async () => (await import("./parsers/bills.ts")).tradeBill,
  "fund-flow-bill": async () => (await import("./parsers/bills.ts")).fundFlowBill,
  "bill-file": async () => (await import("./parsers/bill-file.ts")).billFile,
  "gateway-v3": async () => (await import("./parsers/gateway-v3.ts")).gatewayV3,
  "gateway-v2": async () => (await import("./parsers/gateway-v2.ts")).gatewayV2,
  "gateway-headers": async () => (await import("./parsers/gateway-headers.ts")).gatewayHeaders,
  "key-files": async () => (await import("./parsers/key-files.ts")).keyFiles,
  "office-answers": async () => (await import("./parsers/office-answers.ts")).officeAnswers,
  "catalog-page": async () => (await import("./parsers/catalog-page.ts")).catalogPages,
  "held-sale": async () => (await import("./parsers/held-sale.ts")).heldSale,
  "nexo-message": async () => (await import("./parsers/nexo-message.ts")).nexoMessage,
  "office-requests": async () => (await import("./parsers/office-requests.ts")).officeRequests,
  "office-http": async () => (await import("./parsers/office-http.ts")).officeHttp,
  "journal-entries": async () => (await import("./parsers/journal-entries.ts")).journalEntries,
  "journal-export": async () => (await import("./parsers/journal-export.ts")).journalExport,
  "http-signatures": async () => (await import("./parsers/http-signatures.ts")).httpSignatures,
  "terminal-json": async () => (await import("./parsers/settings-files.ts")).terminalJson,
  "terminal-rewrite": async () => (await import("./parsers/settings-files.ts")).terminalRewrite,
  "settings-json": async () => (await import("./parsers/settings-files.ts")).settingsJson,
  "ipc-intents": async () => (await import("./parsers/ipc-intents.ts")).ipcIntents,
  "process-messages": async () => (await import("./parsers/process-messages.ts")).processMessages,
};

export const parserNames: readonly string[] = Object.keys(parsers);

/** Those with mistakes in them too; null for another name. */
export async function parserNamed(name: string): Promise<FuzzParser | null> {
  const load = Object.hasOwn(parsers, name) ? parsers[name] : undefined;
  if (load !== undefined) return load();
  return controls.find(({ parser }) => parser.name === name)?.parser ?? null;
}
