import { watch } from "node:fs";
import { join } from "node:path";
import { buildIfStale } from "./build.ts";
import { projectRoot } from "./electron-runtime.ts";
import { startTill, type TillProcess } from "./till-process.ts";

// npm run dev: the same till as npm start, built and started again whenever a source changes. There is no development
// server and so no hole for one in the content security policy; a till that is ended keeps its cart anyway.

/** Editors write in bursts; this long after the last change the burst is over. */
const settleMs = 150;
const watched = [
  "core",
  "contract",
  "preload",
  "main",
  "native",
  "renderer",
  "simulators",
  "wechatpay",
  "headoffice",
  "resources",
];

let till: TillProcess | undefined;
let settling: NodeJS.Timeout | undefined;
let turn = Promise.resolve();

for (const folder of watched) {
  watch(join(projectRoot, folder), { recursive: true }, (_, name) => {
    if (name?.endsWith(".test.ts")) return;
    clearTimeout(settling);
    settling = setTimeout(() => void (turn = turn.then(again)), settleMs);
  });
}
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    till?.stop(signal);
    process.exitCode = 0;
    void Promise.resolve(till?.ended).then(() => process.exit());
  });
}
await again();

/** Builds first and stops the running till only then, so a mistake in the source leaves the last good one open. */
async function again(): Promise<void> {
  try {
    if ((await buildIfStale()) === "fresh" && till !== undefined) return;
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    return;
  }
  till?.stop("SIGTERM");
  await till?.ended;
  till = await startTill(process.argv.slice(2));
}
