const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** 128 bits, six at a time. */
const packedLength = 22;

/** A UUID in 23 characters instead of 36, a tilde first; any other id as it stands. */
export function packId(id: string): string {
  if (!uuid.test(id)) return id;
  let rest = BigInt(`0x${id.replaceAll("-", "")}`);
  let packed = "";
  for (let index = 0; index < packedLength; index += 1) {
    packed = `${alphabet[Number(rest & 63n)]}${packed}`;
    rest >>= 6n;
  }
  return `~${packed}`;
}

/** Null for what `packId` did not make. */
export function unpackId(packed: string): string | null {
  if (!packed.startsWith("~")) return /^[\w-]{1,64}$/.test(packed) && !uuid.test(packed) ? packed : null;
  if (!/^~[\w-]{22}$/.test(packed)) return null;
  let value = 0n;
  for (const character of packed.slice(1)) value = (value << 6n) | BigInt(alphabet.indexOf(character));
  const hex = value.toString(16).padStart(32, "0");
  // Four bits more than an id has.
  if (hex.length > 32) return null;
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
