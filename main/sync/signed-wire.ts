import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { z } from "zod";
import { faultSchema, type WireFault, type WireFaultKind } from "#contract/wire/fault.ts";
import type { Result } from "#core/result.ts";
import type { WireRequest } from "#main/payments/wechat/http.ts";
import { type AskFault, askOffice, jsonOf, type RawAnswer, requestTimeoutMs } from "./ask-office.ts";
import { judgeAnswer, type Signer, signRequest } from "./signatures.ts";

/** What became of a question to head office. Only `ok` is ever acted on as its word. */
export type OfficeAnswer<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "refused"; readonly fault: WireFault; readonly retryAfterMs: number | null }
  | { readonly kind: "no-answer"; readonly isTimeout: boolean; readonly detail: string }
  | { readonly kind: "not-understood"; readonly isWrongOffice: boolean; readonly detail: string };

export interface Question<T> {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body: unknown;
  readonly schema: z.ZodType<T>;
  /** Longest wait for the answer, milliseconds; that of a batch where it is not said. */
  readonly timeoutMs?: number;
}

/** Refusals that make the till do something it could not take back: believed only when head office has signed them. */
const weighty: ReadonlySet<WireFaultKind> = new Set(["fork", "broken-chain", "revoked", "feed-too-old"]);
/** Clocks this far apart are signed for by head office's; below it our own will do. Milliseconds. */
const clockSlackMs = 60_000;
const pack = promisify(gzip);

export type AskRaw = (wire: WireRequest) => Promise<Result<RawAnswer, AskFault>>;

export interface SignedWire {
  /** @param officeKey whose word the answer must be; null while none is pinned: then nothing is signed that we could check */
  send<T>(question: Question<T>, signer: Signer, officeKey: string | null): Promise<OfficeAnswer<T>>;
  /** Head office's clock as it said itself, RFC 3339. */
  noteClock(serverTime: string | undefined): void;
  /** How far head office's clock runs ahead of ours where that matters, milliseconds. */
  clockOffsetMs(): number;
}

/** Signed questions and answers: what is not head office's word, or not of the shape it should have, is no answer. */
export function createSignedWire(url: URL, now: () => number, ask: AskRaw = askOffice): SignedWire {
  const base = url.pathname.replace(/\/+$/, "");
  let offsetMs = 0;

  async function send<T>(question: Question<T>, signer: Signer, officeKey: string | null): Promise<OfficeAnswer<T>> {
    const { method, schema, timeoutMs = requestTimeoutMs } = question;
    const target = `${base}${question.path}`;
    const isPost = method === "POST";
    const body = isPost ? await pack(Buffer.from(JSON.stringify(question.body))) : Buffer.alloc(0);
    const signed = signRequest(signer, { method, authority: url.host, target }, body, now() + offsetMs);
    const headers = {
      host: url.host,
      accept: "application/json",
      "accept-encoding": "gzip, identity;q=0.5",
      "content-length": String(body.length),
      ...(isPost ? { "content-type": "application/json", "content-encoding": "gzip" } : {}),
      ...signed.headers,
    };
    const answered = await ask({ baseUrl: url, method, target, headers, body, timeoutMs });
    if (!answered.ok) {
      const { kind, detail } = answered.fault;
      if (kind === "too-large") return { kind: "not-understood", isWrongOffice: false, detail };
      return { kind: "no-answer", isTimeout: kind === "timeout", detail };
    }
    const answer = answered.value;
    const isSuccess = answer.status >= 200 && answer.status < 300;
    const seal = officeKey === null ? null : judgeAnswer(officeKey, target, signed.nonce, answer);
    if (seal === "other" || (isSuccess && seal === "none")) {
      return { kind: "not-understood", isWrongOffice: seal === "other", detail: `signature: ${seal}` };
    }
    return isSuccess ? understood(schema, answer) : refusal(answer, seal === "ours");
  }

  async function refusal(answer: RawAnswer, isSigned: boolean): Promise<OfficeAnswer<never>> {
    const parsed = faultSchema.safeParse(await jsonOf(answer));
    if (!parsed.success) {
      // A proxy's own page: what it stands before is away.
      if (answer.status >= 500) return { kind: "no-answer", isTimeout: false, detail: `status ${answer.status}` };
      return { kind: "not-understood", isWrongOffice: false, detail: `status ${answer.status}` };
    }
    const fault = parsed.data;
    if (weighty.has(fault.kind) && !isSigned) {
      return { kind: "not-understood", isWrongOffice: false, detail: `${fault.kind}, unsigned` };
    }
    if (fault.kind === "wrong-clock") noteClock(fault.serverTime);
    const seconds = Number(answer.headers["retry-after"]);
    const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds * 1_000) : null;
    return { kind: "refused", fault, retryAfterMs };
  }

  function noteClock(serverTime: string | undefined): void {
    const apartMs = Date.parse(serverTime ?? "") - now();
    if (Number.isNaN(apartMs)) return;
    offsetMs = Math.abs(apartMs) > clockSlackMs ? apartMs : 0;
  }

  return { send, noteClock, clockOffsetMs: () => offsetMs };
}

async function understood<T>(schema: z.ZodType<T>, answer: RawAnswer): Promise<OfficeAnswer<T>> {
  const parsed = schema.safeParse(await jsonOf(answer));
  if (parsed.success) return { kind: "ok", value: parsed.data };
  const [issue] = parsed.error.issues;
  const detail = `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not JSON"}`;
  return { kind: "not-understood", isWrongOffice: false, detail };
}
