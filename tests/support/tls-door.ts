import { connect, type Socket } from "node:net";
import { createServer } from "node:tls";

/** A door to the public internet, as a proxy in front of head office is: TLS outside, plain TCP on this machine inside. */
export interface TlsDoor {
  readonly port: number;
  close(): Promise<void>;
}

/** @param target the port inside, at the time somebody knocks */
export async function openTlsDoor(
  { keyPem: key, certificatePem: cert }: { readonly keyPem: string; readonly certificatePem: string },
  target: () => number,
): Promise<TlsDoor> {
  const sockets = new Set<Socket>();
  const server = createServer({ key, cert }, (near) => {
    const far = connect(target(), "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
      // Head office may be gone, and phones leave; the other end is told by the close.
      socket.on("error", () => {});
    }
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the door has a port");
  return {
    port: address.port,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
