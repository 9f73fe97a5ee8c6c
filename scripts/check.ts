import { judge, runVitest, sumOf, type Tally } from "./tally.ts";

/** Every folder with a world of its own; the last is the root, for the configuration files. */
const layers = [
  ...[
    "core",
    "contract",
    "preload",
    "renderer",
    "main",
    "native",
    "simulators",
    "tables",
    "wechatpay",
    "headoffice",
    "headoffice/web",
  ],
  ...["tests", "bench", "scripts", "tools", "."],
];

const cruised = layers.filter((layer) => layer !== "." && layer !== "headoffice/web");

const steps: readonly (readonly [name: string, ...command: [string, ...string[]]])[] = [
  ["format", "oxfmt", "--check"],
  ["lint", "oxlint"],
  ["graph", "depcruise", "--config", ".dependency-cruiser.mjs", ...cruised],
  ["dead code", "knip"],
  ...layers.map((layer) => [`types of ${layer}`, "tsc", "-p", `${layer}/tsconfig.json`] as const),
];

/** Everything that can be said about the source without building it: the fences, then the unit and property tests. */
export async function check(): Promise<Tally> {
  const fences = await twoAtATime(
    steps.map(
      ([name, ...command]) =>
        () =>
          judge(name, command),
    ),
  );
  // On their own: they use every core, and some measure.
  return sumOf([...fences, await runVitest("unit", 45)]);
}

async function twoAtATime<Answer>(tasks: readonly (() => Promise<Answer>)[]): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  const queue = tasks.values();
  const lane = async () => {
    for (const task of queue) answers.push(await task());
  };
  await Promise.all([lane(), lane()]);
  return answers;
}

if (import.meta.main) {
  const { passed, failed, noted } = await check();
  for (const line of noted ?? []) console.log(line);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
