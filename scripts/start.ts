import { buildIfStale } from "./build.ts";
import { startTill } from "./till-process.ts";

// npm start [-- --data-dir DIR …]: builds what changed and opens the till. Ends with the till's own exit code.
const began = performance.now();
if ((await buildIfStale()) === "built") console.log(`built in ${Math.round(performance.now() - began)} ms`);
const till = await startTill(process.argv.slice(2));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => till.stop(signal));
process.exitCode = await till.ended;
