import { join } from "node:path";
import { runCompiled } from "./run-compiled.ts";

// What the device host's process starts.
runCompiled(join(import.meta.dirname, "device-host.cjs"));
