import type { HostEvent, HostRequest } from "#contract/devices/messages.ts";

/** One running device host. In the app an Electron utility process, in tests a plain Node child. */
export interface HostProcess {
  postMessage(request: HostRequest): void;
  onMessage(listener: (event: HostEvent) => void): void;
  /** Called once, however it ended. */
  onExit(listener: (reason: string) => void): void;
  /** Ends it at once, without asking (SIGKILL): a host stuck in a driver hears nothing. */
  kill(): void;
}

export type SpawnHost = () => HostProcess;

/**
 * What the host's environment needs beside the parent's: each stuck port may hold one thread of libuv's pool, whose
 * default of four a shop's devices could exhaust.
 */
export const hostEnvironment = { UV_THREADPOOL_SIZE: "16" } as const;
