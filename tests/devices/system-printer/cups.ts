import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { until } from "#tests/support/poll.ts";

/** Debian's packages, unpacked here and never installed. */
const unpacked = join(projectRoot, ".runtime/cups");
const packages = [
  ...["cups-daemon", "cups-client", "cups-common", "libpaper1", "poppler-utils"],
  ...["libpoppler126", "libopenjp2-7"],
];
const cupsd = join(unpacked, "usr/sbin/cupsd");

/** A print server of the operating system for one run: on loopback, with its files in a folder of its own. */
export interface Cups {
  /** What CUPS_SERVER says, so that a program prints here. */
  readonly server: string;
  add(name: string): void;
  remove(name: string): void;
  /** Whether a queue takes documents. */
  accept(name: string, does: boolean): void;
  /** What was spooled so far, oldest first: PDF. */
  documents(): readonly Buffer[];
  stop(): Promise<void>;
}

/** What is missing here, in words; empty when nothing is. */
export function missingForCups(): readonly string[] {
  if (process.platform !== "linux") return ["it needs Linux"];
  if (!existsSync(join(unpacked, "complete"))) return ["no print server in .runtime/cups"];
  const trouble = spawnSync(cupsd, ["-t", "-c", "/dev/null", "-s", "/dev/null"], {
    env: environment(),
    encoding: "utf8",
  });
  return /error while loading/.test(trouble.stderr) ? [trouble.stderr.trim()] : [];
}

/** Brings Debian's packages; needs no rights and leaves the machine as it was. */
export function installCups(): void {
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked, { recursive: true });
  for (const name of packages) spawnSync("apt-get", ["-qq", "download", name], { cwd: unpacked, stdio: "inherit" });
  for (const file of readdirSync(unpacked).filter((name) => name.endsWith(".deb"))) {
    execFileSync("dpkg-deb", ["-x", join(unpacked, file), unpacked], { stdio: "inherit" });
  }
  // Last, so that one that was cut off is done again.
  if (existsSync(cupsd)) writeFileSync(join(unpacked, "complete"), "");
}

export async function startCups(): Promise<Cups> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-cups-"));
  const port = await freePort();
  configure(folder, port);
  const args = ["-f", "-c", join(folder, "cupsd.conf"), "-s", join(folder, "cups-files.conf")];
  const child: ChildProcess = spawn(cupsd, args, { env: environment(), stdio: "ignore" });
  const server = `127.0.0.1:${port}`;
  const run = (program: string, ...words: readonly string[]): void => {
    execFileSync(join(unpacked, "usr", program), words, {
      env: { ...environment(), CUPS_SERVER: server },
      stdio: "pipe",
    });
  };
  const spool = join(folder, "spool");
  await until("the print server answers", async () => {
    const answer = await fetch(`http://${server}/`).catch(() => null);
    return answer !== null;
  });
  return {
    server,
    // A raw queue into nothing: the document stays in the spool as it came.
    add: (name) => run("sbin/lpadmin", "-p", name, "-E", "-v", "file:///dev/null"),
    remove: (name) => run("sbin/lpadmin", "-x", name),
    accept: (name, does) => run(does ? "sbin/cupsaccept" : "sbin/cupsreject", name),
    documents: () =>
      readdirSync(spool)
        .filter((name) => /^d\d+-001$/.test(name))
        .toSorted()
        .map((name) => readFileSync(join(spool, name))),
    async stop() {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Programs of the PDF renderer, on a document. */
export function runPoppler(
  program: "pdftoppm" | "pdfimages" | "pdfinfo",
  args: readonly string[],
  input: Buffer,
): Buffer {
  return execFileSync(join(unpacked, "usr/bin", program), args, {
    env: environment(),
    input,
    maxBuffer: 64 * 1024 * 1024,
  });
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, LD_LIBRARY_PATH: join(unpacked, "usr/lib/x86_64-linux-gnu") };
}

function configure(folder: string, port: number): void {
  const folders = ["etc", "spool", "spool/tmp", "cache", "state", "log"].map((name) => join(folder, name));
  for (const one of folders) mkdirSync(one, { recursive: true });
  const anybody = "Order allow,deny\nAllow 127.0.0.1";
  writeFileSync(
    join(folder, "cupsd.conf"),
    [
      `Listen 127.0.0.1:${port}`,
      ...["Browsing Off", "DefaultAuthType None", "WebInterface No", "PreserveJobFiles Yes", "PreserveJobHistory Yes"],
      `<Location />\n${anybody}\n</Location>\n<Location /admin>\n${anybody}\n</Location>`,
      `<Policy default>\n<Limit All>\n${anybody}\n</Limit>\n</Policy>\n`,
    ].join("\n"),
  );
  writeFileSync(
    join(folder, "cups-files.conf"),
    [
      ...[
        "FileDevice Yes",
        "Printcap",
        "SystemGroup root",
        `User ${userInfo().uid === 0 ? "nobody" : userInfo().username}`,
      ],
      ...[`ServerRoot ${folder}/etc`, `ServerBin ${unpacked}/usr/lib/cups`, `DataDir ${unpacked}/usr/share/cups`],
      ...[`RequestRoot ${folder}/spool`, `TempDir ${folder}/spool/tmp`, `CacheDir ${folder}/cache`],
      ...[`StateDir ${folder}/state`, `AccessLog ${folder}/log/access`, `ErrorLog ${folder}/log/error`],
      `PageLog ${folder}/log/page\n`,
    ].join("\n"),
  );
}

/** CUPS cannot be asked which port it took. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no TCP port");
  return address.port;
}
