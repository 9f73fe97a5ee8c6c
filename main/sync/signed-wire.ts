import type { z } from "zod";
import { faultSchema, type WireFault, type WireFaultKind } from "#contract/wire/fault.ts";
import type { Result } from "#core/result.ts";
import type { WireRequest } from "#wechatpay/http.ts";
import { type AskFault, askOffice, jsonOf, type RawAnswer, requestTimeoutMs, unpacked } from "./ask-office.ts";
import { packJson } from "./pack-json.ts";
import { judgeAnswer, type Signer, signRequest } from "./signatures.ts";

/** What became of a question to head office. Only `ok` is ever acted on as its word. */
export type OfficeAnswer<T> =
  | { readonly kind: "ok"; readonly value: T }
  | { readonly kind: "refused"; readonly fault: WireFault; readonly retryAfterMs: number | null }
  | { readonly kind: "no-answer"; readonly isTimeout: boolean; readonly detail: string }
  | { readonly kind: "not-understood"; readonly isWrongOffice: boolean; readonly detail: string };

/** A question whose answer is read elsewhere. */
export interface BareQuestion {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** What is posted; null where nothing is. */
  readonly body: Readonly<Record<string, unknown>> | null;
  /** Longest wait for the answer, milliseconds; that of a batch where it is not said. */
  readonly timeoutMs?: number;
}

export interface Question<T> extends BareQuestion {
  readonly schema: z.ZodType<T>;
}

/** Refusals that make the till do something it could not take back: believed only when head office has signed them. */
const weighty: ReadonlySet<WireFaultKind> = new Set(["fork", "broken-chain", "revoked", "feed-too-old"]);
/** Clocks this far apart are signed for by head office's; below it our own will do. Milliseconds. */
const clockSlackMs = 60_000;
/** Characters of what is wrong with an answer. */
const mostDetail = 500;

export type AskRaw = (wire: WireRequest) => Promise<Result<RawAnswer, AskFault>>;

export interface SignedWire {
  /** @param officeKey whose word the answer must be; null while none is pinned: then nothing is signed that we could check */
  send<T>(question: Question<T>, signer: Signer, officeKey: string | null): Promise<OfficeAnswer<T>>;
  /** The answer's JSON as it came, for whoever reads long answers beside this thread; head office's word all the same. */
  sendForBytes(question: BareQuestion, signer: Signer, officeKey: string): Promise<OfficeAnswer<Uint8Array>>;
  /** Head office's clock as it said itself, RFC 3339. */
  noteClock(serverTime: string | undefined): void;
  /** How far head office's clock runs ahead of ours where that matters, milliseconds. */
  clockOffsetMs(): number;
}

/** Signed questions and answers: what is not head office's word, or not of the shape it should have, is no answer. */
export function createSignedWire(url: URL, now: () => number, ask: AskRaw = askOffice): SignedWire {
  const base = url.pathname.replace(/\/+$/, "");
  let offsetMs = 0;

  async function asked(
    question: BareQuestion,
    signer: Signer,
    officeKey: string | null,
  ): Promise<OfficeAnswer<RawAnswer>> {
    const { method, timeoutMs = requestTimeoutMs } = question;
    const target = `${base}${question.path}`;
    const isPost = method === "POST";
    const body = isPost ? await packJson(question.body ?? {}) : Buffer.alloc(0);
    const signed = signRequest(signer, { method, authority: url.host, target }, body, now() + offsetMs);
    const headers = { host: url.host, ...headersFor(isPost, body), ...signed.headers };
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
    return isSuccess ? { kind: "ok", value: answer } : refusal(answer, seal === "ours");
  }

  async function send<T>(question: Question<T>, signer: Signer, officeKey: string | null): Promise<OfficeAnswer<T>> {
    const answer = await asked(question, signer, officeKey);
    return answer.kind === "ok" ? understood(question.schema, answer.value) : answer;
  }

  async function sendForBytes(
    question: BareQuestion,
    signer: Signer,
    officeKey: string,
  ): Promise<OfficeAnswer<Uint8Array>> {
    const answer = await asked(question, signer, officeKey);
    return answer.kind === "ok" ? bytesOf(answer.value) : answer;
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

  return { send, sendForBytes, noteClock, clockOffsetMs: () => offsetMs };
}

function headersFor(isPost: boolean, body: Uint8Array): Readonly<Record<string, string>> {
  return {
    accept: "application/json",
    "accept-encoding": "gzip, identity;q=0.5",
    "content-length": String(body.length),
    ...(isPost ? { "content-type": "application/json", "content-encoding": "gzip" } : {}),
  };
}

async function bytesOf(answer: RawAnswer): Promise<OfficeAnswer<Uint8Array>> {
  try {
    return { kind: "ok", value: await unpacked(answer) };
  } catch {
    return { kind: "not-understood", isWrongOffice: false, detail: "an answer that cannot be unpacked" };
  }
}

async function understood<T>(schema: z.ZodType<T>, answer: RawAnswer): Promise<OfficeAnswer<T>> {
  const parsed = schema.safeParse(await jsonOf(answer));
  if (parsed.success) return { kind: "ok", value: parsed.data };
  const [issue] = parsed.error.issues;
  // A message names keys it does not know, and goes into the log: whoever answers may have made them as long as it likes.
  const detail = `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not JSON"}`.slice(0, mostDetail);
  return { kind: "not-understood", isWrongOffice: false, detail };
}
