import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectRoot } from "./electron-runtime.ts";

/** How many things were shown to hold, and how many were not; `noted` is what a reader of the last lines must know by name. */
export type Tally = { readonly passed: number; readonly failed: number; readonly noted?: readonly string[] };

export const passedOnce: Tally = { passed: 1, failed: 0 };
export const failedOnce: Tally = { passed: 0, failed: 1 };

export function sumOf(tallies: readonly Tally[]): Tally {
  const noted = tallies.flatMap((tally) => tally.noted ?? []);
  const count = (of: "passed" | "failed"): number => tallies.reduce((sum, tally) => sum + tally[of], 0);
  return { passed: count("passed"), failed: count("failed"), ...(noted.length > 0 && { noted }) };
}

export type Outcome = { readonly code: number; readonly output: string };

/**
 * Runs a program of node_modules/.bin, or this Node on a script, to its end.
 *
 * @param options.live pass the output on while it comes, instead of keeping it for a failure
 * @param options.limitMinutes after which the program counts as hung and is killed
 */
export function runTool(
  command: readonly [program: string, ...args: string[]],
  options: { readonly live?: boolean; readonly limitMinutes?: number } = {},
): Promise<Outcome> {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    cwd: projectRoot,
    env: { ...process.env, PATH: `${join(projectRoot, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (options.live) process.stdout.write(text);
    });
  }
  return new Promise((resolve) => {
    const limitMinutes = options.limitMinutes ?? 10;
    const limit = setTimeout(() => {
      output += `\n${program} was still running after ${limitMinutes} minutes and was ended\n`;
      child.kill("SIGKILL");
    }, limitMinutes * 60_000);
    const end = (code: number) => {
      clearTimeout(limit);
      resolve({ code, output });
    };
    child.once("error", (cause) => {
      output += `${program}: ${cause.message}\n`;
      end(127);
    });
    child.once("close", (code) => end(code ?? 1));
  });
}

/** Runs one check that holds or does not, and says so in one line; what it printed is shown when it does not hold. */
export async function judge(name: string, command: readonly [string, ...string[]]): Promise<Tally> {
  const began = performance.now();
  const { code, output } = await runTool(command);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${code === 0 ? "✓" : "✗"} ${name} (${seconds} s)`);
  if (code === 0) return passedOnce;
  console.log(output.trimEnd());
  return { ...failedOnce, noted: [`failed: ${name}`] };
}

/** What Vitest's JSON reporter writes, as far as it is counted here. */
type Report = { readonly testResults: readonly TestFile[] };
type TestFile = { readonly name: string; readonly status: string; readonly assertionResults: readonly Result[] };
type Result = { readonly fullName: string; readonly status: string; readonly failureMessages: readonly string[] };

/** A busy machine spoils a test now and then; more than so many in one run are no accident of the machine. */
const mostSecondTries = 2;

/**
 * Runs one suite of vitest.config.ts. A suite without tests, a skipped test and a file that does not load are failures. A
 * file whose process died under it, with no test of it failed, is run once more and named.
 */
export async function runVitest(project: string, limitMinutes: number): Promise<Tally> {
  const { report, code } = await runFiles(project, limitMinutes, []);
  if (report === null) return failedOnce;
  const lost = report.testResults.filter(isCutOff);
  if (lost.length === 0 || lost.length > mostSecondTries) return tallyOf(report, code);
  const noted = lost.map(({ name }) => `its process died, run once more: ${name}`);
  for (const line of noted) console.log(line);
  const again = await runFiles(
    project,
    limitMinutes,
    lost.map(({ name }) => name),
  );
  if (again.report === null) return failedOnce;
  // The process that died is why the first run failed.
  const kept = { testResults: report.testResults.filter((file) => !isCutOff(file)) };
  return sumOf([{ ...tallyOf(kept, 0), noted }, tallyOf(again.report, again.code)]);
}

async function runFiles(
  project: string,
  limitMinutes: number,
  files: readonly string[],
): Promise<{ readonly report: Report | null; readonly code: number }> {
  const reportFile = join(projectRoot, "test-results", `${project}.json`);
  mkdirSync(join(projectRoot, "test-results"), { recursive: true });
  rmSync(reportFile, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
  const command = ["vitest", "run", "--project", project, ...reporters, ...files] as const;
  const { code } = await runTool(command, { live: true, limitMinutes });
  if (!existsSync(reportFile)) return { report: null, code };
  // Vitest's own file, written a moment ago.
  const report = JSON.parse(readFileSync(reportFile, "utf8")) as Report;
  return { report, code };
}

/** Its tests began and never ended. */
export function isCutOff({ status, assertionResults }: TestFile): boolean {
  const has = (wanted: string): boolean => assertionResults.some((one) => one.status === wanted);
  return status === "failed" && has("pending") && !has("failed");
}

/** Tests that failed, were run once more and passed. */
export function secondTries({ testResults }: Report): readonly string[] {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status, failureMessages }) => status === "passed" && failureMessages.length > 0)
    .map(({ fullName }) => fullName);
}

/** What failed, and what passed only at the second try: by name, for a reader who has only the end of the log. */
function notedOf(report: Report): readonly string[] {
  const failed = report.testResults.flatMap(({ name, status, assertionResults }) =>
    status === "failed" && assertionResults.length === 0
      ? [`failed to load: ${name}`]
      : assertionResults.flatMap((one) =>
          one.status === "passed" ? [] : [`${one.status}: ${one.fullName} (${name})`],
        ),
  );
  return [...failed, ...secondTries(report).map((name) => `passed only at the second try: ${name}`)];
}

/**
 * Counts a report. A test that did not run is a failure, and so are a file that could not be loaded, too many second tries, a
 * run of nothing, and an exit code that no failed test explains (an error outside the tests).
 */
export function tallyOf(report: Report, exitCode: number): Tally {
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  const passed = results.filter(({ status }) => status === "passed").length;
  const unloadable = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  const unsteady = secondTries(report).length > mostSecondTries ? 1 : 0;
  const failed = results.length - passed + unloadable.length + unsteady;
  const unexplained = failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : 0;
  const noted = notedOf(report);
  return { passed, failed: failed + unexplained, ...(noted.length > 0 && { noted }) };
}
