import assert from "node:assert/strict";
import { parseArgs } from "node:util";
import { buildIfStale } from "#scripts/build.ts";
import { openScreen } from "#scripts/screen.ts";
import { cases } from "./cases.ts";
import { installCups, missingForCups, startCups } from "./cups.ts";

// npm run devices:system-printer [-- --install]
//
// The built till in real Electron prints on a real CUPS: Debian's print server, unpacked into .runtime and started for
// this run on loopback, with raw queues that keep each document as it came. One line for each case; the last line reads
// `N passed, N failed`, or `skipped: why`.

const { values } = parseArgs({
  options: {
    install: { type: "boolean", default: false },
    /** Only the cases whose names hold these words. */
    only: { type: "string", default: "" },
  },
});
if (values.install) installCups();
const missing = missingForCups();
if (missing.length > 0) {
  console.log(`skipped: ${missing.join("; ")}; npm run devices:system-printer -- --install brings what Debian has`);
} else {
  await buildIfStale();
  const screen = await openScreen();
  Object.assign(process.env, screen.env);
  const cups = await startCups();
  const chosen = Object.entries(cases).filter(([name]) => name.includes(values.only));
  const failed: string[] = [];
  for (const [name, run] of chosen) {
    const trouble = await run(cups).then(
      () => null,
      (cause: unknown) =>
        cause instanceof assert.AssertionError || cause instanceof Error ? cause.message : String(cause),
    );
    if (trouble !== null) failed.push(name);
    console.log(trouble === null ? `ok      ${name}` : `FAILED  ${name}\n        ${trouble}`);
  }
  await cups.stop();
  screen.close();
  console.log(`${chosen.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
