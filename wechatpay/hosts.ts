/** The gateway's addresses, the one to try first first. */
export interface Hosts {
  inOrder(): readonly URL[];
  /** Nobody could be reached there: for a while it is asked last. */
  failed(host: URL): void;
}

/** Long enough that a dead line does not cost five seconds a question, short enough to come home soon. */
const avoidMs = 60_000;

/** `passedMs` counts milliseconds on a clock that nobody sets; the till's own may jump. */
export function createHosts(hosts: readonly URL[], passedMs: () => number): Hosts {
  const failedAtMs = new Map<URL, number>();
  const isAvoided = (host: URL): boolean => {
    const atMs = failedAtMs.get(host);
    return atMs !== undefined && passedMs() - atMs < avoidMs;
  };
  return {
    inOrder: () => [...hosts.filter((host) => !isAvoided(host)), ...hosts.filter(isAvoided)],
    failed: (host) => void failedAtMs.set(host, passedMs()),
  };
}
