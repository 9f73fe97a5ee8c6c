/** Bodies still go out through this process's main thread for so long after the last file was found. Milliseconds. */
const goesOutMs = 25;
/** A page that does not come is no reason to wait: the till opens without it. Milliseconds. */
const mostMs = 3_000;

const namedFiles = /(?:src|href)="\.(\/assets\/[^"]+)"/gu;

/** Whether a page has been given all that it names. */
export interface GivenFiles {
  /** One more was given. @param html of a page, null of anything else */
  gave(pathname: string, html: string | null): void;
  /** Resolves when the page has its files, or after some seconds; at once from then on. */
  whenGiven(): Promise<void>;
}

/**
 * A page is loaded through this process, a dozen files of it; whatever else is done on this thread meanwhile keeps the page
 * waiting, and then this thread waits for the page to be drawn. Whoever gives it its files first does both at once.
 * @param page its path, such as `/index.html`
 */
export function givenFiles(page: string, after: (ms: number, callback: () => void) => () => void): GivenFiles {
  const given = Promise.withResolvers<void>();
  let missing: Set<string> | null = null;
  return {
    gave(pathname, html) {
      if (pathname === page && html !== null)
        missing ??= new Set([...html.matchAll(namedFiles)].map(([, file = ""]) => file));
      else missing?.delete(pathname);
      if (missing?.size === 0) after(goesOutMs, given.resolve);
    },
    async whenGiven() {
      const cancel = after(mostMs, given.resolve);
      await given.promise;
      cancel();
    },
  };
}
