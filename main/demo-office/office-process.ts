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
/** What it said before it ended is read within this. Milliseconds. */
const mostReadingMs = 2_000;
const mostComplaintCharacters = 500;

/**
 * The one line by which a command such as `enrol-code` answers, or what it complained of. It is ended when it has
 * answered, where it did not end by itself. Never rejects.
 */
export function answerOf(command: OfficeProcess): Promise<Result<string, string>> {
  return new Promise((resolve) => {
    let complaint = "";
    const end = (outcome: Result<string, string>): void => {
      clearTimeout(late);
      resolve(outcome);
    };
    let late = setTimeout(() => {
      command.kill();
      resolve(fail(`no answer within ${mostCommandMs} ms`));
    }, mostCommandMs);
    command.stderr.on("data", (bytes: Buffer) => {
      complaint = (complaint + bytes.toString()).slice(0, mostComplaintCharacters);
    });
    const lines = createInterface({ input: command.stdout });
    lines.once("line", (line) => {
      end(ok(line));
      command.end();
    });
    let streams = 2;
    const saidAll = (): void => {
      streams -= 1;
      if (streams === 0) end(fail(complaint.trim()));
    };
    lines.once("close", saidAll);
    command.stderr.once("end", saidAll);
    command.onExit((code) => {
      clearTimeout(late);
      late = setTimeout(() => resolve(fail(`ended with code ${code}: ${complaint.trim()}`)), mostReadingMs);
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
