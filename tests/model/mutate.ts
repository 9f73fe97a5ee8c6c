import { registerHooks } from "node:module";
import { assert } from "#core/result.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Mutant } from "./mutants.ts";

/**
 * From now on this process loads the product with the mutant's mistake in it. Call it before the first import of what it
 * changes; the function that comes back says which of its files have not been loaded.
 */
export function mutate({ name, edits }: Mutant): () => readonly string[] {
  const byUrl = Map.groupBy(edits, ({ file }) => pathToFileURL(join(projectRoot, file)).href);
  const waiting = new Set(byUrl.keys());
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const wanted = byUrl.get(url);
      if (wanted === undefined) return loaded;
      waiting.delete(url);
      assert(loaded.source !== undefined && loaded.source !== null, `${url} has a source`);
      const text = Buffer.from(loaded.source as Uint8Array).toString("utf8");
      const source = wanted.reduce((text, { file, find, replace }) => {
        const parts = text.split(find);
        assert(parts.length === 2, `mutant ${name} finds its place in ${file} once, not ${parts.length - 1} times`);
        return parts.join(replace);
      }, text);
      return { ...loaded, source };
    },
  });
  return () => [...waiting];
}
