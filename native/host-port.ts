import type { HostEvent, HostRequest } from "#contract/devices/messages.ts";

/** The line to the main process. */
export interface HostPort {
  send(event: HostEvent): void;
  onRequest(listener: (request: HostRequest) => void): void;
  /** Main is gone: there is nobody to work for. */
  onOrphaned(listener: () => void): void;
}

/** Electron's end of the line in a utility process; declared here because this layer never sees Electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { readonly data: unknown }) => void): void;
}

/** Electron's utility process, or a plain Node child with an IPC channel: the same host runs in both. */
export function openHostPort(): HostPort {
  // Electron adds parentPort to `process` in a utility process; Node's types do not know it.
  const { parentPort } = process as NodeJS.Process & { readonly parentPort?: ParentPort };
  return parentPort === undefined ? nodePort() : utilityPort(parentPort);
}

function utilityPort(parentPort: ParentPort): HostPort {
  return {
    send: (event) => parentPort.postMessage(event),
    // The other end is our own main process, built from the same contract: nothing else holds this port.
    onRequest: (listener) => parentPort.on("message", ({ data }) => listener(data as HostRequest)),
    // Electron ends a utility process together with its parent.
    onOrphaned: () => {},
  };
}

function nodePort(): HostPort {
  return {
    send: (event) => {
      // After the parent died the channel is closed and `disconnect` is on its way: nobody misses this event.
      if (process.connected) process.send?.(event);
    },
    // As above: only the process that forked this one holds the channel.
    onRequest: (listener) => process.on("message", (message) => listener(message as HostRequest)),
    onOrphaned: (listener) => process.on("disconnect", listener),
  };
}
