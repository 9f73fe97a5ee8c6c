import { controlRefusal } from "#contract/bench/devices.ts";
import type { SimulatorsReady } from "#contract/bench/ready.ts";
import type { Log } from "#main/log/open-log.ts";

/** What the Device bench may touch; the control interface has nothing else, and this keeps it so. */
const allowedPath = /^\/(?:scanner|printer|drawer|scale|pole-display|wallet|gateway)(?:\/|$)/;
const answerWithinMs = 5_000;
const reconnectMs = 1_000;

export type ControlAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

export interface BenchLink {
  /** Never rejects: a refused or lost request is a sentence. */
  control(method: "GET" | "POST", path: string, body: unknown): Promise<ControlAnswer>;
  close(): void;
}

/** Connects the Device bench window with the twins' control interface over loopback HTTP. */
export function createBenchLink(
  { url, token }: SimulatorsReady["control"],
  onEvent: (topic: string) => void,
  log: Log,
): BenchLink {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const ending = new AbortController();
  void followEvents();

  return {
    async control(method, path, body) {
      if (!allowedPath.test(path)) return { ok: false, message: "not a part of the bench" };
      try {
        const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(answerWithinMs)]);
        const init =
          method === "POST"
            ? { method, headers, signal, body: JSON.stringify(body ?? {}) }
            : { method, headers, signal };
        const response = await fetch(new URL(path, url), init);
        const answer: unknown = await response.json();
        return response.ok ? { ok: true, value: answer } : { ok: false, message: messageOf(answer) };
      } catch (cause) {
        log.warn("bench control failed", { path, cause });
        return { ok: false, message: "the simulators do not answer" };
      }
    },
    close: () => ending.abort(),
  };

  /** Server-sent events: one line `event: topic` for each change. */
  async function followEvents(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        const response = await fetch(new URL("/events", url), { headers, signal: ending.signal });
        for await (const line of linesOf(response)) {
          if (line.startsWith("event:")) onEvent(line.slice("event:".length).trim());
        }
      } catch (cause) {
        if (ending.signal.aborted) return;
        log.warn("bench events lost", { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, reconnectMs));
    }
  }
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of response.body ?? []) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}

function messageOf(answer: unknown): string {
  const parsed = controlRefusal.safeParse(answer);
  return parsed.success ? parsed.data.error : "refused";
}
