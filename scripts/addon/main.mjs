import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { binaryName, compileForLinux, compileForWindows, hashName, sourcesHash } from "../setup/addon.mjs";
import { root } from "../setup/step.mjs";

// npm run addon: renews the prebuilt binaries after a change of native/addon/src. A machine on which both compilers
// are there (Debian: g++, g++-mingw-w64-x86-64-posix) makes both; one that fails is named and left as it was.

const targets = [
  { place: "linux-x64", compile: compileForLinux, isHere: process.platform === "linux" && process.arch === "x64" },
  { place: "win32-x64", compile: compileForWindows, isHere: true },
];

for (const { place, compile, isHere } of targets) {
  const folder = join(root, "native", "addon", "prebuilds", place);
  const made = isHere ? compile(join(folder, binaryName)) : { ok: false, lastLine: "made on Linux x64 only" };
  if (made.ok) writeFileSync(join(folder, hashName), `${sourcesHash()}\n`);
  else process.exitCode = 1;
  console.log(made.ok ? `${place}: compiled` : `${place}: not compiled (${made.lastLine})`);
}
