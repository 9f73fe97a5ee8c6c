import type { Tx } from "../store/sql.ts";

/** A till head office knows, by its place in the company. */
export interface TerminalPlace {
  readonly storeCode: string;
  readonly terminalId: string;
}

export interface Terminal extends TerminalPlace {
  /** Raw Ed25519, base64url. */
  readonly publicKey: string;
  readonly state: "active" | "revoked";
  /** A relay of the shop has a key and a place like a till, and no journal. */
  readonly role: "till" | "relay";
}

export function terminalKeyOf({ storeCode, terminalId }: TerminalPlace): string {
  return `${storeCode}-${terminalId}`;
}

/** @param key of the shape of `terminalKeySchema` */
export function placeOf(key: string): TerminalPlace {
  const [storeCode = "", terminalId = ""] = key.split("-");
  return { storeCode, terminalId };
}

export async function findTerminal(tx: Pick<Tx, "first">, place: TerminalPlace): Promise<Terminal | undefined> {
  const row = await tx.first<{ public_key: string } & Pick<Terminal, "state" | "role">>(
    "SELECT public_key, state, role FROM terminals WHERE store_code = ? AND terminal_id = ?",
    [place.storeCode, place.terminalId],
  );
  if (row === undefined) return undefined;
  const { public_key: publicKey, state, role } = row;
  return { ...place, publicKey, state, role };
}
