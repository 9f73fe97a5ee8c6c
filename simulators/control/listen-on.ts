import type { Server } from "node:net";

/** Listens and says on which port, 0 having picked a free one. Rejects when the port is taken. */
export function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off("error", reject);
      const address = server.address();
      // `address()` is a string for pipes and null before listening; here it is neither.
      if (address === null || typeof address === "string") reject(new Error("listens on no port"));
      else resolve(address.port);
    });
  });
}
