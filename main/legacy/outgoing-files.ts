import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DaysOut, LegacyFilesConfig, SalesOut } from "#contract/config/legacy-files.ts";
import type { JobFault, JobResult } from "#contract/worker/messages.ts";
import type { WriteOutgoingJob } from "#contract/worker/outgoing-job.ts";
import { errorCode } from "#core/error-code.ts";
import type { Result } from "#core/result.ts";

/* One file for another system: its name, and how the worker is asked for it. */

export type OutgoingOf = "sales" | "days";
type Written = Extract<JobResult, { of: "write-outgoing" }>;

export interface OutgoingFileParts {
  readonly config: Pick<LegacyFilesConfig, OutgoingOf>;
  readonly terminalId: string;
  readonly salesDb: string;
  /** Done by the worker. */
  readonly write: (job: WriteOutgoingJob) => Promise<Result<Written, JobFault>>;
  readonly log: (what: string, facts: Readonly<Record<string, string>>) => void;
}

/**
 * A name in that folder that no file has yet: a clock that was set back comes to the same second twice, and one file must not
 * lie in another's place. Rejects where the folder is away: a share that is not mounted must not become a folder of ours on
 * this disk.
 * @param prefix of the till's own files of this kind; what was under way when the till was stopped counts as nothing and goes
 */
export async function freeName(folder: string, prefix: string, rest: string, format: string): Promise<string> {
  await stat(folder);
  const there = await readdir(folder);
  for (const name of there) {
    const isUnfinished = name.startsWith(prefix) && (name.endsWith(".staged") || name.endsWith(".staged.part"));
    if (isUnfinished) await rm(join(folder, name), { force: true });
  }
  for (let turn = 1; ; turn += 1) {
    const name = `${prefix}${rest}${turn === 1 ? "" : `-${turn}`}.${format}`;
    if (!there.includes(name)) return name;
  }
}

/** Has the file's bytes written and not yet its name. Rejects with what the disk says. */
export async function stage(
  { write, salesDb }: Pick<OutgoingFileParts, "write" | "salesDb">,
  path: string,
  what: WriteOutgoingJob["what"],
): Promise<Written> {
  const written = await write({ kind: "write-outgoing", salesDb, target: `${path}.staged`, what });
  if (!written.ok) throw new NotWritten("code" in written.fault ? written.fault.code : written.fault.kind);
  return written.value;
}

/** How a file is written, without where to and when. */
export function layoutOf<Out extends SalesOut | DaysOut>(out: Out) {
  const { isOn: _, folder: __, at: ___, afterShiftClose: ____, fromFirstSale: _____, ...layout } = out;
  return layout;
}

/** The disk's code, or the kind of the job's fault. */
export function whyNotWritten(cause: unknown): string {
  return cause instanceof NotWritten ? cause.message : errorCode(cause);
}

class NotWritten extends Error {
  override readonly name = "NotWritten";
}
