/** The line to the main process. */
export interface WorkerPort<Event> {
  send(event: Event): void;
  /** What arrives, not yet looked at. */
  onMessage(listener: (message: unknown) => void): void;
  /** Main is gone: there is nobody to work for. */
  onOrphaned(listener: () => void): void;
}

/** Electron's end of the line in a utility process; declared here because the worker knows no Electron. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { readonly data: unknown }) => void): void;
}

/** Electron's utility process, or a plain Node child with an IPC channel: the same process runs in both. */
export function openWorkerPort<Event extends object>(): WorkerPort<Event> {
  // Electron adds parentPort to `process` in a utility process; Node's types do not know it.
  const { parentPort } = process as NodeJS.Process & { readonly parentPort?: ParentPort };
  if (parentPort !== undefined) {
    return {
      send: (event) => parentPort.postMessage(event),
      onMessage: (listener) => parentPort.on("message", ({ data }) => listener(data)),
      // Electron ends a utility process together with its parent.
      onOrphaned: () => {},
    };
  }
  return {
    send: (event) => {
      // After the parent died the channel is closed and `disconnect` is on its way: nobody misses this event.
      if (process.connected) process.send?.(event);
    },
    onMessage: (listener) => process.on("message", listener),
    onOrphaned: (listener) => process.on("disconnect", listener),
  };
}
