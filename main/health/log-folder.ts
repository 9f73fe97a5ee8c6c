import { access, constants, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { codeOf, writeProbe } from "./disk.ts";

/** How much log there is, and whether more can be written: into the folder, and at the end of the file that is there. */
export async function logFolder(
  folder: string,
): Promise<{ readonly bytes: number; readonly files: number; readonly code: string | null }> {
  const names: readonly string[] = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const probed = await writeProbe(folder);
  const current = names.includes("till.log") ? await refusal(join(folder, "till.log")) : null;
  return {
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    files: names.length,
    code: "code" in probed ? probed.code : current,
  };
}

async function refusal(path: string): Promise<string | null> {
  return access(path, constants.W_OK).then(
    () => null,
    (cause: unknown) => codeOf(cause),
  );
}
