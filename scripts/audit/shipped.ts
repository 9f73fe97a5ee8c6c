/** package-lock.json, as far as it is read here. */
export interface LockedPackages {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
  readonly dependencies?: Names;
  readonly optionalDependencies?: Names;
  readonly peerDependencies?: Names;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}
type Names = Readonly<Record<string, string>>;

export interface ShippedPackage {
  /** Its place in node_modules. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** SPDX, as the package says it. */
  readonly license: string;
  /** The binary for one system: not all of them are there at once. */
  readonly isOptional: boolean;
}

/** Packages that the bundler puts into the pages; for npm they are tools. A test holds this list to the imports there are. */
export const pagePackages = [
  ...["@mantine/core", "@mantine/hooks", "@tabler/icons-react", "@tanstack/react-virtual", "react", "react-dom"],
  "react-intl",
] as const;

/**
 * Everything of npm that is in a packed till or runs at head office: the dependencies, what the pages are bundled of, and
 * what all of these need. By name and version.
 */
export function shippedPackages({ packages }: LockedPackages): readonly ShippedPackage[] {
  const roots = [...Object.keys(packages[""]?.dependencies ?? {}), ...pagePackages];
  const open = roots.map((name) => `node_modules/${name}`);
  const found = new Map<string, ShippedPackage>();
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const locked = packages[path];
    if (found.has(path) || locked === undefined) continue;
    const { version = "", license = "", optional = false } = locked;
    found.set(path, { path, name: nameOf(path), version, license, isOptional: optional });
    for (const name of neededBy(locked)) {
      const at = placeOf(packages, path, name);
      if (at !== null) open.push(at);
    }
  }
  return [...found.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** What another package brings and this one asks for; types of packages are read by the compiler alone. */
function neededBy(locked: LockedPackage): readonly string[] {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = locked;
  const peers = Object.keys(peerDependencies).filter(
    (name) => peerDependenciesMeta[name]?.optional !== true && !name.startsWith("@types/"),
  );
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers];
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

/** As Node looks a package up: beside the one that asks for it, or beside any of those above. */
function placeOf(packages: LockedPackages["packages"], from: string, name: string): string | null {
  for (let folder = from; folder !== "";) {
    const at = `${folder}/node_modules/${name}`;
    if (at in packages) return at;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")));
  }
  return `node_modules/${name}` in packages ? `node_modules/${name}` : null;
}
