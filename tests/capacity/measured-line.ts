import { Agent, type IncomingMessage, request } from "node:http";
import { fail, ok, type Result } from "#core/result.ts";
import type { AskFault, RawAnswer } from "#main/sync/ask-office.ts";
import type { AskRaw } from "#main/sync/signed-wire.ts";

/** What a till asks, by its address. */
export type Asked = "journal" | "agreement" | "positions" | "feed" | "heads" | "other";

export interface Meter {
  /** Milliseconds from the first byte sent to the last one received, of answers that took what was asked. */
  readonly answeredMs: ReadonlyMap<Asked, readonly number[]>;
  /** How often each status came; `network` where none did. */
  readonly statuses: ReadonlyMap<string, number>;
  /** Requests that came before the time a 503 had asked for. */
  early(): number;
  /** Requests that wait for their answer, or for a connection. */
  underWay(): number;
  reset(): void;
}

/** Connections the tills' requests share, as behind a proxy that keeps its own open to the instances. */
const mostSockets = 256;
/** A timer may fire this much before its time by another clock. Milliseconds. */
const clockSlackMs = 25;

/**
 * The tills' way to the instances: a pool of kept connections, each request to the next instance in turn, as a proxy would
 * spread them. `Host` is what the till signed.
 */
export function openMeasuredLine(ports: readonly number[]): {
  readonly ask: AskRaw;
  readonly meter: Meter;
  close(): void;
} {
  const agent = new Agent({ keepAlive: true, maxSockets: mostSockets, scheduling: "fifo" });
  const answeredMs = new Map<Asked, number[]>();
  const statuses = new Map<string, number>();
  const notBefore = new Map<string, number>();
  let [turn, early, underWay] = [0, 0, 0];

  const note = (status: string) => void statuses.set(status, (statuses.get(status) ?? 0) + 1);

  const ask: AskRaw = async ({ method, target, headers, body, timeoutMs }) => {
    const asked = askedBy(target);
    const who = `${asked} ${/keyid="([^"]+)"/.exec(headers["signature-input"] ?? "")?.[1] ?? ""}`;
    const startedAt = performance.now();
    if (startedAt < (notBefore.get(who) ?? 0) - clockSlackMs) early += 1;
    notBefore.delete(who);
    const port = ports[(turn += 1) % ports.length] ?? 0;
    underWay += 1;
    const answer = await exchange({ agent, host: "127.0.0.1", port, method, path: target, headers }, body, timeoutMs);
    underWay -= 1;
    if (!answer.ok) {
      note("network");
      return answer;
    }
    const { status } = answer.value;
    note(String(status));
    if (status === 503) {
      notBefore.set(who, performance.now() + Number(answer.value.headers["retry-after"]) * 1_000);
      return answer;
    }
    const times = answeredMs.get(asked) ?? [];
    times.push(performance.now() - startedAt);
    answeredMs.set(asked, times);
    return answer;
  };
  return {
    ask,
    meter: {
      ...{ answeredMs, statuses },
      ...{ early: () => early, underWay: () => underWay },
      reset() {
        answeredMs.clear();
        statuses.clear();
        early = 0;
      },
    },
    close: () => agent.destroy(),
  };
}

function askedBy(target: string): Asked {
  const [, word] = /\/(journal|agreement|positions|feed|heads)(?:[/?]|$)/.exec(target) ?? [];
  // The expression names these words and no other.
  return (word ?? "other") as Asked;
}

function exchange(
  options: Parameters<typeof request>[1] & object,
  body: Uint8Array,
  timeoutMs: number,
): Promise<Result<RawAnswer, AskFault>> {
  return new Promise((resolve) => {
    const network = (cause: NodeJS.ErrnoException) =>
      resolve(fail({ kind: cause.name === "TimeoutError" ? "timeout" : "network", detail: cause.code ?? cause.name }));
    const sent = request({ ...options, signal: AbortSignal.timeout(timeoutMs) }, (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", network);
      response.on("end", () => {
        const headers: Record<string, string | undefined> = {};
        for (const [name, value] of Object.entries(response.headers)) headers[name] = String(value);
        resolve(ok({ status: response.statusCode ?? 0, headers, bytes: Buffer.concat(chunks) }));
      });
    });
    sent.on("error", network);
    sent.end(body);
  });
}
