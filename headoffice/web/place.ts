import { useSyncExternalStore } from "react";

/** Where in the page one is: `#/sales/BJ01?from=2026-11-01` is parts ["sales", "BJ01"] and the query. */
export interface Place {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(
    (changed) => {
      window.addEventListener("hashchange", changed);
      return () => window.removeEventListener("hashchange", changed);
    },
    () => window.location.hash,
  );
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const parts = path.split("/").filter((part) => part !== "");
  return { parts: parts.map(decodePart), query: new URLSearchParams(query) };
}

export function goTo(path: string): void {
  window.location.hash = `/${path}`;
}

/** An address somebody typed may hold a stray per cent sign. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
