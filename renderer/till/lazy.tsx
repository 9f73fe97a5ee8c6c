import { type ComponentType, useLayoutEffect, useState } from "react";
import { holdKeys } from "./held-keys.ts";

/**
 * A page or dialog whose code is fetched when it is first wanted; nothing is drawn until it is there, and keys that are
 * pressed meanwhile are its own. React's `lazy` would give them to whatever is below, and would show a page that it has
 * waited for no sooner than 300 ms after it was asked for. A fetch that fails breaks the screen, as a bug in drawing does.
 */
export function lazy<P extends object>(load: () => Promise<{ readonly default: ComponentType<P> }>): ComponentType<P> {
  let here: ComponentType<P> | null = null;
  let coming: Promise<void> | null = null;
  const fetch = async (): Promise<void> => {
    here = (await load()).default;
  };

  return function Lazy(props: P) {
    const [Part, setPart] = useState(() => here);
    const [failure, setFailure] = useState<Error | null>(null);
    useLayoutEffect(() => {
      if (Part !== null) return;
      let isWanted = true;
      const release = holdKeys();
      coming ??= fetch();
      coming.then(
        () => isWanted && setPart(() => here),
        (cause: unknown) => isWanted && setFailure(new Error("the code of a page was not read", { cause })),
      );
      return () => {
        isWanted = false;
        release(here !== null);
      };
    }, [Part]);
    if (failure !== null) throw failure;
    return Part === null ? null : <Part {...props} />;
  };
}
