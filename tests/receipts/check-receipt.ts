import type { PaperElement } from "#contract/bench/devices.ts";
import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrintLine } from "#core/receipt/document.ts";
import { displayWidth } from "#core/receipt/width.ts";
import { EscPosDecoder } from "#simulators/printer/escpos-decoder.ts";
import type { HostRequest } from "#simulators/printer/print-engine.ts";
import { RealTimeScanner } from "#simulators/printer/real-time.ts";
import { drawPaper } from "./paper-bitmap.ts";
import { compareLine, joinBands, type Piece } from "./compare-line.ts";
import { readCodes, type ReadCode } from "./read-codes.ts";
import type { TypeCase } from "./type-case.ts";

export interface CheckedReceipt {
  readonly lines: readonly PrintLine[];
  readonly config: PrinterConfig;
  /** What was sent to the printer. */
  readonly bytes: Buffer;
  readonly processId: string;
  readonly logoRows: number;
}

/**
 * Everything that is wrong with a receipt's bytes, as sentences; none for a receipt a shop can hand out. The bytes are
 * read by the strict decoder, the paper they make is drawn, and its codes are read off the drawing.
 */
export async function problemsOf(
  receipt: CheckedReceipt,
  typeCase: TypeCase,
  glyphs: ReadonlyMap<number, Uint8Array>,
): Promise<readonly string[]> {
  const { config } = receipt;
  const { elements, requests, problems } = decode(receipt);
  const areaDots = config.columns * 12;
  const paper = drawPaper(elements, areaDots, glyphs);
  return [
    ...problems,
    ...endingProblems(receipt, elements, requests),
    ...lineProblems(receipt, elements, typeCase, glyphs),
    ...codeProblems(receipt, await readCodes(paper), typeCase),
  ];
}

function decode({ bytes, config }: CheckedReceipt): {
  readonly elements: readonly PaperElement[];
  readonly requests: readonly HostRequest[];
  readonly problems: readonly string[];
} {
  const elements: PaperElement[] = [];
  const requests: HostRequest[] = [];
  const problems: string[] = [];
  const { columns, chinese, fourByte } = config;
  const decoder = new EscPosDecoder({ columns, chinese, allowsFourByteChinese: fourByte }, (event) => {
    if (event.kind === "element") elements.push(event.element);
    else if (event.kind === "request") requests.push(event.request);
    else problems.push(event.fault.message);
  });
  decoder.feed(bytes);
  decoder.hangUp();
  if (decoder.hasUnprintedText) problems.push("ends with text that no line feed prints");
  // A printer's receiving interrupt knows no commands: it obeys these wherever they stand.
  const realTime = new RealTimeScanner();
  for (const byte of bytes) {
    const request = realTime.take(byte);
    if (request !== undefined) problems.push(`a real-time ${request.kind} hides in the bytes`);
  }
  return { elements, requests, problems };
}

/** No drawer pulse, one cut where one is wanted and only at the end, one question for the process id and no other. */
function endingProblems(
  { config, processId }: CheckedReceipt,
  elements: readonly PaperElement[],
  requests: readonly HostRequest[],
): readonly string[] {
  const problems: string[] = [];
  if (elements.some((element) => element.kind === "drawer-pulse")) problems.push("a drawer pulse nobody asked for");
  const cuts = elements.flatMap((element, index) => (element.kind === "cut" ? [index] : []));
  const wanted = config.cut === "none" ? [] : [elements.length - 1];
  if (JSON.stringify(cuts) !== JSON.stringify(wanted))
    problems.push(`cuts at ${cuts.join(" ")} instead of ${wanted.join(" ")}`);
  const asked = requests.map((request) =>
    request.kind === "process-id" ? String.fromCharCode(...request.id) : request.kind,
  );
  if (JSON.stringify(asked) !== JSON.stringify([processId])) problems.push(`asks ${asked.join(" ")}`);
  return problems;
}

