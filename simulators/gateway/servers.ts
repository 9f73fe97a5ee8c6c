import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { ClientCertificate } from "./v2/answer-v2.ts";

/** What it takes to be a TLS server that asks its clients who they are. All PEM. */
export interface TlsIdentity {
  /** 0 takes any free port. */
  readonly port: number;
  readonly keyPem: string;
  readonly certificatePem: string;
  /** Signed the merchant's certificate, and the server's own. */
  readonly authorityPem: string;
  /** The one certificate that opens the way; another of the same authority does not. */
  readonly merchantSerial: string;
}

export type Answering = (request: IncomingMessage, response: ServerResponse, certificate: ClientCertificate) => void;

/** One listening port of the gateway, and the connections on it. */
export interface Listener {
  readonly baseUrl: string;
  /** Ends every connection at once. */
  readonly dropAll: () => void;
  readonly close: () => Promise<void>;
}

/** Plain HTTP. `asksForCertificate` says whether there is another port where a certificate could be shown. */
export async function listenPlain(
  address: { readonly port: number; readonly host: string; readonly asksForCertificate: boolean },
  isOffline: () => boolean,
  answer: Answering,
): Promise<Listener> {
  const certificate = address.asksForCertificate ? "missing" : "not-asked";
  const server = createServer((request, response) => answer(request, response, certificate));
  return listenOn(server, "http", address, isOffline);
}

/** HTTPS that lets everybody in and notes who showed the merchant's certificate, as the real proxy in front does. */
export async function listenTls(
  identity: TlsIdentity,
  host: string,
  isOffline: () => boolean,
  answer: Answering,
): Promise<Listener> {
  const { keyPem: key, certificatePem: cert, authorityPem: ca } = identity;
  const server = createTlsServer({ key, cert, ca, requestCert: true, rejectUnauthorized: false }, (request, response) =>
    answer(request, response, shownIn(request.socket, identity.merchantSerial)),
  );
  return listenOn(server, "https", { port: identity.port, host }, isOffline);
}

function shownIn(socket: Socket, merchantSerial: string): ClientCertificate {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return "missing";
  const serial = socket.getPeerX509Certificate()?.serialNumber.toUpperCase() ?? "";
  return serial === merchantSerial.toUpperCase().replace(/^(?:00)+/, "") ? "shown" : "missing";
}

async function listenOn(
  server: Server,
  scheme: "http" | "https",
  { port, host }: { readonly port: number; readonly host: string },
  isOffline: () => boolean,
): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    if (isOffline()) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const dropAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the gateway listens on no port");
  return {
    baseUrl: `${scheme}://${host}:${address.port}`,
    dropAll,
    async close() {
      dropAll();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
