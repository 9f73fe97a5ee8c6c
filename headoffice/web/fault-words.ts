import type { AskFault } from "./api-client.ts";
import type { TextOf } from "./texts.tsx";

/** A fault in the words of whoever sits before the page, with what to do next. */
export function faultWords(fault: AskFault, text: TextOf): string {
  const taken = /^barcode (.{1,64}) is item (.{1,64})'s$/.exec(fault.detail);
  if (taken !== null) return text("fault.barcode-taken", { barcode: taken[1] ?? "", id: taken[2] ?? "" });
  const other = /^(\S{1,4}) is the name of a (till|relay)$/.exec(fault.detail);
  if (other !== null) {
    return text(other[2] === "relay" ? "fault.name-of-relay" : "fault.name-of-till", { name: other[1] ?? "" });
  }
  if (fault.kind === "bad-request" && fault.detail !== "") return text("fault.bad-request", { detail: fault.detail });
  if (fault.kind === "busy") return text("fault.busy", { seconds: fault.retryAfter ?? 2 });
  if (fault.status === 401) return text("fault.signed-out");
  switch (fault.kind) {
    case "no-answer":
      return text("fault.no-answer");
    case "not-allowed":
      return text("fault.not-allowed");
    case "not-found":
      return text("fault.not-found");
    case "conflict":
      return text("fault.conflict", { detail: fault.detail });
    case "too-large":
      return text("fault.too-large");
    default:
      return text("fault.internal");
  }
}
