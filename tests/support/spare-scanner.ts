import { createServer, type Socket } from "node:net";

/** A scanner on the network that no till knows yet. */
export interface SpareScanner {
  /** As a person would type it. */
  readonly address: string;
  readonly port: number;
  readonly connections: () => number;
  /** Sends the bytes as they are to whoever listens. */
  send(bytes: string | Uint8Array): void;
  close(): Promise<void>;
}

export async function openSpareScanner(): Promise<SpareScanner> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no TCP address");
  return {
    address: `127.0.0.1:${address.port}`,
    port: address.port,
    connections: () => sockets.size,
    send: (bytes) => sockets.forEach((socket) => socket.write(bytes)),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
