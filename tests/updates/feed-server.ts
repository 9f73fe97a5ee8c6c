import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";

export interface FeedServer {
  readonly url: string;
  /** Serves this folder from now on. */
  offer(folder: string): void;
  /** Names of the files that were asked for, in order. */
  readonly asked: readonly string[];
  close(): void;
}

/** A plain file server on loopback, as a feed is. */
export async function serveFeed(): Promise<FeedServer> {
  let folder = "";
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = basename(new URL(request.url ?? "/", "http://feed").pathname);
    asked.push(name);
    const file = join(folder, name);
    if (folder === "" || name === "" || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-length": statSync(file).size });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port says so in an object.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    offer(next) {
      folder = next;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
