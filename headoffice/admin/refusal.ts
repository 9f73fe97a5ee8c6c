import type { FastifyError, FastifyReply } from "fastify";
import { ZodError, type ZodType, type z } from "zod";
import type { WireFault, WireFaultKind } from "#contract/wire/fault.ts";
import { StoreUnavailable } from "../store/sql.ts";

/** Ends a request with a fault: thrown in a handler, answered by `answerFault`. */
export class Refusal extends Error {
  readonly status: number;
  readonly kind: WireFaultKind;
  /** Seconds for `Retry-After`. */
  readonly retryAfter: number | null;
  constructor(status: number, kind: WireFaultKind, detail: string, retryAfter: number | null = null) {
    super(detail);
    this.name = "Refusal";
    this.status = status;
    this.kind = kind;
    this.retryAfter = retryAfter;
  }
}

export const notFound = (what: string): Refusal => new Refusal(404, "not-found", `there is no such ${what}`);
export const conflict = (detail: string): Refusal => new Refusal(409, "conflict", detail);

/** The value as its schema has it, or a refusal that names the first place where it is wrong. */
export function parsed<S extends ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Refusal(400, "bad-request", wordsOf(result.error));
}

function wordsOf(error: ZodError): string {
  const [issue] = error.issues;
  return `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not as expected"}`.slice(0, 300);
}

/** Answers every error of a scope as a WireFault; what nobody expected is told to the log by its name only. */
export function answerFault(
  error: FastifyError | Error,
  reply: FastifyReply,
  report: (what: string) => void,
): FastifyReply {
  const { status, fault, retryAfter } = faultOf(error, report);
  if (retryAfter !== null) void reply.header("retry-after", String(retryAfter));
  return reply.code(status).send(fault);
}

function faultOf(
  error: FastifyError | Error,
  report: (what: string) => void,
): {
  readonly status: number;
  readonly fault: WireFault;
  readonly retryAfter: number | null;
} {
  if (error instanceof Refusal) {
    return { status: error.status, fault: { kind: error.kind, detail: error.message }, retryAfter: error.retryAfter };
  }
  if (error instanceof StoreUnavailable) {
    return { status: 503, fault: { kind: "busy", detail: `the database is ${error.reason}` }, retryAfter: 2 };
  }
  const status = "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500;
  if (status === 413) return { status, fault: { kind: "too-large", detail: "more than is taken" }, retryAfter: null };
  if (status >= 400 && status < 500)
    return { status, fault: { kind: "bad-request", detail: error.message.slice(0, 300) }, retryAfter: null };
  report(`${error.name}: ${error.message}`.slice(0, 300));
  return {
    status: 500,
    fault: { kind: "internal", detail: "a fault of the server; its log says which" },
    retryAfter: null,
  };
}
