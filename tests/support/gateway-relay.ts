import type { AddressInfo, Socket } from "node:net";
import { connect, createServer, type TLSSocket } from "node:tls";
import { type GatewayCall, nameCall } from "./gateway-call.ts";
import { soon } from "./soon.ts";

/**
 * Where on its way a call is caught. `arrived`: the till has sent it and the gateway never sees it. `late`: the same, but
 * it reaches the gateway in the end. `taken`: the gateway has acted and the till has not heard. `half`: half of the
 * answer's bytes have left for the till. `answered`: all of them.
 */
export type Stage = "arrived" | "late" | "taken" | "half" | "answered";

/** Springs once, at the first call it catches. */
export interface Trap {
  readonly catches: (call: GatewayCall) => boolean;
  readonly stage: Stage;
  /** From the stage to the spring, milliseconds; fractions count. */
  readonly delayMs: number;
  readonly spring: () => void;
}

/** Stands between a till and the gateway's TLS port, names every call, passes on every byte. */
export interface GatewayRelay {
  /** `https://…`, signed for by the same authority as the gateway itself. */
  readonly baseUrl: string;
  /** Every call that arrived, oldest first. */
  readonly calls: readonly GatewayCall[];
  /** What went over the wire and belongs in no file of the till. */
  readonly seen: { readonly paymentCodes: ReadonlySet<string>; readonly openids: ReadonlySet<string> };
  /** Replaces the trap that is set. */
  setTrap(trap: Trap | null): void;
  /** The trap that was set last has caught its call; it has sprung, or is about to. */
  hasCaught(): boolean;
  /** Waited for between the arrival of each call and its passing on: what the customer does just then. */
  meanwhile(act: (call: GatewayCall) => Promise<void>): void;
  /** Passes on the call that was caught `late`, if there is one; the till that sent it is dead. */
  deliverLate(): Promise<void>;
  close(): Promise<void>;
}

export interface RelayOptions {
  /** The gateway's TLS port. */
  readonly target: URL;
  /** All PEM: what the relay proves itself with, whom it trusts, and what it shows for a till that has shown it. */
  readonly keyPem: string;
  readonly certificatePem: string;
  readonly authorityPem: string;
  readonly merchantCertificatePem: string;
  readonly merchantKeyPem: string;
}

interface Sent {
  readonly request: Buffer;
  /** The till has shown the merchant's certificate. */
  readonly isMerchant: boolean;
}

/** A gateway that keeps silent has acted within this; nothing shows it. Milliseconds. */
const actsWithinMs = 150;

export async function openGatewayRelay(options: RelayOptions): Promise<GatewayRelay> {
  const calls: GatewayCall[] = [];
  const paymentCodes = new Set<string>();
  const openids = new Set<string>();
  const sockets = new Set<Socket>();
  let trap: Trap | null = null;
  let hasCaught = false;
  let late: Sent | null = null;
  let meanwhile: (call: GatewayCall) => Promise<void> = async () => {};

  /** The trap that catches this call at one of these stages; caught, it is set no more. */
  function caught(call: GatewayCall, ...stages: readonly Stage[]): Trap | null {
    if (trap === null || !stages.includes(trap.stage) || !trap.catches(call)) return null;
    const sprung = trap;
    trap = null;
    hasCaught = true;
    return sprung;
  }

  async function serve(client: TLSSocket): Promise<void> {
    const request = await wholeRequest(client);
    const call = nameCall(request);
    calls.push(call);
    collect(request, /"auth_code":"(\d+)"|<auth_code>(?:<!\[CDATA\[)?(\d+)/g, paymentCodes);
    await meanwhile(call);
    const sent = { request, isMerchant: client.authorized };
    const early = caught(call, "arrived", "late");
    if (early === null) return await passOn(client, call, sent);
    if (early.stage === "late") late = sent;
    soon(early.delayMs, early.spring);
  }

  async function passOn(client: TLSSocket, call: GatewayCall, sent: Sent): Promise<void> {
    const answering = askGateway(sent);
    const taken = caught(call, "taken");
    if (taken !== null) {
      await Promise.race([answering, afterMs(actsWithinMs)]);
      return soon(taken.delayMs, taken.spring);
    }
    const answer = await answering;
    collect(answer, /"openid":"([^"]+)"|<openid>(?:<!\[CDATA\[)?([^\]<]+)/g, openids);
    const half = caught(call, "half");
    if (half !== null) {
      client.write(answer.subarray(0, Math.ceil(answer.length / 2)), () => soon(half.delayMs, half.spring));
      return;
    }
    const answered = caught(call, "answered");
    // Nothing, or a part that the gateway broke off: the till is to see the same.
    client.write(answer, () => {
      if (answered !== null) soon(answered.delayMs, answered.spring);
      client.destroySoon();
    });
  }

  /** All bytes of the answer until the gateway hangs up, in whatever way. */
  function askGateway({ request, isMerchant }: Sent): Promise<Buffer> {
    const { hostname: host, port } = options.target;
    const proof = { cert: options.merchantCertificatePem, key: options.merchantKeyPem };
    const socket = connect({ host, port: Number(port), ca: options.authorityPem, ...(isMerchant ? proof : {}) });
    keep(sockets, socket);
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    // The gateway may reset a connection; the answer is then what came before.
    socket.on("error", () => socket.destroy());
    socket.write(request);
    return new Promise((resolve) => socket.once("close", () => resolve(Buffer.concat(chunks))));
  }

  const server = createServer(
    {
      ...{ key: options.keyPem, cert: options.certificatePem, ca: options.authorityPem },
      ...{ requestCert: true, rejectUnauthorized: false },
    },
    (client) => {
      keep(sockets, client);
      // A till that is killed resets its connections: that is what the relay is for.
      client.on("error", () => client.destroy());
      void serve(client).catch(() => client.destroy());
    },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server that listens has no other kind of address.
  const { port } = server.address() as AddressInfo;

  return {
    baseUrl: `https://127.0.0.1:${port}`,
    calls,
    seen: { paymentCodes, openids },
    setTrap(next) {
      trap = next;
      hasCaught = false;
    },
    hasCaught: () => hasCaught,
    meanwhile(act) {
      meanwhile = act;
    },
    async deliverLate() {
      const sent = late;
      late = null;
      if (sent !== null) await askGateway(sent);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function keep(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
}

/** The bytes of one request: head, and as much body as the head announces. Rejects when the till hangs up before. */
function wholeRequest(client: TLSSocket): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    client.once("close", () => reject(new Error("hung up before the request was whole")));
    client.on("data", (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const headEnds = bytes.indexOf("\r\n\r\n");
      if (headEnds < 0) return;
      const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString("latin1", 0, headEnds))?.[1] ?? "0";
      if (bytes.length >= headEnds + 4 + Number(length)) resolve(bytes);
    });
  });
}

function collect(bytes: Buffer, pattern: RegExp, into: Set<string>): void {
  for (const match of bytes.toString("utf8").matchAll(pattern)) {
    const found = match.slice(1).find((part) => part !== undefined);
    if (found !== undefined) into.add(found);
  }
}

function afterMs(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, ms);
  return promise;
}
