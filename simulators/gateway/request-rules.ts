import type { IncomingHttpHeaders } from "node:http";
import { paramError, refusal, type Answer } from "./answer.ts";

/** Far above the largest order a till may send (goods detail included). */
export const bodyLimitBytes = 64 * 1_024;

/** The HTTP manners of the V3 interface rules: Accept, Content-Type, User-Agent, no body on GET. Null when kept. */
export function refuseBadManners(method: string, headers: IncomingHttpHeaders, bodyLength: number): Answer | null {
  if (!accepts(headers.accept)) {
    return refusal(406, "PARAM_ERROR", "Accept 必须为 application/json", {
      detail: { field: "Accept", issue: "must be application/json", location: "header" },
    });
  }
  if (headers["user-agent"] === undefined || headers["user-agent"] === "") {
    return paramError({ field: "User-Agent", issue: "missing", location: "header" });
  }
  if (method === "GET") {
    return bodyLength === 0 ? null : paramError({ field: "", issue: "GET must not carry a body", location: "body" });
  }
  const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type === "application/json") return null;
  return refusal(415, "PARAM_ERROR", "Content-Type 必须为 application/json", {
    detail: { field: "Content-Type", issue: "must be application/json", location: "header" },
  });
}

function accepts(accept: string | undefined): boolean {
  const kinds = (accept ?? "").split(",").map((kind) => kind.split(";")[0]?.trim().toLowerCase());
  return kinds.includes("application/json") || kinds.includes("*/*");
}
