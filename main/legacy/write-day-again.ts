import { join } from "node:path";
import type { OutgoingWritten } from "#contract/ipc/legacy-file-intents.ts";
import type { WriteOutgoingJob } from "#contract/worker/outgoing-job.ts";
import { dayAfter } from "#core/reconciliation/bill-day.ts";
import { folderFaultOf } from "./folder-fault.ts";
import type { OutgoingMarks } from "./outgoing-marks.ts";
import { freeName, layoutOf, type OutgoingFileParts, type OutgoingOf, stage, whyNotWritten } from "./outgoing-files.ts";
import { moveDurably } from "./put-whole.ts";

/**
 * What files had of one business day, as a file once more: another system has lost it. Its name begins with `again`, so that
 * nothing that waits for the till's own files takes it for a new one. No mark moves: what is in no file yet stays for the next.
 */
export async function writeDayAgain(
  parts: OutgoingFileParts,
  marks: OutgoingMarks,
  of: OutgoingOf,
  day: string,
): Promise<OutgoingWritten> {
  const asked = parts.config[of];
  const what = whatAgain(parts, marks, of, day);
  if (asked === undefined || what === null) return { kind: "nothing" };
  try {
    const name = await freeName(asked.folder, `again-${parts.terminalId}-${of}-`, day, asked.format);
    const path = join(asked.folder, name);
    const { rowCount } = await stage(parts, path, what);
    if (rowCount === 0) return { kind: "nothing" };
    await moveDurably(`${path}.staged`, path);
    return { kind: "written", name, rowCount };
  } catch (cause) {
    const why = whyNotWritten(cause);
    parts.log("a day was not written again", { of, day, why });
    return { kind: "not-written", why: folderFaultOf(why) };
  }
}

/** Null where no file had it. */
function whatAgain(
  { config: { sales, days } }: OutgoingFileParts,
  marks: OutgoingMarks,
  of: OutgoingOf,
  day: string,
): WriteOutgoingJob["what"] | null {
  if (of === "sales") {
    if (sales?.isOn !== true) return null;
    return { of: "sales-again", day, upTo: marks.sales.after, layout: layoutOf(sales) };
  }
  const { after } = marks.days;
  if (days?.isOn !== true || after === null || day > after) return null;
  return { of, after: null, since: day, before: dayAfter(day, 1), layout: layoutOf(days) };
}
