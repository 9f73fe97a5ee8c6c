import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assert } from "#core/result.ts";
import { projectRoot } from "#scripts/electron-runtime.ts";
import { freePort } from "#tests/support/free-port.ts";
import { until } from "#tests/support/poll.ts";

/** Debian's package, unpacked here and never installed: nothing of the machine's own is touched. */
const unpacked = join(projectRoot, ".runtime/nginx");
const program = join(unpacked, "usr/sbin/nginx");
const example = join(projectRoot, "docs/headoffice-nginx.conf");

/** nginx with the example's settings, before whichever instances it is told. */
export interface Nginx {
  readonly url: string;
  /** PEM of the authority that signed its certificate. */
  readonly authority: string;
  /** From now on requests go to these; those under way are finished. */
  useInstances(ports: readonly number[]): Promise<void>;
  readonly pid: number;
  close(): Promise<void>;
}

/** What is missing here, in words; empty when nothing is. */
export function missingForNginx(): readonly string[] {
  if (process.platform !== "linux") return ["it needs Linux"];
  if (spawnSync("openssl", ["version"]).status !== 0) return ["no openssl"];
  if (!existsSync(join(unpacked, "complete"))) return ["no nginx in .runtime/nginx"];
  const { stderr } = spawnSync(program, ["-v"], { encoding: "utf8" });
  return stderr.includes("nginx version") ? [] : [stderr.trim()];
}

export function installNginx(): void {
  rmSync(unpacked, { recursive: true, force: true });
  mkdirSync(unpacked, { recursive: true });
  spawnSync("apt-get", ["-qq", "download", "nginx"], { cwd: unpacked, stdio: "inherit" });
  for (const file of readdirSync(unpacked).filter((name) => name.endsWith(".deb"))) {
    execFileSync("dpkg-deb", ["-x", join(unpacked, file), unpacked], { stdio: "inherit" });
  }
  // Last, so that one that was cut off is done again.
  if (existsSync(program)) writeFileSync(join(unpacked, "complete"), "");
}

export async function startNginx(ports: readonly number[]): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-nginx-"));
  const port = await freePort();
  const authority = makeCertificates(folder);
  writeSettings(folder, port, ports);
  const flags = ["-p", folder, "-c", join(folder, "nginx.conf"), "-e", join(folder, "error.log")];
  const child = spawn(program, flags, { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = `https://localhost:${port}`;
  const workers = () => readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim().split(" ");
  await until("nginx listens", () => existsSync(join(folder, "nginx.pid")) && workers()[0] !== "");
  return {
    ...{ url, authority, pid: child.pid ?? 0 },
    async useInstances(next) {
      const before = workers();
      writeSettings(folder, port, next);
      child.kill("SIGHUP");
      await until("nginx has its new settings", () => workers().some((worker) => !before.includes(worker)));
    },
    async close() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The example with this run's ports and files in the lines that say so, and what nginx needs around it. */
function writeSettings(folder: string, port: number, instances: readonly number[]): void {
  const own: Readonly<Record<string, string>> = {
    server: instances.map((instance) => `server 127.0.0.1:${instance};`).join("\n"),
    listen: `listen 127.0.0.1:${port} ssl;`,
    server_name: "server_name localhost;",
    ssl_certificate: `ssl_certificate ${join(folder, "office.crt")};`,
    ssl_certificate_key: `ssl_certificate_key ${join(folder, "office.key")};`,
  };
  const replaced = new Set<string>();
  const lines = readFileSync(example, "utf8")
    .split("\n")
    .map((line) => {
      const [, name = ""] = /^\s*(\w+)\b.*# yours/.exec(line) ?? [];
      if (name === "") return line;
      replaced.add(name);
      const text = own[name];
      assert(text !== undefined, `this run has its own ${name}`);
      return text;
    });
  assert(replaced.size === Object.keys(own).length, "every line of ours is in the example");
  writeFileSync(join(folder, "tillway.conf"), lines.join("\n"));
  const asRoot = process.getuid?.() === 0 ? "user root root;" : "";
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const paths = temporary.map((name) => `${name}_temp_path ${join(folder, name)};`).join(" ");
  const http = `http { access_log off; ${paths} include ${join(folder, "tillway.conf")}; }`;
  const frame = `${asRoot} daemon off; worker_processes 1; pid ${join(folder, "nginx.pid")};`;
  writeFileSync(join(folder, "nginx.conf"), `${frame}\nevents { worker_connections 8192; }\n${http}\n`);
}

/** A certificate for localhost by an authority of this run's own. @returns the authority's */
function makeCertificates(folder: string): string {
  const openssl = (...args: readonly string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl("req", "-x509", ...curve, "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=Tillway run");
  openssl("req", ...curve, "-keyout", "office.key", "-out", "office.csr", "-subj", "/CN=localhost");
  writeFileSync(join(folder, "names.txt"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  const signed = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names.txt"];
  openssl("x509", "-req", "-in", "office.csr", "-out", "office.crt", ...signed);
  return readFileSync(join(folder, "ca.crt"), "utf8");
}
