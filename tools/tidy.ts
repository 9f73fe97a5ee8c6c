/** A file of the project, by its path from the root. */
export type SourceFile = { readonly path: string; readonly text: string };

const machinePaths = /(?:^|[\s"'`(=:])(\/(?:home|Users|root|work|mnt|media)\/[\w.-]+|[A-Z]:\\{1,2}Users\\{1,2}\w+)/;
const wrongWords =
  /\.(?:utils?|helpers?)\.|(?:^|\/)(?:utils?|helpers?|[\w-]*-(?:manager|helper|utils?|service))(?:\.|\/)/;
const pascalCase = /^[A-Z][A-Za-z0-9]*\.tsx$/;
const kebabCase = /^\.?[a-z0-9]+(?:[.-][a-z0-9]+)*$/;

/** What a lint rule cannot see because it is not in the syntax: paths of one machine, file names, barrels. */
export function untidy(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap(({ path, text }) => [...aboutName(path), ...aboutText(path, text)]);
}

function aboutName(path: string): readonly string[] {
  if (!isCode(path)) return [];
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isNamedWell = kebabCase.test(name) || (name.endsWith(".tsx") && pascalCase.test(name));
  return [
    ...(isNamedWell ? [] : [`${path}: file names are kebab-case, components PascalCase.tsx`]),
    ...(wrongWords.test(path)
      ? [`${path}: name what it is in the shop's words, not Manager, Helper, Utils or Service`]
      : []),
    ...(/(?:^|\/)index\.tsx?$/.test(path) ? [`${path}: no barrels; import from the file that has it`] : []),
  ];
}

function aboutText(path: string, text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) => {
    const found = machinePaths.exec(line)?.[1];
    return found === undefined ? [] : [`${path}:${index + 1}: ${found} is a path of one machine`];
  });
}

function isCode(path: string): boolean {
  return /\.(?:tsx?|mjs|cjs)$/.test(path);
}
