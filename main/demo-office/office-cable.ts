import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { assert } from "#core/result.ts";

/** The till asks one thing at a time; a few more are connections that are just being given up. */
const mostConnections = 16;

/** The cable between the demo till and its head office: it can be pulled out and put back in. */
export interface OfficeCable {
  /** The till's end, the same as long as the till is open: `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly isPlugged: boolean;
  /** Out: what is under way breaks off, and whoever connects is cut off. */
  setPlugged(isPlugged: boolean): void;
  close(): void;
}

/**
 * Listens on a port of its own before head office is up, so that the till knows its address from its first moment on and
 * signs every entry once it is enrolled. Bytes pass as they are: the `Host` header, which is signed, too.
 * @param target head office's port, asked for each connection; null while it does not run: then nobody gets through
 */
export async function openOfficeCable(target: () => number | null): Promise<OfficeCable> {
  let isPlugged = true;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const port = target();
    if (!isPlugged || port === null) return void near.destroy();
    join(sockets, near, connect(port, "127.0.0.1"));
  });
  server.maxConnections = mostConnections;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  assert(address !== null && typeof address === "object", "a TCP server has a port");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${address.port}`,
    get isPlugged() {
      return isPlugged;
    },
    setPlugged(isIn) {
      isPlugged = isIn;
      if (!isIn) cut();
    },
    close() {
      cut();
      server.close();
    },
  };
}

/** Both ends live and die together. */
function join(sockets: Set<Socket>, near: Socket, far: Socket): void {
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
}
