import { check } from "./check.ts";
import { failedOnce, judge, passedOnce, runTool, runVitest, sumOf, type Tally } from "./tally.ts";

// npm test: everything CI runs. The last line reads `N passed, N failed`.

/** A short run of the long proofs: enough to see that they still work and still hold. */
const crashRuns = [
  { cycles: 4, seed: 1, args: [] },
  // Both protocols, the QR, refunds early and late, a second kill in the start: the seed's first eight points.
  { cycles: 8, seed: 1133, args: ["--payments"] },
] as const;
/** Payments and reversals of an old till in whose middle somebody's power goes: the seed's first eight. */
const legacyKills = 8;
const legacySeed = 1276;
const modelRuns = 2_000;
/** Random days of tills and head office in virtual time; and how long real ones are killed. */
const simulatedDays = 300;
const chaosSeconds = 60;
/** Fewer kills than this a minute show a machine that is too slow, not a till that holds. */
const leastKills = 40;
/** Inputs of every parser of outside bytes; those that cost milliseconds get a part of it (tests/fuzz). */
const fuzzInputs = 20_000;
const benches = ["commit", "search"];

const tallies: Tally[] = [];
await stage("check", check);
await stage("model", model);
await stage("carried", carried);
await stage("chaos", chaos);
await stage("fuzz", fuzz);
const built = await stage("build", () => judge("build", ["node", "scripts/build.ts"]));
if (built.failed === 0) {
  await stage("end to end", () => runVitest("e2e", 40));
  await stage("crash", crash);
  await stage("old till", oldTill);
  await stage("package", packaged);
  await stage("bench", bench);
}
const { passed, failed, noted } = sumOf(tallies);
// Once more at the end: of a long log only its last lines may be at hand.
for (const line of noted ?? []) console.log(line);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function stage(name: string, run: () => Promise<Tally>): Promise<Tally> {
  const began = performance.now();
  console.log(`\n── ${name}`);
  const tally = await run();
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(`── ${name}: ${tally.passed} passed, ${tally.failed} failed in ${seconds} s`);
  // A stage in which nothing was shown is no success.
  const counted = tally.passed + tally.failed === 0 ? failedOnce : tally;
  tallies.push(counted.failed === 0 ? counted : { ...counted, noted: [`${name} failed`, ...(counted.noted ?? [])] });
  return tally;
}

/** Random days of payments keep every promise; each mistake put into the product is noticed. The seed is fixed: CI is no lottery. */
async function model(): Promise<Tally> {
  const command = ["node", "tests/model/main.ts", "--seed", "1"] as const;
  const limits = { live: true, limitMinutes: 40 };
  const days = await runTool([...command, "--runs", String(modelRuns)], limits);
  const verdict = jsonLines(days.output).at(-1);
  const holds = days.code === 0 && verdict?.["failed"] === 0 && verdict["runs"] === modelRuns;
  const { code, output } = await runTool([...command, "--mutants"], limits);
  return sumOf([holds ? passedOnce : failedOnce, talliedFigures(output, code)]);
}

/** The same for payments that customers carry, between a till, head office and the gateway. */
async function carried(): Promise<Tally> {
  const command = ["node", "tests/carried/main.ts", "--seed", "1"] as const;
  const limits = { live: true, limitMinutes: 20 };
  const days = await runTool([...command, "--runs", String(modelRuns)], limits);
  const verdict = jsonLines(days.output).at(-1);
  const holds = days.code === 0 && verdict?.["failed"] === 0 && verdict["runs"] === modelRuns;
  const { code, output } = await runTool([...command, "--mutants"], limits);
  return sumOf([holds ? passedOnce : failedOnce, talliedFigures(output, code)]);
}

