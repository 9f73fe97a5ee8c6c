import { readFileSync, renameSync, writeFileSync } from "node:fs";
import type { CertificateShelf } from "./certificates.ts";

/** A file of PEM blocks. Written beside and renamed, so that a power cut leaves the old ones or the new ones. */
export function createCertificateFile(path: string): CertificateShelf {
  return {
    read() {
      try {
        return readFileSync(path, "utf8");
      } catch {
        return null; // not there yet, or lost: what is in it can be downloaded again
      }
    },
    write(pems) {
      writeFileSync(`${path}.new`, pems);
      renameSync(`${path}.new`, path);
    },
  };
}
