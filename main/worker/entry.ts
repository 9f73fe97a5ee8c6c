import type { WorkerEvent } from "#contract/worker/messages.ts";
import { stepBack } from "./step-back.ts";
import { openWorkerPort } from "./worker-port.ts";
import { createWorkbench } from "./workbench.ts";

/**
 * The worker: the process in which long work is done beside the till. It reads sales.db through a connection that cannot
 * write, knows no key, and reaches no network. Started when there is work, ended when there is none.
 */

const port = openWorkerPort<WorkerEvent>();
stepBack();
const workbench = createWorkbench((event) => port.send(event));
port.onMessage((message) => {
  if (workbench.hear(message) === "close") process.exit(0);
});
port.onOrphaned(() => process.exit(0));
port.send({ kind: "ready" });
