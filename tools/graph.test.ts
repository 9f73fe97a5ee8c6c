import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "#scripts/electron-runtime.ts";

// The fence itself is run on a house built wrong on purpose: a fence that lets everything through would look just as
// green on the real one.
const sound: Readonly<Record<string, string>> = {
  "core/sale/sale.ts": 'import { fen } from "#core/money/fen.ts"; export const sale = () => fen(1);',
  "core/money/fen.ts": "export const fen = (n: number) => n;",
  "contract/ipc/view.ts":
    'import type { sale } from "#core/sale/sale.ts"; import { z } from "zod"; export const view = z.custom<typeof sale>();',
  "main/app.ts":
    'import "electron"; import { store } from "./store/store.ts"; import { till } from "./till/till.ts"; till(store);',
  "main/store/store.ts": 'import Database from "better-sqlite3"; export const store = new Database(":memory:");',
  "main/till/till.ts":
    'import { sale } from "#core/sale/sale.ts"; export const till = (store: unknown) => [store, sale];',
  "renderer/App.tsx":
    'import type { view } from "#contract/ipc/view.ts"; import { sale } from "#core/sale/sale.ts"; export const App = (v: typeof view) => [v, sale];',
  "renderer/main.tsx":
    'import { createRoot } from "react-dom/client"; import { App } from "./App.tsx"; createRoot(document.body).render(App);',
};

/** Each entry is one file added to the sound house, and the rule it breaks. */
const wrongs: readonly (readonly [rule: string, file: string, source: string])[] = [
  ["core-is-pure", "core/sale/clock.ts", 'import { hrtime } from "node:process"; export const now = hrtime;'],
  ["core-is-pure", "core/sale/schema.ts", 'import { z } from "zod"; export const s = z;'],
  [
    "core-is-pure",
    "core/sale/view.ts",
    'import type { view } from "#contract/ipc/view.ts"; export type V = typeof view;',
  ],
  [
    "contract-knows-core-and-zod",
    "contract/ipc/bad.ts",
    'import { till } from "#main/till/till.ts"; export const t = till;',
  ],
  [
    "preload-is-thin",
    "preload/till.ts",
    'import { ipcRenderer } from "electron"; import { z } from "zod"; z.custom(ipcRenderer);',
  ],
  ["renderer-is-a-web-page", "renderer/bad.ts", 'import { till } from "#main/till/till.ts"; export const t = till;'],
  [
    "renderer-has-no-node",
    "renderer/bad-2.ts",
    'import { readFileSync } from "node:fs"; export const r = readFileSync;',
  ],
  [
    "renderer-sees-types-of-contract",
    "renderer/bad-3.ts",
    'import { view } from "#contract/ipc/view.ts"; export const v = view;',
  ],
  ["native-knows-devices-only", "native/bad.ts", 'import { sale } from "#core/sale/sale.ts"; export const s = sale;'],
  ["main-knows-the-client-of-native", "main/bad.ts", 'import { App } from "#renderer/App.tsx"; export const a = App;'],
  [
    "dictionary-comes-when-it-is-asked-for",
    "main/store/catalog/bad.ts",
    'import { pinyin } from "pinyin-pro"; export const p = pinyin;',
  ],
  [
    "journal-checker-is-a-stranger",
    "scripts/verify-journal/bad.ts",
    'import { sale } from "#core/sale/sale.ts"; export const s = sale;',
  ],
  ["till-knows-ports-only", "main/till/bad.ts", 'import { store } from "../store/store.ts"; export const s = store;'],
  ["till-knows-ports-only", "main/till/bad-2.ts", 'import { app } from "electron"; export const a = app;'],
  ["worker-knows-no-key-and-no-network", "main/worker/bad.ts", 'import { net } from "electron"; export const n = net;'],
  [
    "simulators-share-nothing-with-the-product",
    "simulators/bad.ts",
    'import { till } from "#main/till/till.ts"; export const t = till;',
  ],
  [
    "store-alone-uses-sqlite",
    "main/report/bad.ts",
    'import Database from "better-sqlite3"; export const d = Database;',
  ],
  [
    "transport-alone-uses-serialport",
    "native/scanner/bad.ts",
    'import { SerialPort } from "serialport"; export const p = SerialPort;',
  ],
  [
    "printer-alone-uses-escpos",
    "native/scanner/bad-2.ts",
    'import { printer } from "node-thermal-printer"; export const p = printer;',
  ],
  [
    "electron-in-main-and-preload",
    "native/bad-2.ts",
    'import { utilityProcess } from "electron"; export const u = utilityProcess;',
  ],
  ["nothing-imports-tests", "main/bad-2.ts", 'import { help } from "#tests/help.ts"; export const h = help;'],
  ["no-orphans", "core/sale/forgotten.ts", "export const forgotten = 1;"],
  ["everything-resolves", "main/bad-3.ts", 'import { gone } from "#core/gone.ts"; export const g = gone;'],
  ["no-cycles", "core/money/round.ts", 'import { yuan } from "./yuan.ts"; export const round = (): unknown => yuan();'],
];
const beside: Readonly<Record<string, string>> = {
  "tests/help.ts": "export const help = 1;",
  "core/money/yuan.ts": 'import { round } from "./round.ts"; export const yuan = () => round();',
};

describe("the import graph's rules", () => {
  it("let a sound house through", () => {
    expect(brokenRules(sound)).toEqual([]);
  });

  // All wrongs stand in one house, each in a file of its own: one run judges them all.
  const broken = brokenRules({
    ...sound,
    ...beside,
    ...Object.fromEntries(wrongs.map(([, file, source]) => [file, source])),
  });
  it.each(wrongs)("break %s by %s", (rule, file) => {
    expect(broken.filter(({ from }) => from === file).map(({ rule: { name } }) => name)).toContain(rule);
  });
});

type Broken = { readonly from: string; readonly rule: { readonly name: string } };

function brokenRules(files: Readonly<Record<string, string>>): readonly Broken[] {
  const house = mkdtempSync(join(tmpdir(), "till-house-"));
  try {
    for (const [name, source] of Object.entries(files)) {
      mkdirSync(join(house, dirname(name)), { recursive: true });
      writeFileSync(join(house, name), source);
    }
    cpSync(join(projectRoot, "package.json"), join(house, "package.json"));
    symlinkSync(join(projectRoot, "node_modules"), join(house, "node_modules"));
    const tops = [...new Set(Object.keys(files).map((name) => name.slice(0, name.indexOf("/"))))];
    const options = ["--config", join(projectRoot, ".dependency-cruiser.mjs"), "--output-type", "json"];
    const cruiser = join(projectRoot, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
    const run = spawnSync(process.execPath, [cruiser, ...options, ...tops], { cwd: house, encoding: "utf8" });
    return (JSON.parse(run.stdout) as { summary: { violations: readonly Broken[] } }).summary.violations;
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
}
