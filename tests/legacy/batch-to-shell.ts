/*
 * There is no Windows here. The page's batch file is read line by line and written as shell with the same steps on the same
 * files: a line that is none of these, or would mean something else to cmd.exe than it seems, fails the test.
 */

/** `%~2` is an argument without its quotes, `%name%` a variable; a backslash parts folders. */
const inShell = (text: string): string =>
  text
    .replaceAll("\\", "/")
    .replaceAll(/%~(\d)/gu, "$${$1}")
    .replaceAll(/%(\w+)%/gu, "$${$1}");

/** In a block a `)` ends it, and outside of quotes these are cmd's own. */
function echoed(text: string): string {
  const outside = text.replaceAll(/"[^"]*"/gu, "");
  if (text.includes(")") || /[&|<>^!]/u.test(outside))
    throw new Error(`cmd.exe would not write this as it stands: ${text}`);
  return `printf '%s\\r\\n' "${inShell(text).replaceAll('"', '\\"')}"`;
}

type Line = readonly [batch: RegExp, shell: (found: readonly string[]) => string];
const lines: readonly Line[] = [
  [/^@echo off$|^rem .*$|^setlocal$/u, () => ":"],
  [/^set "(\w+)=([^"]+)"$/u, ([name = "", value = ""]) => `${name}="${inShell(value)}"`],
  [/^> "([^"]+)" \($/u, ([path = ""]) => `exec 3> "${inShell(path)}"; {`],
  [/^ {2}echo (.+)$/u, ([text = ""]) => echoed(text)],
  [/^\)$/u, () => "} >&3; exec 3>&-"],
  [/^move \/y "([^"]+)" "([^"]+)" > nul$/u, ([from = "", to = ""]) => `mv -f "${inShell(from)}" "${inShell(to)}"`],
  [/^type "([^"]+)"$/u, ([path = ""]) => `cat "${inShell(path)}"`],
  [/^del "([^"]+)"$/u, ([path = ""]) => `rm "${inShell(path)}"`],
];
/** The one loop there is: a label, a look, a second's wait, and back. */
const loop = /^:wait\nif exist "([^"]+)" goto answered\nping -n 2 127\.0\.0\.1 > nul\ngoto wait\n:answered$/mu;

export function batchToShell(batch: string): string {
  const [looped = "", path = ""] = loop.exec(batch) ?? [];
  if (looped === "") throw new Error("the batch file waits in another way");
  const [before = "", after = ""] = batch.split(looped);
  const waiting = `while [ ! -e "${inShell(path)}" ]; do sleep 1; done`;
  return ["set -eu", ...shellOf(before), waiting, ...shellOf(after), ""].join("\n");
}

function shellOf(batch: string): readonly string[] {
  const written = batch.split("\n").filter((line) => line !== "");
  return written.map((line) => {
    for (const [pattern, shell] of lines) {
      const found = pattern.exec(line);
      if (found !== null) return shell(found.slice(1));
    }
    throw new Error(`nobody has said what this does: ${line}`);
  });
}
