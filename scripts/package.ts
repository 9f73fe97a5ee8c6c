import { dirname } from "node:path";
import { buildOrExit } from "./build.ts";
import { resolveElectron } from "./electron-runtime.ts";
import { runTool } from "./tally.ts";

// npm run package: the till as a directory that runs by itself. With the stand-in runtime the result goes to
// dist/trial, for trying out only: what users get is built from the official Electron.
await buildOrExit();
const { executable, isOfficial } = resolveElectron();
const output = isOfficial ? "dist" : "dist/trial";
if (!isOfficial) console.log(`WARNING: packed with the stand-in runtime into ${output}, for trying out only.`);
const { code } = await runTool(
  [
    "electron-builder",
    ...["--dir", "--publish", "never"],
    ...[`-c.directories.output=${output}`, `-c.electronDist=${dirname(executable)}`],
    // The builder insists on the version it packs; the stand-in has its own.
    ...(isOfficial ? [] : [`-c.electronVersion=42.0.0`]),
  ],
  { live: true },
);
process.exitCode = code;
