export type Lockfile = {
  readonly packages: Readonly<
    Record<string, { readonly resolved?: string; readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
};

/**
 * Optional packages (the binaries for other systems) that packages name and the lockfile lacks. npm writes such a
 * lockfile when a release has not reached the registry for every system yet; it then fails, or lacks its binary, elsewhere.
 */
export function missingOptionalPackages({ packages }: Lockfile): readonly string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isReachable(packages, path, name))
      .map((name) => `${path} → ${name}`),
  );
}

/** Addresses in the lockfile: they tie it to one registry. npm leaves them out with `omit-lockfile-registry-resolved`. */
export function registryAddresses({ packages }: Lockfile): readonly string[] {
  return Object.values(packages).flatMap(({ resolved }) => (resolved === undefined ? [] : [resolved]));
}

/** As Node looks a package up: beside the one that asks for it, or beside any of those above. */
function isReachable(packages: Lockfile["packages"], from: string, name: string): boolean {
  let folder = from;
  while (folder !== "") {
    if (`${folder}/node_modules/${name}` in packages) return true;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")));
  }
  return `node_modules/${name}` in packages;
}
