import type { CodeFault } from "../enrolment/codes.ts";
import type { FillFault } from "../shops/fill-shop.ts";
import type { RelayFault } from "../relay/open-relay.ts";
import type { OpenFault } from "../store/fault.ts";

/** Why the database cannot be used, and what to do about it. */
export function openFaultWords(fault: OpenFault): string {
  switch (fault.kind) {
    case "not-ours":
      return `${fault.where} is a file of another program. Choose another folder with --data-dir.`;
    case "newer-schema":
      return (
        `${fault.where} was written by a later version (${fault.found}, this one knows ${fault.newestKnown}). ` +
        "Start that version or a newer one; nothing was changed."
      );
    case "unreachable":
      return `The database ${fault.where} cannot be reached: ${fault.detail}. Is it running, and are name and password right?`;
    case "unwritable":
      return `${fault.where} cannot be written: ${fault.detail}. Check the folder, its rights and the free space.`;
    case "not-durable":
      return (
        `${fault.where} runs with ${fault.setting}=off: it would lose sales it has acknowledged. ` +
        `Switch ${fault.setting} on.`
      );
  }
}

function noShopWords(storeCode: string): string {
  return (
    `There is no shop ${storeCode} yet. Add it first: ` +
    `npm run headoffice -- shop --store ${storeCode} --name-zh 店名`
  );
}

export function fillFaultWords(fault: FillFault, storeCode: string): string {
  if (fault.kind === "no-such-shop") return noShopWords(storeCode);
  return `Two items have the barcode ${fault.barcode}. Take it from one of them; nothing was written.`;
}

export function codeFaultWords(fault: CodeFault, storeCode: string, terminalId: string): string {
  if (fault === "no-such-shop") return noShopWords(storeCode);
  if (fault === "other-role") {
    return `${storeCode}-${terminalId} is not the same kind of machine: a till's name stays a till's. Choose another name.`;
  }
  return (
    `${storeCode}-${terminalId} is enrolled. If the new till takes its place, say --replace: ` +
    "the old one is refused as soon as the code is used."
  );
}

export function relayFaultWords(fault: RelayFault): string {
  switch (fault.kind) {
    case "store":
      return openFaultWords(fault.fault);
    case "not-enrolled":
      return (
        "Head office does not know this relay yet. Make a code there, npm run headoffice -- enrol-code --store BJ01 " +
        "--terminal R1 --relay, and start once with --store BJ01 --terminal R1 --code CODE."
      );
    case "other-upstream":
      return `This relay keeps entries for ${fault.upstream}. Use that address, or another folder with --data-dir.`;
    case "other-shop":
      return `This folder is of the relay ${fault.relayKey}. Choose another with --data-dir for another shop.`;
    case "enrolment":
      return `Head office did not enrol this relay: ${fault.fault.kind}, ${fault.fault.detail}.`;
  }
}

export function listenErrorWords(error: unknown, host: string, port: number): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "EADDRINUSE") {
    return `Port ${port} is taken by another program. End that one, or choose another with --port.`;
  }
  if (code === "EACCES") return `Port ${port} may not be opened by this user. Choose one above 1023 with --port.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") return `${host} is no address of this machine: see --host.`;
  return `Cannot listen on ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`;
}
