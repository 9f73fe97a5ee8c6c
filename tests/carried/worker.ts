import { type ModelOptions, runModel } from "./run-model.ts";

// A process of workers.ts: one chunk of runs for each message, until nobody asks any more.
process.on("message", (chunk) => {
  void runModel(chunk as ModelOptions).then((run) => process.send?.(run));
});
