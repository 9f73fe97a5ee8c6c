import type { DisplayRequest, OutputContent, PrintRequest } from "#contract/nexo/requests.ts";
import type { NexoBody, NexoResponse } from "#contract/nexo/responses.ts";
import type { ReceiptElement, TextStyle } from "#core/receipt/document.ts";
import { layOut } from "#core/receipt/layout.ts";
import { isBegun } from "#main/till/drafts.ts";
import type { TillContext } from "#main/till/context.ts";
import { columnsOf } from "#main/till/receipt/lay-out-receipt.ts";
import { printSlip } from "#main/till/shift/slips.ts";
import { failure, success } from "./wording-answers.ts";

/** A receipt of this till must not wait behind an old one's: more than these are refused until some are printed. */
const mostWaiting = 20;

/** As many as the customer display shows large. */
const mostShownLines = 6;
const mostShownCharacters = 60;

type TextLine = Extract<OutputContent, { OutputFormat: "Text" }>["OutputText"][number];

/**
 * Puts an old till's lines into the print queue, where they outlive a power cut. `Success` says that the queue has them,
 * whatever the response mode: no printer's word is waited for.
 */
export function printLegacy(till: TillContext, { PrintOutput }: PrintRequest): NexoBody {
  const { DocumentQualifier, OutputContent } = PrintOutput;
  return { PrintResponse: { DocumentQualifier, Response: queue(till, OutputContent) } };
}

function queue(till: TillContext, content: OutputContent): NexoResponse {
  const { deps } = till;
  if (deps.config.devices.printer === undefined) return failure("UnavailableDevice", "the till has no printer");
  if (deps.receipts.status().waiting >= mostWaiting) return failure("Busy", "the printer is behind");
  printSlip(till, "legacy", layOut({ elements: elementsOf(content) }, columnsOf(till)));
  return success();
}

function elementsOf(content: OutputContent): readonly ReceiptElement[] {
  if (content.OutputFormat === "BarCode") return [{ kind: "qr", text: content.OutputBarcode.BarcodeValue }];
  return content.OutputText.map(elementOf);
}

function elementOf({ Text, Alignment, CharacterStyle, CharacterHeight }: TextLine): ReceiptElement {
  const text = printable(Text);
  if (text.trim() === "") return { kind: "blank" };
  const style: TextStyle = {
    ...(CharacterStyle === "Bold" ? { bold: true } : {}),
    ...(CharacterHeight === "DoubleHeight" ? { heightTimes: 2 } : {}),
  };
  const align = Alignment === "Centred" ? "center" : Alignment === "Right" ? "right" : "left";
  return { kind: "text", text, align, style };
}

/** Text and nothing else: an escape sequence would be the printer's command. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}]/gu, " ");
}

/**
 * Shows an old till's words on the customer display while nothing is sold or paid. What the customer owes and whether it is
 * paid is this till's to say, so they never stand in its place.
 */
export function displayLegacy(till: TillContext, { DisplayOutput }: DisplayRequest): NexoBody {
  const OutputResult = DisplayOutput.map(({ Device, InfoQualify, OutputContent }) => {
    return { Device, InfoQualify, Response: show(till, Device, OutputContent) };
  });
  return { DisplayResponse: { OutputResult } };
}

function show(till: TillContext, device: string, content: OutputContent): NexoResponse {
  const { state } = till;
  if (device !== "CustomerDisplay")
    return failure("UnavailableDevice", "only the customer display shows an old till's words");
  if (content.OutputFormat !== "Text") return failure("UnavailableDevice", "only text is shown");
  if (isBegun(state.draft) || (state.payment !== null && state.payment.done === null))
    return failure("Busy", "the display shows a sale");
  state.legacy.shownLines = content.OutputText.slice(0, mostShownLines).map(({ Text }) =>
    printable(Text).slice(0, mostShownCharacters),
  );
  till.changed("payment");
  return success();
}
