import { errorCode } from "#core/error-code.ts";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { shownCharacters, type SupportBundleJob, type SupportBundleResult } from "#contract/worker/health-messages.ts";
import type { JobFault } from "#contract/worker/messages.ts";
import { ok, type Result } from "#core/result.ts";
import { createScrubber, type ScrubKnowledge, type ScrubLine } from "#core/support/scrub.ts";
import { openSupportBooks } from "#main/store/sales/support-books.ts";
import en from "../../../resources/locales/en/health.json" with { type: "json" };
import zh from "../../../resources/locales/zh-CN/health.json" with { type: "json" };
import type { Hands } from "../workbench.ts";
import { writeWhole } from "../write-whole.ts";

/** The till's own log and the ones before it; nothing else of its folder. */
const logName = /^till\.log(?:\.[1-9])?$/;
/** The newest of the log: some days, and a file that goes by mail. Bytes. */
const mostLogBytes = 8 * 1024 * 1024;
/** Lines between two signs of life. */
const linesAtOnce = 2_000;

export type MakeScrubber = (knowledge: ScrubKnowledge) => ScrubLine;

/**
 * What support is given, as one zip: what main says of the till, how much there is of what in the books, and the log's
 * lines as far as the scrubber lets them through. Nothing else of the data directory is read.
 */
export async function supportBundle(
  job: SupportBundleJob,
  hands: Hands,
  makeScrubber: MakeScrubber = createScrubber,
): Promise<Result<SupportBundleResult, JobFault>> {
  const files = new Map<string, string>([["README.txt", `${zh["bundle.readme"]}\n\n${en["bundle.readme"]}\n`]]);
  for (const { name, text } of job.files) files.set(name, text);
  const personal = addCounts(job, files);
  if (personal === null)
    files.set("logs/none.txt", "sales.db cannot be read: without its names the log is not told.\n");
  else {
    const scrub = makeScrubber({ personal, errorCodes: new Set(Object.keys(constants.errno)) });
    for (const [name, text] of await scrubbedLogs(job.logFolder, scrub, hands)) files.set(`logs/${name}`, text);
  }

  const zip = zipSync(Object.fromEntries([...files].map(([name, text]) => [name, strToU8(text)])), { level: 6 });
  hands.check(1);
  const entries = [...files].map(([name, text]) => ({
    ...{ name, bytes: Buffer.byteLength(text) },
    text: text.slice(0, shownCharacters),
  }));
  const told = { entries, bytes: zip.length };
  if (job.target === null) return ok(told);
  const written = await writeWhole(job.target, async (file) => writeFileSync(file, zip));
  return written.ok ? ok(told) : written;
}

/** Puts the counts into the bundle and answers who must not be in it; null where the books do not say who they know. */
function addCounts(job: SupportBundleJob, files: Map<string, string>): readonly string[] | null {
  const sales = factsOf(job.salesDb);
  const catalog = factsOf(job.catalogDb);
  const told = { sales: sales.facts, catalog: catalog.facts };
  files.set("database.json", `${JSON.stringify(told, null, 2)}\n`);
  return sales.personal;
}

/** A file that cannot be read is said to be so, by SQLite's or the system's code. */
function factsOf(path: string): { readonly facts: object; readonly personal: readonly string[] | null } {
  try {
    const books = openSupportBooks(path);
    try {
      const rows = Object.fromEntries(books.tables.map((table) => [table, books.countOf(table)]));
      const facts = { bytes: books.bytes(), schema: books.schemaVersion(), sqlite: books.sqliteVersion(), rows };
      return { facts, personal: books.personal() };
    } finally {
      books.close();
    }
  } catch (cause) {
    const code = errorCode(cause);
    return { facts: { unreadable: /^[A-Z_]{3,40}$/.test(code) ? code : "other" }, personal: null };
  }
}

/** Newest first, whole files until there is enough; in each the lines in their order, and how many were none of ours. */
async function scrubbedLogs(
  folder: string,
  scrub: ScrubLine,
  hands: Hands,
): Promise<readonly (readonly [string, string])[]> {
  const logs: (readonly [string, string])[] = [];
  let left = mostLogBytes;
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (left <= 0) break;
    left -= statSync(path).size;
    const lines = readFileSync(path, "utf8").split("\n");
    const kept: string[] = [];
    let leftOut = 0;
    for (const [at, line] of lines.entries()) {
      if (at % linesAtOnce === 0) await hands.pause(at / lines.length);
      const clean = line === "" ? "" : scrub(line);
      if (clean === null) leftOut += 1;
      else if (clean !== "") kept.push(clean);
    }
    if (leftOut > 0) kept.push(JSON.stringify({ linesLeftOut: leftOut }));
    logs.push([name, kept.map((line) => `${line}\n`).join("")]);
  }
  return logs;
}

/** A folder that is not there, or that this user may not read, has no logs. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => logName.test(name))
      .toSorted();
  } catch {
    return [];
  }
}
