import { existsSync, watch } from "node:fs";
import { dirname, relative, sep } from "node:path";

/**
 * Calls back when something happens to the name `path`, or to the nearest folder above it that must appear first:
 * device nodes come and go with their devices (devtmpfs reports them, measured), and polling would notice seconds later.
 * Where nothing can be watched (Windows port names, no inotify left) it never calls; the back-off still runs.
 * @returns stops watching
 */
export function watchPath(path: string, onChange: () => void): () => void {
  const folder = nearestFolder(path);
  if (folder === null) return () => {};
  const name = relative(folder, path).split(sep)[0];
  try {
    const watcher = watch(folder, { persistent: false }, (event, changed) => {
      // `change` also reports another program's writes to a busy port: trying again at each of them would be a storm.
      if (event === "rename" && changed === name) onChange();
    });
    // A watch that breaks (its folder removed) is only slower news.
    watcher.on("error", () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => {};
  }
}

function nearestFolder(path: string): string | null {
  let folder = dirname(path);
  while (!existsSync(folder)) {
    const above = dirname(folder);
    if (above === folder) return null;
    folder = above;
  }
  return folder === "." ? null : folder;
}
