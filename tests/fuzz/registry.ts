import { controls } from "./controls.ts";
import type { FuzzParser } from "./parser.ts";
import { barcodeMeaning } from "./parsers/barcode-meaning.ts";
import { billFile } from "./parsers/bill-file.ts";
import { fundFlowBill, tradeBill } from "./parsers/bills.ts";
import { catalogPages } from "./parsers/catalog-page.ts";
import { gatewayHeaders } from "./parsers/gateway-headers.ts";
import { gatewayV2 } from "./parsers/gateway-v2.ts";
import { gatewayV3 } from "./parsers/gateway-v3.ts";
import { heldSale } from "./parsers/held-sale.ts";
import { httpSignatures } from "./parsers/http-signatures.ts";
import { ipcIntents } from "./parsers/ipc-intents.ts";
import { journalEntries } from "./parsers/journal-entries.ts";
import { journalExport } from "./parsers/journal-export.ts";
import { keyFiles } from "./parsers/key-files.ts";
import { listCsv, listSheet, listXlsx } from "./parsers/lists.ts";
import { officeAnswers } from "./parsers/office-answers.ts";
import { officeHttp } from "./parsers/office-http.ts";
import { officeRequests } from "./parsers/office-requests.ts";
import { pictures } from "./parsers/pictures.ts";
import { printerReplies } from "./parsers/printer-replies.ts";
import { processMessages } from "./parsers/process-messages.ts";
import { receiptCode } from "./parsers/receipt-code.ts";
import { scales } from "./parsers/scales.ts";
import { scannerHid } from "./parsers/scanner-hid.ts";
import { scannerKeys } from "./parsers/scanner-keys.ts";
import { scannerSerial } from "./parsers/scanner-serial.ts";
import { scannerWedge } from "./parsers/scanner-wedge.ts";
import { settingsJson, terminalJson, terminalRewrite } from "./parsers/settings-files.ts";
import { smallCodes } from "./parsers/small-codes.ts";
import { typedText } from "./parsers/typed-text.ts";

/** Every parser of bytes from outside. A new one is a file in parsers/ and its name here. */
export const parsers: readonly FuzzParser[] = [
  ...[scannerSerial, scannerHid, scannerKeys, scannerWedge, barcodeMeaning, receiptCode, smallCodes],
  ...scales,
  ...[printerReplies, pictures, typedText],
  ...[listCsv, listXlsx, listSheet, tradeBill, fundFlowBill, billFile],
  ...[gatewayV3, gatewayV2, gatewayHeaders, keyFiles],
  ...[officeAnswers, catalogPages, heldSale, officeRequests, officeHttp, journalEntries, journalExport, httpSignatures],
  ...[terminalJson, terminalRewrite, settingsJson, ipcIntents, processMessages],
];

/** Those with mistakes in them too. */
export function parserNamed(name: string): FuzzParser | undefined {
  return [...parsers, ...controls.map(({ parser }) => parser)].find((one) => one.name === name);
}
