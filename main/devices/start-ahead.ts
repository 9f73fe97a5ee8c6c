import type { HostEvent } from "#contract/devices/messages.ts";
import type { HostProcess, SpawnHost } from "./host-process.ts";

/**
 * Starts the first device host now, before anybody knows its devices: it comes up while the windows are made.
 * @returns gives that one at its first call, and starts another at each further one
 */
export function startAhead(spawn: SpawnHost): SpawnHost {
  let ahead: HostProcess | null = keepingWords(spawn());
  return () => {
    const host = ahead ?? spawn();
    ahead = null;
    return host;
  };
}

/** What it says, and its end, wait for whoever listens later. */
function keepingWords(host: HostProcess): HostProcess {
  const said: HostEvent[] = [];
  let ended: string | null = null;
  let hear = (event: HostEvent): void => void said.push(event);
  let hearEnd = (reason: string): void => void (ended = reason);
  host.onMessage((event) => hear(event));
  host.onExit((reason) => hearEnd(reason));
  return {
    postMessage: (request) => host.postMessage(request),
    kill: () => host.kill(),
    // Told in a turn of its own, as a live host does: never while its listener is still being made.
    onMessage(listener) {
      hear = listener;
      queueMicrotask(() => said.forEach((event) => listener(event)));
    },
    onExit(listener) {
      hearEnd = listener;
      queueMicrotask(() => {
        if (ended !== null) listener(ended);
      });
    },
  };
}
