import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "./poll.ts";

/** A serial cable: `path` is the till's end, a real pty; this object is the device at the other end. */
export interface Pty {
  readonly path: string;
  write(bytes: Uint8Array | string): void;
  /** Everything the till has sent so far, over all plugs. */
  received(): Buffer;
  onReceived(listener: (bytes: Buffer) => void): void;
  /** The device hangs: it takes nothing more than what the line itself holds, until it is thawed. */
  freeze(): void;
  thaw(): void;
  /** Pulls the cable: the device node is gone until `plugIn`. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
}

interface Cable {
  readonly socket: Socket;
  readonly signal: (signal: "SIGSTOP" | "SIGCONT") => void;
  readonly end: () => Promise<void>;
}

/** Lays a pty with socat between the till and this process: real bytes through a real serial port's line discipline. */
export async function openPty(name: string): Promise<Pty> {
  const folder = mkdtempSync(join(tmpdir(), `pty-${name}-`));
  const path = join(folder, "tty");
  const listeners: ((bytes: Buffer) => void)[] = [];
  let received = Buffer.alloc(0);
  const hear = (bytes: Buffer): void => {
    received = Buffer.concat([received, bytes]);
    for (const listener of listeners) listener(bytes);
  };
  let cable: Cable | null = await layCable(folder, path, hear);
  return {
    path,
    write: (bytes) => void cable?.socket.write(bytes),
    received: () => received,
    onReceived: (listener) => void listeners.push(listener),
    freeze: () => cable?.signal("SIGSTOP"),
    thaw: () => cable?.signal("SIGCONT"),
    async unplug() {
      await cable?.end();
      cable = null;
    },
    async plugIn() {
      cable ??= await layCable(folder, path, hear);
    },
  };
}

async function layCable(folder: string, path: string, hear: (bytes: Buffer) => void): Promise<Cable> {
  const hub = join(folder, "hub.sock");
  rmSync(hub, { force: true });
  const connected = Promise.withResolvers<Socket>();
  const server = createServer((socket) => connected.resolve(socket));
  await new Promise<void>((resolve) => server.listen(hub, resolve));
  const socat = spawn("socat", [`pty,rawer,link=${path}`, `unix-connect:${hub}`], { stdio: "ignore" });
  const exited = new Promise<void>((resolve) => socat.once("exit", () => resolve()));
  const socket = await connected.promise;
  socket.on("data", hear);
  socket.on("error", () => socket.destroy());
  await until("the pty is there", () => existsSync(path));
  return {
    socket,
    signal: (signal) => void socat.kill(signal),
    async end() {
      socat.kill("SIGKILL");
      await exited;
      socket.destroy();
      server.close();
      rmSync(path, { force: true });
    },
  };
}
