/** PINs are kept only as argon2id hashes with a pepper that lives outside the database. */
export interface PinVault {
  hash(pin: string): Promise<string>;
  verify(pinHash: string, pin: string): Promise<boolean>;
  /** What a new badge says: random, and told nobody but the paper (core/access/badge.ts). */
  newBadge(): string;
  /** 64 hex digits. Badges have enough chance in them to be looked up by a plain keyed hash. */
  badgeHash(badge: string): string;
}
