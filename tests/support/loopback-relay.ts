import { connect, createServer, type Socket } from "node:net";

/** A cable between two programs on this machine: it can be pulled out and put back in. */
export interface LoopbackRelay {
  readonly port: number;
  /** Out: what is under way breaks off, and nobody connects. */
  setPlugged(isPlugged: boolean): void;
  close(): Promise<void>;
}

/** Passes bytes on to whatever port `target` says at the time. */
export async function openLoopbackRelay(target: () => number): Promise<LoopbackRelay> {
  let isPlugged = true;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    if (!isPlugged) return void near.destroy();
    const far = connect(target(), "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
      // Broken connections are what this is for; the other end is told by the close.
      socket.on("error", () => {});
    }
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the relay has a port");
  return {
    port: address.port,
    setPlugged(isIn) {
      isPlugged = isIn;
      if (!isIn) for (const socket of sockets) socket.destroy();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
