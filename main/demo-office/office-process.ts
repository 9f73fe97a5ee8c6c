import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fail, ok, type Result } from "#core/result.ts";

/** A child process that runs headoffice/main.ts, however it was started. */
export interface OfficeProcess {
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly onExit: (listener: (code: number | null) => void) => void;
  /** Asks it to end: it finishes the answers under way and closes its database. */
  readonly end: () => void;
  /** At once; what it has acknowledged is on the disk. */
  readonly kill: () => void;
}

/** A command opens the database and writes one row; a slow machine starts a process in a few seconds. Milliseconds. */
const mostCommandMs = 30_000;
const mostComplaintCharacters = 500;

/** The one line by which a command such as `enrol-code` answers, or what it complained of. Never rejects. */
export function answerOf(command: OfficeProcess): Promise<Result<string, string>> {
  return new Promise((resolve) => {
    let complaint = "";
    const late = setTimeout(() => {
      command.kill();
      resolve(fail(`no answer within ${mostCommandMs} ms`));
    }, mostCommandMs);
    command.stderr.on("data", (bytes: Buffer) => {
      complaint = (complaint + bytes.toString()).slice(0, mostComplaintCharacters);
    });
    const lines = createInterface({ input: command.stdout });
    lines.once("line", (line) => {
      clearTimeout(late);
      resolve(ok(line));
    });
    command.onExit((code) => {
      clearTimeout(late);
      // The line of one that did well may still be on its way; that of one that did not never comes.
      if (code !== 0) resolve(fail(`ended with code ${code}: ${complaint.trim()}`));
    });
    lines.once("close", () => {
      clearTimeout(late);
      resolve(fail(`said nothing: ${complaint.trim()}`));
    });
  });
}

/** Resolves when it has ended: asked first, and made to after `ms`. */
export function endWithin(ms: number, child: OfficeProcess): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      child.kill();
      resolve();
    }, ms);
    child.onExit(() => {
      clearTimeout(late);
      resolve();
    });
    child.end();
  });
}
