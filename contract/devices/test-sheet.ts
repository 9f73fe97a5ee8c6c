import type { PrinterConfig } from "#contract/config/devices.ts";

export {
  testSheetChinese,
  testSheetChineseBig5,
  testSheetItems,
  testSheetLetters,
  testSheetRare,
} from "#core/receipt/test-sheet.ts";
export type { TestSheetShows } from "#core/receipt/test-sheet.ts";

/**
 * Prints the sheet that tells a printer's profile (core/receipt/test-sheet.ts says what stands on it). On the till's own
 * printer where `printer` has its id and transport, otherwise on a connection of its own that is closed afterwards.
 * Answered by `print-progress` until a final state, like any job; a printer that is not ready within 10 s ends it
 * `not-sent`, because somebody stands there and waits.
 */
export interface TestSheetRequest {
  readonly kind: "print-test-sheet";
  readonly jobId: string;
  readonly printer: PrinterConfig;
}
