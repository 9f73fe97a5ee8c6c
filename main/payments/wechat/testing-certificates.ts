import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A self-signed certificate made by the openssl command for tests, of a given serial and for so many days. */
export function selfSigned(privateKeyPem: string, serial: string, days = 30): string {
  const folder = mkdtempSync(join(tmpdir(), "tillway-certificate-"));
  try {
    const [keyFile, certificateFile] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    writeFileSync(keyFile, privateKeyPem, { mode: 0o600 });
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    const args = ["req", "-x509", "-key", keyFile, "-days", String(days), "-set_serial", `0x${serial}`, ...subject];
    execFileSync("openssl", [...args, "-out", certificateFile], { stdio: "ignore" });
    return readFileSync(certificateFile, "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
