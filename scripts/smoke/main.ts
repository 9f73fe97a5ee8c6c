import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot, resolveElectron } from "../electron-runtime.ts";
import { appIn, packagedApp } from "../packaged/packaged-app.ts";
import { openScreen } from "../screen.ts";
import { smoke } from "./smoke.ts";

const help = `Usage: npm run smoke [-- options]

Runs the packaged till on its simulators: sells one item for cash and one by WeChat Pay, prints both receipts, asserts the
fuses and Electron's security list on the packed program, and that its archive is what was packed. The last line is one JSON
object {"ok", "sold", "fuses", "checklist", …}; the exit code is 0 only where ok is true.

  --app DIR    the directory to run (default: what npm run package made last)
  --release    a trial on the stand-in runtime is a failure
  --help       this text
`;

const { values } = parseArgs({
  options: { app: { type: "string" }, release: { type: "boolean", default: false }, help: { type: "boolean" } },
});
if (values.help) console.log(help);
else await run();

async function run(): Promise<void> {
  const { isOfficial } = resolveElectron();
  const screen = await openScreen();
  try {
    const app = values.app === undefined ? packagedApp(isOfficial) : appIn(values.app, !isOfficial);
    const env = { ...process.env, ...screen.env };
    const verdict = await smoke(app, { env, isRelease: values.release, pinned: pinnedElectron(), say: console.error });
    console.log(JSON.stringify(verdict));
    process.exitCode = verdict.ok ? 0 : 1;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    console.log(JSON.stringify({ ok: false, why }));
    process.exitCode = 1;
  } finally {
    screen.close();
  }
}

function pinnedElectron(): string {
  const file: unknown = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  // Our own package.json: it names Electron among the packages that build the till.
  return (file as { readonly devDependencies: { readonly electron: string } }).devDependencies.electron;
}
