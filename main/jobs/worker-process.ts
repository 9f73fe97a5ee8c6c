import type { WorkerRequest } from "#contract/worker/messages.ts";

/** One running worker. In the app an Electron utility process, in tests a plain Node child. */
export interface WorkerProcess {
  postMessage(request: WorkerRequest): void;
  /** What arrives, not yet looked at. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, however it ended. */
  onExit(listener: (reason: string) => void): void;
  /** Ends it at once, without asking (SIGKILL): a worker that hangs hears nothing. */
  kill(): void;
}

export type SpawnWorker = () => WorkerProcess;
