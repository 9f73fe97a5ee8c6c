import { join } from "node:path";
import { Menu } from "electron";
import { runCompiled } from "./run-compiled.ts";

// What Electron starts, before anything else of the till is there.

// Electron would make a menu of its own, which no window of the till shows. On a Mac it holds the keys for copying.
if (process.platform !== "darwin") Menu.setApplicationMenu(null);

runCompiled(join(import.meta.dirname, "app.cjs"));
