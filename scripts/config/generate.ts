import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { configTable, terminalJsonSchema } from "./describe.ts";

// node scripts/config/generate.ts: brings resources/terminal.schema.json and the table of docs/CONFIG.md up to date with
// contract/config/terminal.ts. A test fails while they are not.

const page = join(projectRoot, "docs", "CONFIG.md");
writeFileSync(join(projectRoot, "resources", "terminal.schema.json"), terminalJsonSchema());
const text = readFileSync(page, "utf8");
// A function, because the table holds `$` that a replacement text would take for something else.
writeFileSync(
  page,
  text.replace(/<!-- keys -->[^]*<!-- end of keys -->/, () => `<!-- keys -->\n${configTable()}\n<!-- end of keys -->`),
);
