import type { IncomingMessage, ServerResponse } from "node:http";
import type { WireAnswer, WireRequest } from "#wechatpay/http.ts";

/** What the gateway did: a whole answer, or it broke the connection off. One that is never answered says nothing. */
export type Handed = WireAnswer | "reset";

/** A request and its response as the simulator's server knows them, without a socket between them. */
export function hand(
  wire: WireRequest,
  onAnswer: (handed: Handed) => void,
): { readonly request: IncomingMessage; readonly response: ServerResponse } {
  const headers = Object.fromEntries(Object.entries(wire.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const request = { method: wire.method, url: wire.target, headers, [Symbol.asyncIterator]: () => chunks(wire.body) };
  return {
    // These are all the parts of Node's two classes that the simulator touches; one more would fail loudly.
    request: request as unknown as IncomingMessage,
    response: new HandedResponse(onAnswer) as unknown as ServerResponse,
  };
}

async function* chunks(body: Uint8Array): AsyncGenerator<Buffer> {
  if (body.length > 0) yield Buffer.from(body);
}

class HandedResponse {
  statusCode = 200;
  readonly socket = { resetAndDestroy: (): void => this.destroy() };
  readonly #headers: Record<string, string> = {};
  readonly #onAnswer: (handed: Handed) => void;

  constructor(onAnswer: (handed: Handed) => void) {
    this.#onAnswer = onAnswer;
  }

  setHeader(name: string, value: string | number): this {
    this.#headers[name.toLowerCase()] = String(value);
    return this;
  }

  writeHead(status: number, headers: Readonly<Record<string, string>>): this {
    this.statusCode = status;
    for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
    return this;
  }

  /** Only ever the half of an answer that then breaks off: a client that gets half an answer has none. */
  write(_half: Buffer, onWritten: () => void): boolean {
    onWritten();
    return true;
  }

  end(body: Buffer | string): void {
    this.#onAnswer({ status: this.statusCode, headers: this.#headers, body: Buffer.from(body) });
  }

  destroy(): void {
    this.#onAnswer("reset");
  }
}