/** No sale is lost or doubled between till and head office, whatever dies; each mistake put into the product is noticed. */
async function chaos(): Promise<Tally> {
  const command = ["node", "tests/chaos/main.ts", "--seed", "1"] as const;
  const limits = { live: true, limitMinutes: 20 };
  const days = await runTool([...command, "--sim", "--seeds", String(simulatedDays)], limits);
  const lived = jsonLines(days.output).at(-1);
  const holds = days.code === 0 && lived?.["failed"] === 0 && lived["seeds"] === simulatedDays;
  const mutants = await runTool([...command, "--mutants"], limits);
  const killed = await runTool([...command, "--seconds", String(chaosSeconds)], limits);
  const verdict = jsonLines(killed.output).at(-1);
  const isWhole = verdict?.["lost"] === 0 && verdict["duplicated"] === 0 && verdict["chainBreaks"] === 0;
  const isKilled = Number(verdict?.["kills"]) >= leastKills && Number(verdict?.["sales"]) > 0;
  const shown = [holds, killed.code === 0 && isWhole && isKilled].map((one) => (one ? passedOnce : failedOnce));
  return sumOf([...shown, talliedFigures(mutants.output, mutants.code)]);
}

/** No bytes from outside throw, hang, kill or fill the memory of what reads them: one thing shown for each parser. */
async function fuzz(): Promise<Tally> {
  const command = ["node", "tests/fuzz/main.ts", "--seed", "1", "--inputs", String(fuzzInputs)] as const;
  const { code, output } = await runTool(command, { live: true, limitMinutes: 20 });
  return talliedFigures(output, code);
}

/** The till is killed at random points, then at chosen ones of its payments; a last line says what became of the money. */
async function crash(): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const { cycles, seed, args } of crashRuns) {
    const numbers = ["--cycles", String(cycles), "--seed", String(seed)];
    const { code, output } = await runTool(["node", "tests/crash/main.ts", ...numbers, ...args], { live: true });
    const verdict = jsonLines(output).at(-1);
    const holds = verdict?.["lost"] === 0 && verdict["duplicated"] === 0 && verdict["unresolved"] === 0;
    tallies.push(code === 0 && holds && verdict["cycles"] === cycles ? passedOnce : failedOnce);
  }
  return sumOf(tallies);
}

/** Whichever of a till and an old till is killed, each sale of the old till is paid once; a till that forgets is found out. */
async function oldTill(): Promise<Tally> {
  const command = ["node", "tests/legacy/main.ts", "--seed", String(legacySeed)] as const;
  const limits = { live: true, limitMinutes: 10 };
  const run = await runTool([...command, "--kills", String(legacyKills)], limits);
  const verdict = jsonLines(run.output).at(-1);
  const isWhole = ["lost", "duplicated", "unresolved", "untrue"].every((what) => verdict?.[what] === 0);
  const isKilled = verdict?.["kills"] === legacyKills && Number(verdict["paid"]) > 0;
  const control = await runTool([...command, "--kills", "2", "--control"], limits);
  const isFound = control.code === 0 && Number(jsonLines(control.output).at(-1)?.["duplicated"]) > 0;
  return sumOf([run.code === 0 && isWhole && isKilled, isFound].map((one) => (one ? passedOnce : failedOnce)));
}

/** The till as users get it can be made and weighed, and sells; its fuses and Electron's list are as they are stated. */
async function packaged(): Promise<Tally> {
  const made = await judge("package", ["node", "scripts/package.ts"]);
  if (made.failed > 0) return made;
  const { code, output } = await runTool(["node", "scripts/smoke/main.ts"], { live: true, limitMinutes: 10 });
  const holds = code === 0 && jsonLines(output).at(-1)?.["ok"] === true;
  return sumOf([made, holds ? passedOnce : failedOnce]);
}

/** Each figure within its limit is one thing shown. What was over it is measured once more: the machine may have had other work. */
async function bench(): Promise<Tally> {
  const first = await measured();
  return first.failed === 0 ? first : measured();
}

async function measured(): Promise<Tally> {
  const { code, output } = await runTool(["node", "bench/main.ts", ...benches], { live: true });
  return talliedFigures(output, code);
}

/** Lines of JSON that say `ok`, one thing shown each; an exit code that none of them explains is one failure. */
function talliedFigures(output: string, code: number): Tally {
  const figures = jsonLines(output).filter((line) => typeof line["ok"] === "boolean");
  const passed = figures.filter((line) => line["ok"] === true).length;
  const failed = figures.length - passed;
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed };
}

function jsonLines(output: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = output.split("\n").filter((line) => line.startsWith("{") && line.endsWith("}"));
  // Each line is one object by the commands' contract; anything else in it is caught by looking at the fields.
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}
