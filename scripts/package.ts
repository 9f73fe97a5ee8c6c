import { dirname } from "node:path";
import { buildOrExit } from "./build.ts";
import { resolveElectron } from "./electron-runtime.ts";
import { filesOf } from "./packaged/archive.ts";
import { outputOf, packagedApp } from "./packaged/packaged-app.ts";
import { foreignNatives, mostOwnBytes, totalOf, weigh, weightLines } from "./packaged/weigh.ts";
import { runTool } from "./tally.ts";

/**
 * npm run package: the till as a directory that runs by itself; with `-- --installers` this system's installers as well.
 * With the stand-in runtime the result goes to dist/trial, for trying out only: what users get is built from the official
 * Electron. Ends with 1 where the package is too heavy or has native modules that cannot load here.
 */
const withInstallers = process.argv.includes("--installers");

await buildOrExit();
const { executable, isOfficial } = resolveElectron();
const output = outputOf(isOfficial);
if (!isOfficial) console.log(`WARNING: packed with the stand-in runtime into ${output}, for trying out only.`);
const { code } = await runTool(
  [
    "electron-builder",
    ...(withInstallers ? [] : ["--dir"]),
    ...["--publish", "never", `-c.directories.output=${output}`, `-c.electronDist=${dirname(executable)}`],
    // The builder insists on the version it packs; the stand-in has its own.
    ...(isOfficial ? [] : [`-c.electronVersion=42.0.0`]),
  ],
  { live: true },
);
process.exitCode = code === 0 ? judgeWeight() : code;

/** Says what the package weighs; 1 where it is too much. */
function judgeWeight(): number {
  const files = filesOf(packagedApp(isOfficial).archive);
  const weights = weigh(files);
  for (const line of weightLines(weights)) console.log(line);
  const foreign = foreignNatives(files, process);
  for (const path of foreign) console.error(`${path} cannot load on ${process.platform}-${process.arch}`);
  const isTooHeavy = totalOf(weights) > mostOwnBytes;
  if (isTooHeavy)
    console.error(`That is more than ${mostOwnBytes} bytes; scripts/packaged/weigh.ts says why it matters.`);
  return isTooHeavy || foreign.length > 0 ? 1 : 0;
}
