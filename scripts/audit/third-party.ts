import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../electron-runtime.ts";
import { readLock } from "./read-lock.ts";
import { type ShippedPackage, shippedPackages } from "./shipped.ts";

const head = `Tillway contains the packages below. Each is the work of its authors and stands under the licence named with it.

Electron itself is under the MIT licence; the licences of Chromium and Node, of which it consists, stand in
LICENSES.chromium.html beside the program.
`;
const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to
whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
const rule = "-".repeat(80);
const licenceFile = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/** The notices that must be passed on with the product; packages with the same text stand together over it. */
export function thirdPartyText(packages: readonly ShippedPackage[]): string {
  const byText = new Map<string, string[]>();
  for (const one of packages) {
    const { path, name, version, license } = one;
    const text = licenceText(join(projectRoot, path)) || standardText(license);
    const named = byText.get(text) ?? [];
    named.push(`${name} ${version} (${license})`);
    byText.set(text, named);
  }
  const parts = [...byText].map(([text, names]) => [rule, ...names, "", text].join("\n").trimEnd());
  return `${[head, ...parts].join("\n\n")}\n`;
}

/** Of a package that says its licence and brings no text of it: without its author's name, which nobody knows. */
export function standardText(license: string): string {
  return license === "MIT" ? mit : "";
}

/** What a package's own files of this kind say; empty where it has none, or is not there: a binary for another system. */
export function licenceText(folder: string): string {
  if (!existsSync(folder)) return "";
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && licenceFile.test(entry.name))
    .map(({ name }) => name)
    .sort();
  return files.map((name) => readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim()).join("\n\n");
}

/** Into the built till, and so into its package. */
export function writeThirdParty(): void {
  writeFileSync(join(projectRoot, "out", "third-party.txt"), thirdPartyText(shippedPackages(readLock())));
}
