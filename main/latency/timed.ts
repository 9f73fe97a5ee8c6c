import type { TimedKind } from "#core/latency/day-timings.ts";
import type { Exchange } from "#wechatpay/http.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import type { LiveLatency } from "./create-latency.ts";

type Told = Pick<LiveLatency, "took" | "unanswered">;

/** The same store, whose sales are timed from the first statement until they are flushed. One that is refused is not. */
export function timedCommits<S extends Pick<SalesStore, "commitSale">>(store: S, latency: Told): S {
  return {
    ...store,
    commitSale(...sale: Parameters<SalesStore["commitSale"]>) {
      const beganMs = performance.now();
      const committed = store.commitSale(...sale);
      latency.took("commit", performance.now() - beganMs);
      return committed;
    },
  };
}

/** The same way to the gateway, with the time from the first byte of a request to its whole answer, by what was asked. */
export function timedExchange(exchange: Exchange, latency: Told): Exchange {
  return async (wire) => {
    const kind = askedOf(wire);
    if (kind === null) return exchange(wire);
    const beganMs = performance.now();
    const answer = await exchange(wire);
    if (answer.ok) latency.took(kind, performance.now() - beganMs);
    else latency.unanswered(kind);
    return answer;
  };
}

/** By the address alone, in either protocol; null for what no customer waits for. */
function askedOf({ method, target }: { readonly method: "GET" | "POST"; readonly target: string }): TimedKind | null {
  const [path = ""] = target.split("?");
  if (path.startsWith("/v3/refund/")) return method === "POST" ? "gateway-refund" : "gateway-ask";
  if (path === "/pay/micropay" || /^\/v3\/pay\/.*\/codepay$/.test(path)) return "gateway-pay";
  if (/^\/v3\/pay\/.*\/native$/.test(path)) return "gateway-qr";
  if (path === "/secapi/pay/reverse" || /^\/v3\/pay\/.*\/(?:reverse|close)$/.test(path)) return "gateway-undo";
  if (path === "/pay/orderquery" || (method === "GET" && path.startsWith("/v3/pay/"))) return "gateway-ask";
  return null;
}
