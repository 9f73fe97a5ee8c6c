import type { WriterRequest } from "#contract/catalog-writer/messages.ts";

/** One running writer. In the app an Electron utility process, elsewhere a plain Node child. */
export interface WriterProcess {
  postMessage(request: WriterRequest): void;
  /** What arrives, not yet looked at. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, however it ended. */
  onExit(listener: (reason: string) => void): void;
  /** Ends it at once (SIGKILL): what it has under way is a transaction that is not there afterwards. */
  kill(): void;
}

/** `path`: the catalog.db it writes. */
export type SpawnWriter = (path: string) => WriterProcess;
