import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, expect, test } from "vitest";
import { runCompiled } from "./run-compiled.ts";

const makeCode = fileURLToPath(new URL("../../scripts/compiled/make-code.mjs", import.meta.url));
const folders: string[] = [];
let program = "";

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "run-compiled-"));
  folders.push(folder);
  program = join(folder, "program.cjs");
  write("exports.said = require('node:path').basename(__filename) + ' one';");
  // By this same Node, whose switches and version the code is bound to.
  execFileSync(process.execPath, [makeCode, program]);
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test("a program runs from the code that was made ahead", () => {
  expect([runCompiled(program), saidBy(program)]).toEqual([true, "program.cjs one"]);
});

test("without that code its source is compiled", () => {
  rmSync(`${program}.compiled`);
  expect([runCompiled(program), saidBy(program)]).toEqual([false, "program.cjs one"]);
});

test("code of another source of the same length is not run", () => {
  write("exports.said = require('node:path').basename(__filename) + ' two';");
  expect([runCompiled(program), saidBy(program)]).toEqual([false, "program.cjs two"]);
});

test.each([0, 4, 8, 60, -1])("code with a changed byte is not run: byte %i", (at) => {
  const code = readFileSync(`${program}.compiled`);
  const index = at < 0 ? code.length + at : at;
  code.writeUInt8(code.readUInt8(index) ^ 1, index);
  writeFileSync(`${program}.compiled`, code);
  expect([runCompiled(program), saidBy(program)]).toEqual([false, "program.cjs one"]);
});

test("code that was cut off is not run", () => {
  const code = readFileSync(`${program}.compiled`);
  for (const length of [0, 5, 8, 9, code.length - 1]) {
    writeFileSync(`${program}.compiled`, code.subarray(0, length));
    const again = join(program, "..", `cut-${length}.cjs`);
    copyFileSync(program, again);
    copyFileSync(`${program}.compiled`, `${again}.compiled`);
    expect([runCompiled(again), saidBy(again)]).toEqual([false, `cut-${length}.cjs one`]);
  }
});

test("a part that asks for the program gets the one that runs", () => {
  const part = join(program, "..", "part.cjs");
  writeFileSync(part, "module.exports = require('./program.cjs');");
  write(
    "exports.count = (globalThis.programsRun = (globalThis.programsRun ?? 0) + 1); exports.part = () => require('./part.cjs');",
  );
  runCompiled(program);
  const { exports: own } = loaded(program);
  expect([own.part() === own, own.count]).toEqual([true, 1]);
});

/** What is known of the program as of a module. */
function loaded(path: string): { readonly exports: { said?: string; count?: number; part(): unknown } } {
  const found = createRequire(path).cache[path];
  if (found === undefined) throw new Error(`${path} is not loaded`);
  return found;
}

function write(body: string): void {
  writeFileSync(program, `(function (exports, require, module, __filename, __dirname) {${body}\n})`);
}

function saidBy(path: string): unknown {
  return loaded(path).exports.said;
}
