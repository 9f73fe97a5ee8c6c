import { constants } from "node:fs";
import { access, readFile, stat } from "node:fs/promises";

/** Where a Linux machine tells of its devices. Tests put a tree of their own in its place. */
export interface Place {
  /** `/sys` */
  readonly sys: string;
  /** `/dev` */
  readonly dev: string;
  /** `/etc/group` */
  readonly groupFile: string;
  /** Whether this process may read and write the node. */
  readonly mayOpen: (node: string) => Promise<boolean>;
}

export const thisMachine: Place = {
  sys: "/sys",
  dev: "/dev",
  groupFile: "/etc/group",
  mayOpen: (node) =>
    access(node, constants.R_OK | constants.W_OK).then(
      () => true,
      () => false,
    ),
};

/** Whether the node may be opened and whose group it is of; null where there is no such node (any more). */
export async function permissionOf(
  node: string,
  place: Place,
): Promise<{ readonly permission: "ok" | "denied"; readonly group: string | null } | null> {
  const found = await stat(node).catch(() => null);
  if (found === null) return null;
  if (await place.mayOpen(node)) return { permission: "ok", group: null };
  return { permission: "denied", group: await groupName(found.gid, place.groupFile) };
}

async function groupName(gid: number, file: string): Promise<string | null> {
  const text = await readFile(file, "utf8").catch(() => "");
  for (const line of text.split("\n")) {
    const [name, , id] = line.split(":");
    if (name !== undefined && id === String(gid)) return name;
  }
  return null;
}
