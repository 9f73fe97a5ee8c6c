import { connect, createServer, type Socket } from "node:net";

/** A cable between two programs on this machine: it can be pulled out and put back in. */
export interface LoopbackRelay {
  readonly port: number;
  /** Out: what is under way breaks off, and nobody connects. */
  setPlugged(isPlugged: boolean): void;
  /** Once, when so many more bytes have come from the near end: runs `act` before the last of them is passed on. */
  onceCarried(bytes: number, act: () => void): void;
  /** Counted from its opening on. */
  counts(): CableCounts;
  close(): Promise<void>;
}

export interface CableCounts {
  /** Connections that were passed on. */
  readonly connections: number;
  /** Bytes from the near end that were. */
  readonly bytes: number;
  /** Connections that found the cable out. */
  readonly refused: number;
}

/** Passes bytes on to whatever port `target` says at the time. */
export async function openLoopbackRelay(target: () => number): Promise<LoopbackRelay> {
  let isPlugged = true;
  let watch: { left: number; readonly act: () => void } | null = null;
  const counted = { connections: 0, bytes: 0, refused: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    counted[isPlugged ? "connections" : "refused"] += 1;
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
    near.on("data", ({ length }) => {
      counted.bytes += length;
      if (watch === null || (watch.left -= length) > 0) return;
      const { act } = watch;
      watch = null;
      act();
    });
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
    onceCarried(bytes, act) {
      watch = { left: bytes, act };
    },
    counts: () => ({ ...counted }),
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
