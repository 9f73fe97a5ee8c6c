import { fail, ok, type Result } from "#core/result.ts";
import type { WireFaultKind } from "#contract/wire/fault.ts";

/** Why a question had no good answer; `no-answer` where the server is out of reach. */
export interface AskFault {
  readonly kind: WireFaultKind | "no-answer";
  readonly status: number;
  readonly detail: string;
  /** Seconds the server asks to wait. */
  readonly retryAfter: number | null;
}

/** How long an answer is waited for. Milliseconds. */
const patienceMs = 20_000;

export function ask<T>(path: string): Promise<Result<T, AskFault>> {
  return send<T>("GET", path);
}

/** Asks or tells `/api…`. The header is what a form of another site cannot send. */
export async function send<T>(
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  body?: object,
): Promise<Result<T, AskFault>> {
  try {
    const response = await fetch(`/api${path}`, {
      method,
      headers: { "x-tillway-office": "1", ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!response.ok) return fail(await faultOf(response));
    // The server and this page share these types; they are of one build.
    return ok((response.status === 204 ? null : await response.json()) as T);
  } catch {
    return fail(noAnswer);
  }
}

const noAnswer: AskFault = { kind: "no-answer", status: 0, detail: "", retryAfter: null };

/** Sends a file and tells each line of the answer as it comes. False where it broke off. */
export async function sendFile<Line>(
  path: string,
  file: Blob,
  onLine: (line: Line) => void,
): Promise<Result<void, AskFault>> {
  try {
    const headers = { "x-tillway-office": "1", "content-type": "application/octet-stream" };
    const response = await fetch(`/api${path}`, { method: "POST", headers, body: file });
    if (!response.ok || response.body === null) return fail(await faultOf(response));
    let rest = "";
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(JSON.parse(line));
    }
    return ok(undefined);
  } catch {
    return fail(noAnswer);
  }
}

async function faultOf(response: Response): Promise<AskFault> {
  const retryAfter = Number(response.headers.get("retry-after") ?? "") || null;
  const base = { status: response.status, retryAfter };
  try {
    const { kind, detail }: { kind: WireFaultKind; detail: string } = await response.json();
    return { ...base, kind, detail };
  } catch {
    return { ...base, kind: "internal", detail: "" };
  }
}
