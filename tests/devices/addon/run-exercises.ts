import { loadAddonFrom } from "#native/addon/load-addon.ts";
import { exercises } from "./exercises.ts";

// node tests/devices/addon/run-exercises.ts BINARY: every exercise on one binary, in a process of its own, as the
// sanitizers' library must be in a process from its start. The last line reads `N exercises passed`.

const binary = process.argv[2] ?? "";
const loaded = loadAddonFrom(binary);
if (!loaded.ok || loaded.addon.platform !== "linux") throw new Error(loaded.ok ? "not for Linux" : loaded.reason);
for (const { name, run } of exercises) {
  console.log(name);
  await run(loaded.addon, binary);
}
console.log(`${exercises.length} exercises passed`);
