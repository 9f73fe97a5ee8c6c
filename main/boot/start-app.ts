import { join } from "node:path";
import { runCompiled } from "./run-compiled.ts";

// What Electron starts, before anything else of the till is there.

runCompiled(join(import.meta.dirname, "app.cjs"));