/** Walks along the paper and the receipt together. */
function lineProblems(
  receipt: CheckedReceipt,
  elements: readonly PaperElement[],
  typeCase: TypeCase,
  glyphs: ReadonlyMap<number, Uint8Array>,
): readonly string[] {
  const { config, lines } = receipt;
  const paper = joinBands(elements.filter((element) => element.kind !== "feed" && element.kind !== "cut"));
  const pieces: readonly Piece[] = paper;
  let at = 0;
  const problems: string[] = [];
  const next = (): Piece | undefined => pieces[at];
  for (const [index, line] of lines.entries()) {
    const said = (problem: string): void => void problems.push(`line ${index} (${JSON.stringify(line)}): ${problem}`);
    switch (line.kind) {
      case "text":
      case "blank": {
        const problem = compareLine(line, next(), config, typeCase, glyphs);
        if (problem !== null) said(problem);
        at += 1;
        break;
      }
      case "logo":
        if (receipt.logoRows === 0) break;
        if (next()?.kind !== "raster" || next()?.rows !== receipt.logoRows) said(`is ${next()?.kind} ${next()?.rows}`);
        at += 1;
        break;
      case "barcode":
      case "qr": {
        const taken = codePieces(line, pieces.slice(at), config, typeCase, glyphs);
        if (taken.problem !== null) said(taken.problem);
        at += taken.count;
        break;
      }
    }
    if (problems.length > 0) return problems; // What follows a slip would only be compared with the wrong lines.
  }
  return at === pieces.length ? problems : [`${pieces.length - at} more pieces on the paper than lines`];
}

function codePieces(
  line: Extract<PrintLine, { kind: "barcode" | "qr" }>,
  pieces: readonly Piece[],
  config: PrinterConfig,
  typeCase: TypeCase,
  glyphs: ReadonlyMap<number, Uint8Array>,
): { readonly count: number; readonly problem: string | null } {
  const wish = typeCase.codeOf(line);
  const [first, second] = pieces;
  if (wish.as === "nothing") return { count: 0, problem: null };
  if (wish.as === "native") {
    const is = first?.element;
    const isRight = (is?.kind === "qr" || is?.kind === "barcode") && is.kind === line.kind && is.text === wish.text;
    return {
      count: 1,
      problem: isRight ? null : `${JSON.stringify(is)} instead of a native ${line.kind} of ${wish.text}`,
    };
  }
  const picture = wish.as === "raster" ? 1 : 0;
  if (picture === 1 && first?.kind !== "raster") return { count: 1, problem: `no picture of ${wish.text}` };
  if (line.kind === "qr") return { count: 1, problem: null };
  // The digits below, or all there is where no barcode fits; a long one goes on below.
  let count = picture;
  let rest = wish.text;
  while (rest !== "" || count === picture) {
    const here = takeColumns(rest, config.columns);
    const piece = count === picture && picture === 1 ? second : pieces[count];
    const readable = { kind: "text", text: here, align: "center", style: {} } as const;
    const problem = compareLine(readable, piece, config, typeCase, glyphs, wish.text);
    if (problem !== null) return { count, problem };
    rest = rest.slice(here.length);
    count += 1;
    if (rest === "") break;
  }
  return { count, problem: null };
}

function takeColumns(text: string, columns: number): string {
  let taken = "";
  for (const character of text) {
    if (displayWidth(taken + character) > columns) break;
    taken += character;
  }
  return taken;
}

/** What a phone and a scanner read off the paper is what the receipt says, each once and in order. */
function codeProblems({ lines }: CheckedReceipt, read: readonly ReadCode[], typeCase: TypeCase): readonly string[] {
  const wanted = lines.flatMap((line): readonly ReadCode[] => {
    if (line.kind !== "qr" && line.kind !== "barcode") return [];
    const wish = typeCase.codeOf(line);
    if (wish.as === "nothing" || wish.as === "text") return [];
    const kind = line.kind === "qr" ? "qr" : "code128";
    return [{ kind, bytesHex: Buffer.from(wish.text, "utf8").toString("hex") }];
  });
  if (JSON.stringify(wanted) === JSON.stringify(read)) return [];
  return [`a reader sees ${JSON.stringify(read)} instead of ${JSON.stringify(wanted)}`];
}
