import { buildOrExit } from "./build.ts";
import { startTill } from "./till-process.ts";

// npm start [-- --data-dir DIR …]: builds what changed and opens the till. Ends with the till's own exit code.
await buildOrExit();
const till = await startTill(process.argv.slice(2));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => till.stop(signal));
process.exitCode = await till.ended;
