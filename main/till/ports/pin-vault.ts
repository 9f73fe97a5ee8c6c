/** PINs are kept only as argon2id hashes with a pepper that lives outside the database. */
export interface PinVault {
  hash(pin: string): Promise<string>;
  verify(pinHash: string, pin: string): Promise<boolean>;
}
